from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from leerkring.community.meetings.enums import MeetingState, Presence
from leerkring.community.meetings.models import Attendance, Meeting
from leerkring.community.meetings.queries import HELD_STATES
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.direction.programmes.models import Edition, Enrolment
from leerkring.outward.notifications.enums import TOLD
from leerkring.outward.notifications.kinds import Kind
from leerkring.outward.notifications.models import Muted, Notice
from leerkring.platform import clock
from leerkring.platform.mail.enums import LetterState

NOT_ARRIVED = (LetterState.REFUSED, LetterState.GIVEN_UP)


def is_muted(person: Person, kind: Kind) -> bool:
    return Muted.objects.filter(person=person, kind=kind.name).exists()


def muted_by(person: Person) -> set[str]:
    return set(Muted.objects.filter(person=person).values_list("kind", flat=True))


def person_here(person_id: int) -> Person | None:
    people = Person.objects.filter(pk=person_id, left_at__isnull=True, account__is_active=True)
    return people.select_related("account").first()


def notices_of(community: Community) -> QuerySet[Notice]:
    """What went out in a programme and its groups, the newest first. What somebody switched off never went."""
    inside = Q(community=community.pk) | Q(community__root=community.pk)
    notices = Notice.objects.filter(inside, letter__isnull=False)
    return notices.select_related("person", "letter", "meeting")


def not_arrived(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    return notices.filter(letter__state__in=NOT_ARRIVED)


def meeting_numbered(meeting_id: int) -> Meeting | None:
    return Meeting.objects.filter(pk=meeting_id).select_related("community__root", "facilitator__account").first()


def told_of(meeting: Meeting) -> dict[int, Notice]:
    """Of each person the last that their calendar was told of this meeting."""
    notices = Notice.objects.filter(meeting=meeting, moment__in=TOLD).order_by("at", "pk")
    return {notice.person_id: notice for notice in notices}


def expected_at(meeting: Meeting) -> QuerySet[Attendance]:
    """Who is expected, with what is needed to write to them."""
    rows = meeting.attendances.filter(presence=Presence.EXPECTED, person__left_at__isnull=True)
    return rows.select_related("person__account").order_by("pk")


def people_let_go(meeting: Meeting, person_ids: Iterable[int]) -> QuerySet[Person]:
    """Those of them who are here, and not expected at this meeting now."""
    expected = meeting.attendances.filter(presence=Presence.EXPECTED).values("person_id")
    here = Person.objects.filter(pk__in=list(person_ids), left_at__isnull=True).exclude(pk__in=expected)
    return here.select_related("account").order_by("pk")


def came_to(meeting: Meeting) -> QuerySet[Attendance]:
    rows = meeting.attendances.filter(presence__in=(Presence.PRESENT, Presence.PARTLY), person__left_at__isnull=True)
    return rows.select_related("person__account").order_by("pk")


def keys_told(meeting: Meeting, moment: str) -> set[int]:
    """Who was told of this moment already."""
    return set(Notice.objects.filter(meeting=meeting, moment=moment).values_list("person_id", flat=True))


def meetings_between(states: Iterable[MeetingState], days_back: int, days_ahead: int) -> QuerySet[Meeting]:
    """Meetings of programmes that are real: the sample story mails nobody of its own accord."""
    now = clock.now()
    real = Q(community__is_sample=False) & (Q(community__root__isnull=True) | Q(community__root__is_sample=False))
    within = (now - timedelta(days=days_back), now + timedelta(days=days_ahead))
    return Meeting.objects.filter(real, state__in=list(states), starts_at__range=within).select_related("community")


def own_attendance(person: Person, meeting: Meeting) -> Attendance | None:
    return Attendance.objects.filter(person=person, meeting=meeting).first()


def last_word_on(enrolment: Enrolment) -> Notice | None:
    """What this person was told last of how they stand in the edition."""
    return Notice.objects.filter(person=enrolment.person_id, key__startswith=f"enrolment:{enrolment.pk}:").first()


def coming_in_calendar(person: Person, edition: Edition) -> int:
    """How many meetings of the edition that are still to come stand in this person's own calendar."""
    coming = edition.meetings.filter(ends_at__gt=clock.now())
    notices = Notice.objects.filter(person=person, meeting__in=coming, moment__in=TOLD).order_by("at", "pk")
    last = {notice.meeting_id: notice for notice in notices}
    return sum(notice.is_in_calendar for notice in last.values())


def edition_numbered(edition_id: int) -> Edition | None:
    return Edition.objects.filter(pk=edition_id).select_related("programme__community").first()


def editions_whose_meetings_are_held(meeting_id: int) -> list[Edition]:
    """The editions that this meeting counts for, and that have no meeting left to hold."""
    to_hold = Meeting.objects.filter(editions=OuterRef("pk")).exclude(state__in=(*HELD_STATES, MeetingState.CANCELLED))
    return list(Edition.objects.filter(~Exists(to_hold), meetings=meeting_id).order_by("pk"))


def all_of(person_id: int) -> tuple[QuerySet[Muted], QuerySet[Notice]]:
    """Everything that is kept here of a person."""
    return Muted.objects.filter(person=person_id), Notice.objects.filter(person=person_id)
