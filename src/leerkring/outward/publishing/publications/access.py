from __future__ import annotations

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Person
from leerkring.outward.publishing.publications.models import Author, Publication, Reaction


def may_publish(person: Person | None, community: Community) -> bool:
    return community.root_id is None and standing_of(person).is_team(community)


def may_react(person: Person | None, publication: Publication) -> bool:
    """Whoever is signed in and may read it."""
    return person is not None and publication.is_out and standing_of(person).may_read(publication)


def may_answer_as(person: Person | None, author: Author) -> bool:
    """Nobody agrees for somebody else (rule 12)."""
    return person is not None and author.person_id == person.pk


def may_take_back(person: Person | None, reaction: Reaction) -> bool:
    return person is not None and reaction.person_id == person.pk
