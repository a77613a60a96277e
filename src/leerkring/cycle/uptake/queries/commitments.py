from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Case, Q, QuerySet, When

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import labelled_visible_to, readable_in, standing_of
from leerkring.community.people.models import Organisation, Person
from leerkring.cycle.insights.models import HarvestItem
from leerkring.cycle.uptake.enums import CommitmentState
from leerkring.cycle.uptake.models import (
    Commitment,
    Initiative,
)
from leerkring.direction.strategy.models import Goal
from leerkring.platform import clock


def commitments_visible_to(person: Person | None, community: Community) -> QuerySet[Commitment]:
    """One's own; those that were shared; for the programme team all (rule 7: nobody else)."""
    standing = standing_of(person)
    items = Commitment.objects.filter(
        Q(meeting__community=community) | Q(meeting__community__root=community)
    ).select_related("person", "meeting__community")
    if person is None:
        return items.none()
    if standing.is_team(community):
        return items
    seen = Q(person=person)
    if standing.belongs_to(community):
        seen |= Q(is_shared=True)
    return items.filter(seen)


def commitments_of(person: Person, community: Community) -> QuerySet[Commitment]:
    """One's own, the first day first; those looked back on last."""
    looked_back = Case(When(state=CommitmentState.LOOKED_BACK, then=1), default=0)
    return commitments_visible_to(person, community).filter(person=person).order_by(looked_back, "due_on", "id")


def commitments_at(meeting: Meeting, person: Person, community: Community) -> QuerySet[Commitment]:
    """One's own, made at this meeting."""
    return commitments_of(person, community).filter(meeting=meeting)


def harvest_lines_in(person: Person | None, community: Community) -> QuerySet[HarvestItem]:
    """Lines of the harvest of meetings that this person may read."""
    meetings = readable_in(person, community, Meeting.objects.all())
    return HarvestItem.objects.filter(meeting__in=meetings).select_related("meeting__community")


def commitments_from(items: Iterable[HarvestItem]) -> QuerySet[Commitment]:
    """Commitments that were made of these lines of the harvest."""
    return Commitment.objects.filter(harvest_item__in=list(items)).select_related("person")


def commitments_of_others(person: Person, community: Community) -> QuerySet[Commitment]:
    """Those that others share; for the team all."""
    return commitments_visible_to(person, community).exclude(person=person).order_by("-due_on", "-id")


def may_commit(person: Person, community: Community) -> bool:
    """Whether there was a meeting at which to make a commitment."""
    return meetings_to_commit_at(person, community).exists()


def readable_meeting(person: Person | None, item: Commitment | Initiative) -> Meeting | None:
    """The meeting it was made at, when this person may know of it."""
    meeting = item.meeting
    return meeting if meeting is not None and standing_of(person).may_read(meeting) else None


def commitments_to_look_back_on(person: Person, community: Community) -> QuerySet[Commitment]:
    """One's own whose day has come."""
    return (
        commitments_visible_to(person, community)
        .filter(person=person, due_on__lte=clock.today())
        .exclude(state=CommitmentState.LOOKED_BACK)
    )


def meetings_to_commit_at(person: Person | None, community: Community) -> QuerySet[Meeting]:
    """Meetings at which a commitment can be made: readable, begun, and not an intervisie."""
    meetings = Meeting.objects.filter(keeps_text=True, starts_at__lte=clock.now())
    return readable_in(person, community, meetings).order_by("-starts_at")


def initiatives_visible_to(person: Person | None, community: Community) -> QuerySet[Initiative]:
    return (
        readable_in(person, community, Initiative.objects.all())
        .select_related("community", "carrier", "meeting__community")
        .prefetch_related("organisations")
    )


def organisations_to_join(person: Person | None, initiative: Initiative) -> QuerySet[Organisation]:
    """Participating organisations that this person may say join in, and that have not."""
    standing = standing_of(person)
    items = initiative.community.organisations.exclude(pk__in=initiative.organisations.values("pk"))
    is_carrier = person is not None and initiative.carrier_id == person.pk
    if is_carrier or standing.is_facilitator(initiative.community):
        return items
    if not standing.takes_part(initiative.community):
        return items.none()
    return items.filter(pk__in=standing.organisations)


def organisations_to_leave(person: Person | None, initiative: Initiative) -> QuerySet[Organisation]:
    """Organisations that join and that this person may say step out again."""
    standing = standing_of(person)
    items = initiative.organisations.all()
    is_carrier = person is not None and initiative.carrier_id == person.pk
    if is_carrier or standing.is_facilitator(initiative.community):
        return items
    return items.filter(pk__in=standing.organisations) if standing.takes_part(initiative.community) else items.none()


def goals_of_initiative(initiative: Initiative, person: Person | None) -> QuerySet[Goal]:
    return labelled_visible_to(person, initiative.goals.all())
