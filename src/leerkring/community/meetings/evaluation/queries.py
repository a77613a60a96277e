from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db.models import Q, QuerySet

from leerkring.community.meetings.enums import MeetingState, Presence
from leerkring.community.meetings.evaluation.access import speaks_at
from leerkring.community.meetings.evaluation.models import (
    Evaluation,
    EvaluationAnswer,
    EvaluationQuestion,
    EvaluationTurn,
    GuestAddress,
)
from leerkring.community.meetings.models import Attendance, Meeting, Seat
from leerkring.community.meetings.queries import meetings_visible_to
from leerkring.community.meetings.speakers.models import Speaker
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.platform import clock

THERE = (Presence.PRESENT, Presence.PARTLY, Presence.EXPECTED)
"""Who was expected counts as there until the list says otherwise: it often follows a day later."""


FORGOTTEN = timedelta(days=60)
"""What should have opened so long ago is not looked for any more."""


def with_evaluation(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Each with its evaluation at hand, or with the knowledge that there is none."""
    return meetings.select_related("evaluation__changed_by")


def evaluation_of(meeting: Meeting) -> Evaluation | None:
    """Without a query where the meeting was read `with_evaluation`."""
    if Meeting.evaluation.is_cached(meeting):
        return getattr(meeting, "evaluation", None)
    found = Evaluation.objects.filter(meeting=meeting).select_related("changed_by").first()
    if found is not None:
        found.meeting = meeting
    return found


def asks_how_it_was(meeting: Meeting) -> bool:
    """Questions are prepared, and can be answered now or later on."""
    evaluation = evaluation_of(meeting)
    return evaluation is not None and not evaluation.is_over and not meeting.is_cancelled


def questions_of(evaluation: Evaluation) -> QuerySet[EvaluationQuestion]:
    return evaluation.questions.all()


def was_there(person: Person, meeting: Meeting) -> bool:
    """By the list; a speaker stands on none."""
    noted = Attendance.objects.filter(meeting=meeting, person=person)
    if noted.filter(presence__in=THERE).exists():
        return True
    return speaks_at(person, meeting) and not noted.exists()


def people_to_ask(meeting: Meeting) -> QuerySet[Person]:
    """Who was there, as far as is known; who speaks there too."""
    noted = Attendance.objects.filter(meeting=meeting)
    there = Q(pk__in=noted.filter(presence__in=THERE).values("person_id"))
    speakers = Speaker.objects.filter(meeting=meeting, ended_at__isnull=True)
    speaks = Q(pk__in=speakers.values("person_id")) & ~Q(pk__in=noted.values("person_id"))
    return Person.objects.filter(there | speaks, left_at__isnull=True).order_by("name_key", "pk")


def guests_to_mail(meeting: Meeting) -> QuerySet[GuestAddress]:
    """Who came in as a guest and left an address; who was put out or signed in since is left out."""
    addresses = GuestAddress.objects.filter(evaluation__meeting=meeting, seat__left_at__isnull=True)
    return addresses.filter(seat__person__isnull=True).select_related("seat").order_by("pk")


def voices_of(person: Person, meeting: Meeting) -> list[str]:
    """What counts once for this person; what they said as a guest, before they signed in on that phone, is theirs."""
    seats = Seat.objects.filter(meeting=meeting, person=person)
    return [f"person:{person.pk}", *(seat.guest_voice for seat in seats)]


def voices_at(seat: Seat) -> list[str]:
    return [seat.guest_voice] if seat.person is None else voices_of(seat.person, seat.meeting)


def has_answered(voices: Sequence[str], evaluation: Evaluation) -> bool:
    """Only while it is open: afterwards nobody can tell."""
    if evaluation.secret is None:
        return False
    voters = [evaluation.voter_of(voice) for voice in voices]
    return EvaluationTurn.objects.filter(evaluation=evaluation, voter__in=voters).exists()


def seat_of_device(meeting_id: int, hashed: str) -> Seat | None:
    """The seat that a device had at a meeting, also when its door is closed by now."""
    seats = Seat.objects.filter(meeting=meeting_id, device=hashed)
    return seats.select_related("meeting__community__root", "person").first()


def seat_numbered(meeting_id: int, seat_id: int) -> Seat | None:
    seats = Seat.objects.filter(meeting=meeting_id, pk=seat_id)
    return seats.select_related("meeting__community__root", "person").first()


def address_left_at(seat: Seat) -> GuestAddress | None:
    return GuestAddress.objects.filter(seat=seat).first()


def evaluations_to_open() -> QuerySet[Evaluation]:
    """Those whose meeting is over, by the clock or as somebody said."""
    over = Q(meeting__ends_at__lte=clock.now()) | Q(
        meeting__state__in=[MeetingState.HELD, MeetingState.HARVESTED, MeetingState.CLOSED]
    )
    recent = clock.now() - FORGOTTEN
    waiting = Evaluation.objects.filter(over, opened_at__isnull=True, meeting__ends_at__gt=recent).exclude(
        meeting__state=MeetingState.CANCELLED
    )
    return waiting.select_related("meeting").order_by("pk")


def evaluations_to_close() -> QuerySet[Evaluation]:
    """Those whose term is over, or whose meeting turned out not to be."""
    past = Q(closes_at__lte=clock.now()) | Q(meeting__state=MeetingState.CANCELLED)
    return (
        Evaluation.objects.filter(past, opened_at__isnull=False, closed_at__isnull=True)
        .select_related("meeting")
        .order_by("pk")
    )


def answers_to(evaluations: Iterable[Evaluation]) -> QuerySet[EvaluationAnswer]:
    return EvaluationAnswer.objects.filter(question__evaluation__in=list(evaluations)).select_related("question")


def closed_evaluations(meetings: Iterable[Meeting]) -> QuerySet[Evaluation]:
    """Of these meetings, with their questions, in the order of the meetings; each says whether it shows."""
    return (
        Evaluation.objects.filter(meeting__in=list(meetings), closed_at__isnull=False)
        .select_related("meeting")
        .prefetch_related("questions")
        .order_by("meeting__starts_at", "pk")
    )


def evaluations_of(meetings: Iterable[Meeting]) -> QuerySet[Evaluation]:
    return Evaluation.objects.filter(meeting__in=list(meetings)).select_related("meeting")


def meetings_to_prepare(person: Person | None, community: Community) -> QuerySet[Meeting]:
    """Of the programme itself, still to come, at which nothing has begun."""
    coming = (MeetingState.PLANNED, MeetingState.PREPARED)
    meetings = meetings_visible_to(person, community).filter(community=community.root_pk, state__in=coming)
    return meetings.filter(ends_at__gt=clock.now(), evaluation__opened_at__isnull=True).order_by("starts_at", "pk")


def meeting_and_person(meeting_id: int, person_id: int) -> tuple[Meeting, Person] | None:
    """Whom a link is for, while both are there."""
    meeting = Meeting.objects.filter(pk=meeting_id).select_related("community__root").first()
    person = Person.objects.filter(pk=person_id, left_at__isnull=True).first()
    return (meeting, person) if meeting is not None and person is not None else None
