from __future__ import annotations

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Person


def may_place_question(person: Person | None, community: Community) -> bool:
    """Facilitators and keepers put questions on the draft."""
    return standing_of(person).is_facilitator(community)


def may_keep_agenda(person: Person | None, community: Community) -> bool:
    """The keeper of the learning agenda and the team order the draft and set versions."""
    return standing_of(person).is_keeper(community)


may_set_version = may_keep_agenda


def may_see_draft(person: Person | None, community: Community) -> bool:
    """The draft is for those who work on it; everybody else sees the version in force."""
    return standing_of(person).is_facilitator(community)
