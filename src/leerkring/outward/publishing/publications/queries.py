from __future__ import annotations

from datetime import timedelta

from django.db.models import Q, QuerySet

from leerkring.community.memberships import queries as memberships
from leerkring.community.memberships.enums import Label, Role
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.outward.publishing.publications.access import may_publish
from leerkring.outward.publishing.publications.enums import LABELS, ReactionState
from leerkring.outward.publishing.publications.models import (
    Author,
    Publication,
    PublicationRevision,
    Reaction,
    ReactionChoice,
)
from leerkring.platform import clock


def _of(community: Community) -> QuerySet[Publication]:
    rows = Publication.objects.filter(community=community.root_pk)
    return rows.select_related("community", "changed_by").prefetch_related("texts", "authors")


def _out() -> Q:
    return Q(published_on__lte=clock.today(), withdrawn_at__isnull=True)


def publications_visible_to(person: Person | None, community: Community) -> QuerySet[Publication]:
    """What is out, by its label. The team sees all of it; who is asked as author sees the one they are asked for."""
    rows = _of(community)
    if may_publish(person, community):
        return rows
    seen = _out() & memberships.open_to(person)
    if person is not None:
        seen |= Q(pk__in=Author.objects.filter(person=person).values("publication"), withdrawn_at__isnull=True)
    return rows.filter(seen)


def publications_to_list(person: Person | None, community: Community) -> QuerySet[Publication]:
    """What is out and may be read, the newest first."""
    return _of(community).filter(_out() & memberships.open_to(person))


def publications_in_the_making(community: Community) -> QuerySet[Publication]:
    """Drafts, what is for a later day, and what was withdrawn: for the team."""
    return _of(community).exclude(_out()).order_by("-changed_at", "-id")


def public_publications(community: Community) -> QuerySet[Publication]:
    """What is out for everybody, and nothing else: whoever asks."""
    return _of(community).filter(_out(), label=Label.PUBLIC)


def revisions_of(publication: Publication) -> QuerySet[PublicationRevision]:
    return PublicationRevision.objects.filter(publication=publication).select_related("written_by")


def authors_visible_to(person: Person | None, publication: Publication) -> QuerySet[Author]:
    """Who is asked, for the team; oneself, for others."""
    rows = Author.objects.filter(publication=publication).select_related("person", "publication__community")
    if may_publish(person, publication.community):
        return rows
    return rows.filter(person=person) if person is not None else rows.none()


def people_to_ask(publication: Publication) -> QuerySet[Person]:
    """Members, followers and team of the programme who are not asked yet."""
    community = publication.community
    members = memberships.members_of(community).order_by().values("person")
    team = memberships.holders(community, Role.TEAM).values("pk")
    asked = Author.objects.filter(publication=publication).values("person")
    found = Person.objects.filter(Q(pk__in=members) | Q(pk__in=team), left_at__isnull=True)
    return found.exclude(pk__in=asked).order_by("name_key", "id")


def reactions_visible_to(person: Person | None, publication: Publication) -> QuerySet[Reaction]:
    """What is shown to the circle it was written for; one's own too while it waits or was removed.

    For the team all but what was taken back.
    """
    rows = Reaction.objects.filter(publication=publication).exclude(state=ReactionState.TAKEN_BACK)
    rows = rows.select_related("person", "publication__community")
    if may_publish(person, publication.community):
        return rows
    standing = memberships.standing_of(person)
    labels = [label for label in LABELS if standing.may_read_label(label, publication.community)]
    seen = Q(state=ReactionState.SHOWN, label__in=labels)
    if person is not None:
        seen |= Q(person=person)
    return rows.filter(seen)


def waiting_reactions(community: Community) -> QuerySet[Reaction]:
    """What the team has to read, the oldest first."""
    rows = Reaction.objects.filter(publication__community=community.root_pk, state=ReactionState.WAITING)
    return rows.select_related("person", "publication__community").prefetch_related("publication__texts")


def written_by_person(person: Person, within: timedelta) -> QuerySet[Reaction]:
    return Reaction.objects.filter(person=person, written_at__gt=clock.now() - within)


def written_on_device(device: str, within: timedelta) -> QuerySet[Reaction]:
    return Reaction.objects.filter(device=device, written_at__gt=clock.now() - within)


def are_screened(community: Community) -> bool:
    return ReactionChoice.objects.filter(community=community.root_pk, are_screened=True).exists()


def authors_of_person(person_id: int) -> QuerySet[Author]:
    return Author.objects.filter(person=person_id)
