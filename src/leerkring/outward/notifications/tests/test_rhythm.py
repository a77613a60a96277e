"""A month, two weeks, a few days, a day before and a day after: each once, in time, and only what is of use."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import pytest
from django.core import mail

from leerkring.community.meetings import actions as meetings
from leerkring.community.meetings.enums import MeetingKind, MeetingState, Presence
from leerkring.community.meetings.models import Attendance, Meeting
from leerkring.community.meetings.rhythm.actions import set_rhythm
from leerkring.community.meetings.rhythm.days import BOUNDS, USUAL, usual
from leerkring.community.meetings.rhythm.enums import LetterMoment
from leerkring.community.memberships.models import Community
from leerkring.outward.notifications.enums import Moment
from leerkring.outward.notifications.letters.rhythm import rhythm, window_of
from leerkring.platform import clock, jobs
from tests.cast import AMSTERDAM, Cast

Committed = Callable[[], AbstractContextManager[object]]
STARTS = datetime(2025, 4, 10, 13, tzinfo=AMSTERDAM)
"""After the change of the clock of 30 March."""


@pytest.mark.parametrize(
    ("month", "day", "hour", "moment"),
    [
        (3, 11, 7, None), (3, 11, 8, Moment.MONTH), (3, 26, 7, Moment.MONTH), (3, 26, 9, None),
        (3, 27, 7, None), (3, 27, 8, Moment.FORTNIGHT), (4, 6, 7, Moment.FORTNIGHT), (4, 6, 8, None),
        (4, 7, 8, Moment.DAYS), (4, 9, 7, Moment.DAYS), (4, 9, 8, Moment.DAY), (4, 10, 12, Moment.DAY),
        (4, 10, 13, None),
    ],
)  # fmt: skip
def test_each_letter_has_its_days_and_begins_at_eight_on_the_wall(
    month: int, day: int, hour: int, moment: Moment | None
) -> None:
    meeting = Meeting(starts_at=STARTS, ends_at=STARTS + timedelta(hours=3))
    window = window_of(meeting, USUAL, datetime(2025, month, day, hour, 30 if hour == 7 else 0, tzinfo=AMSTERDAM))
    assert (window.moment if window else None) == moment


@pytest.mark.parametrize("end", [0, 1])
def test_on_the_first_and_the_last_days_that_may_be_chosen_each_letter_has_a_day_of_its_own(end: int) -> None:
    letters = {moment: BOUNDS[moment][end] for moment in LetterMoment}
    meeting = Meeting(starts_at=STARTS, ends_at=STARTS + timedelta(hours=3))
    for moment, days in letters.items():
        if not moment.is_after:
            window = window_of(meeting, letters, STARTS - timedelta(days=days, hours=4))
            assert window is not None
            assert (window.moment.value, window.opens) == (moment.value, days)


def go(committed: Committed, moment: datetime) -> list[str]:
    """The worker looks at this moment; the subjects that went out."""
    before = len(mail.outbox)
    with clock.at(moment), committed():
        rhythm()
        jobs.run_due()
    return [f"{message.to[0].split('.')[0]}: {message.subject}" for message in mail.outbox[before:]]


def test_the_letters_of_one_meeting_each_go_once_to_who_was_expected_in_time(cast: Cast, committed: Committed) -> None:
    lead = cast.own.lead
    with clock.at(STARTS - timedelta(days=60)), committed():
        meeting = meetings.plan_meeting(
            community=cast.own.community, kind=MeetingKind.WORKSHOP, title="Werkplaats", place="Breda",
            starts_at=STARTS, ends_at=STARTS + timedelta(hours=3), facilitator=cast.own.facilitator, by=lead,
        )  # fmt: skip
        meetings.expect_people(meeting=meeting, people=[cast.own.member, cast.own.keeper], by=lead)
        meetings.put_run_sheet_item(meeting=meeting, title="Welkom", minutes=10, facilitator_note="Geheim", by=lead)
    month, fortnight, days, day = (STARTS - timedelta(days=count) for count in (30, 14, 3, 1))
    assert len(mail.outbox) == 2
    assert go(committed, month) == [
        "member: Houd de dag vrij: Werkplaats, over 4 weken",
        "keeper: Houd de dag vrij: Werkplaats, over 4 weken",
    ]
    assert go(committed, month + timedelta(hours=1)) == []
    with clock.at(fortnight + timedelta(hours=1)), committed():
        meetings.expect_people(meeting=meeting, people=[cast.own.follower], by=lead)
        meetings.sign_off(meeting=meeting, by=cast.own.keeper)
    assert go(committed, fortnight + timedelta(hours=2)) == ["member: Werkplaats is over 2 weken: dit is het programma"]
    assert "* Welkom, 10 minuten" in mail.outbox[-1].body
    assert "Geheim" not in mail.outbox[-1].body

    assert go(committed, days) == []
    meetings.add_material(meeting=meeting, title="Lezen vooraf", url="https://stuk.example/", by=lead)
    assert go(committed, days + timedelta(hours=1)) == [
        "member: Om te lezen voor Werkplaats, over 3 dagen",
        "follower: Om te lezen voor Werkplaats, over 3 dagen",
    ]
    assert go(committed, day) == ["member: Werkplaats is morgen", "follower: Werkplaats is morgen"]
    assert "Waar: Breda" in mail.outbox[-1].body

    after = STARTS + timedelta(days=1)
    with clock.at(STARTS + timedelta(hours=3)):
        meetings.move_meeting(meeting=meeting, state=MeetingState.HELD, by=lead)
        meetings.note_attendance(meeting=meeting, person=cast.own.member, presence=Presence.PRESENT, by=lead)
    assert go(committed, STARTS + timedelta(hours=5)) == []
    assert go(committed, after) == ["facilitator: Wat leverde Werkplaats op?"]
    meetings.move_meeting(meeting=meeting, state=MeetingState.HARVESTED, by=lead)
    assert go(committed, after + timedelta(days=1)) == ["member: De oogst van Werkplaats"]
    assert go(committed, after + timedelta(days=2)) == []


def test_letters_go_on_the_days_that_the_programme_chose(cast: Cast, committed: Committed) -> None:
    lead = cast.own.lead
    with clock.at(STARTS - timedelta(days=90)):
        meeting = cast.own.meeting(days=90, title="Werkplaats")
        Attendance.objects.create(meeting=meeting, person=cast.own.member)
        meetings.add_material(meeting=meeting, title="Lezen vooraf", url="https://stuk.example/", by=lead)
        chosen = {LetterMoment.MONTH: 45, LetterMoment.DAYS: 5, LetterMoment.AFTERWARDS: 3}
        set_rhythm(community=cast.own.community, letters=chosen, by=lead)
    gone = {days: go(committed, STARTS - timedelta(days=days)) for days in (46, 45, 30, 14, 6, 5, 3, 1)}
    assert {days: len(letters) for days, letters in gone.items() if letters} == {45: 1, 5: 1}
    assert gone[5] == ["member: Om te lezen voor Werkplaats, over 5 dagen"]
    with clock.at(STARTS + timedelta(hours=3)):
        meetings.move_meeting(meeting=meeting, state=MeetingState.HELD, by=lead)
        meetings.note_attendance(meeting=meeting, person=cast.own.member, presence=Presence.PRESENT, by=lead)
        meetings.move_meeting(meeting=meeting, state=MeetingState.HARVESTED, by=lead)
    after = {days: go(committed, STARTS + timedelta(days=days)) for days in (1, 2, 3, 4)}
    assert {days: letters for days, letters in after.items() if letters} == {3: ["member: De oogst van Werkplaats"]}


@pytest.mark.parametrize("why", ["cancelled", "sample", "unreadable", "not wanted"])
def test_no_letter_for_a_meeting_that_is_not_to_be_held_or_invented(cast: Cast, committed: Committed, why: str) -> None:
    with clock.at(STARTS - timedelta(days=60)):
        meeting = cast.own.meeting(days=60)
        Attendance.objects.create(meeting=meeting, person=cast.own.member)
    if why == "unreadable":
        Attendance.objects.update(person=cast.outsider)
    if why == "not wanted":
        set_rhythm(community=cast.own.community, letters=usual([LetterMoment.MONTH]), by=cast.own.lead)
    if why == "cancelled":
        Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.CANCELLED)
    if why == "sample":
        Community.objects.filter(pk=cast.own.community.pk).update(is_sample=True)
    assert go(committed, STARTS - timedelta(days=1)) == []


def test_an_intervisie_asks_nobody_to_write_anything(cast: Cast, committed: Committed) -> None:
    with clock.at(STARTS - timedelta(days=60)):
        meeting = cast.own.meeting(MeetingKind.INTERVISIE, days=60, keeps_text=False, title="Intervisie 1")
        Attendance.objects.create(meeting=meeting, person=cast.own.member)
    assert go(committed, STARTS - timedelta(days=30)) == ["member: Houd de dag vrij: Intervisie 1, over 4 weken"]
    assert "Je hoeft niets op te schrijven." in mail.outbox[-1].body
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.HELD)
    assert go(committed, STARTS + timedelta(days=1)) == []
