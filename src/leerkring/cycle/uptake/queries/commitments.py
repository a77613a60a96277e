from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, When

from leerkring.community.meetings.enums import MeetingState
from leerkring.community.meetings.models import Meeting
from leerkring.community.meetings.queries import meetings_visible_to
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import readable_in, standing_of
from leerkring.community.people.models import Person
from leerkring.cycle.insights.models import HarvestItem
from leerkring.cycle.uptake.enums import CommitmentOutcome, CommitmentState, Moment
from leerkring.cycle.uptake.models import Commitment, CommitmentReminder, Initiative, Promotion
from leerkring.platform import clock

WINDOW_WEEKS = 4
"""How late a reminder may still come; what is older than that is left alone."""


def _kept() -> QuerySet[Commitment]:
    """Those that were not taken away."""
    return Commitment.objects.filter(removed_at__isnull=True).select_related("person", "meeting__community__root")


def commitments_visible_to(person: Person | None, community: Community) -> QuerySet[Commitment]:
    """One's own; those that were shared; for the programme team all (rule 7: nobody else)."""
    standing = standing_of(person)
    items = _kept().filter(Q(meeting__community=community) | Q(meeting__community__root=community))
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
    return _kept().filter(harvest_item__in=list(items))


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


def commitments_to_remind_of(moment: Moment) -> QuerySet[Commitment]:
    """Made so many weeks ago, not reminded for it yet, and with something left to ask of who is still here."""
    weeks_ago = clock.now() - timedelta(weeks=moment)
    reminded = CommitmentReminder.objects.filter(commitment=OuterRef("pk"), moment=moment)
    settled = Q(state=CommitmentState.LOOKED_BACK, outcome__in=[CommitmentOutcome.DONE, CommitmentOutcome.DIFFERENT])
    made = _kept().filter(
        made_at__lte=weeks_ago, made_at__gt=weeks_ago - timedelta(weeks=WINDOW_WEEKS), person__left_at__isnull=True
    )
    return made.exclude(settled).exclude(Exists(reminded)).order_by("pk")


def commitment_in_letter(commitment_id: int) -> Commitment | None:
    """One that its maker may answer from a mail, without signing in."""
    return _kept().filter(pk=commitment_id, person__left_at__isnull=True).first()


def typed_at(meeting: Meeting, person: Person) -> QuerySet[Commitment]:
    """What this person typed from paper at this meeting; what others typed or made themselves is not theirs to see."""
    return _kept().filter(meeting=meeting, typed_by=person).order_by("-pk")


def commitment_to_restore(person: Person, community: Community, commitment_id: int) -> Commitment | None:
    """One that was taken away, for who made or typed it."""
    return (
        Commitment.objects.filter(Q(person=person) | Q(typed_by=person), pk=commitment_id, removed_at__isnull=False)
        .filter(Q(meeting__community=community) | Q(meeting__community__root=community))
        .select_related("person", "meeting__community__root")
        .first()
    )


def commitment_to_remove(person: Person, community: Community, commitment_id: int) -> Commitment | None:
    """One's own, or one that this person typed."""
    return (
        _kept()
        .filter(Q(meeting__community=community) | Q(meeting__community__root=community))
        .filter(Q(person=person) | Q(typed_by=person))
        .filter(pk=commitment_id)
        .first()
    )


def promotions_seen_by(person: Person | None, commitment: Commitment) -> list[Promotion]:
    """What came of it, as far as this person may read that."""
    standing = standing_of(person)
    promotions = Promotion.objects.filter(commitment=commitment).select_related(
        "insight__community", "question__community", "uptake__change__community", "uptake__unit"
    )
    return [
        promotion
        for promotion in promotions
        if standing.may_read(promotion.insight or promotion.question or promotion.uptake.change)  # type: ignore[union-attr]
    ]


def meetings_to_type_at(person: Person | None, community: Community) -> QuerySet[Meeting]:
    """Meetings at which people may have written on paper; what is said at an intervisie is not written down."""
    return meetings_visible_to(person, community).filter(keeps_text=True).exclude(state=MeetingState.CANCELLED)


def people_to_type_for(meeting: Meeting, community: Community) -> QuerySet[Person]:
    """Whoever belongs to the programme or was at the meeting, by last name."""
    belongs = Q(memberships__community=community, memberships__until_on__isnull=True)
    was_there = Q(attendances__meeting=meeting)
    return Person.objects.filter(belongs | was_there, left_at__isnull=True).distinct()


def meetings_with_commitments(person: Person, community: Community) -> QuerySet[Meeting]:
    """How many commitments were made at each meeting, and how many of those looked back, and how: counts, no names."""
    kept = Q(commitments__removed_at__isnull=True)
    back = kept & Q(commitments__state=CommitmentState.LOOKED_BACK)
    counts = {
        f"{outcome.value}_count": Count("commitments", filter=back & Q(commitments__outcome=outcome))
        for outcome in CommitmentOutcome
    }
    return (
        readable_in(person, community, Meeting.objects.all())
        .annotate(
            made_count=Count("commitments", filter=kept),
            back_count=Count("commitments", filter=back),
            waiting_count=Count("commitments", filter=kept & ~Q(commitments__state=CommitmentState.LOOKED_BACK)),
            **counts,
        )
        .filter(made_count__gt=0)
        .order_by("starts_at", "pk")
    )


def looked_back_in(person: Person, community: Community) -> QuerySet[Commitment]:
    """What was looked back on, the last first: to learn from."""
    return (
        commitments_visible_to(person, community)
        .filter(state=CommitmentState.LOOKED_BACK)
        .order_by("-looked_back_at", "-pk")
    )
