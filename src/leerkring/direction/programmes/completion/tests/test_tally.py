"""The rule, without a database."""

from datetime import UTC, datetime, timedelta

import pytest

from leerkring.community.meetings.enums import MeetingKind, MeetingState, Presence
from leerkring.community.meetings.models import Attendance, Meeting
from leerkring.direction.programmes.completion.models import CompletionException
from leerkring.direction.programmes.completion.tally import Counts, Tally, tally
from leerkring.direction.programmes.completion.words import explanation, hours, line_in_words
from leerkring.direction.programmes.enums import Completion, EnrolmentState
from leerkring.direction.programmes.models import Enrolment

START = datetime(2024, 3, 4, 9, 0, tzinfo=UTC)


def a_meeting(number: int, *, held: bool = True) -> Meeting:
    starts = START + timedelta(days=7 * number)
    state = MeetingState.HELD if held else MeetingState.PLANNED
    return Meeting(
        pk=number, kind=MeetingKind.WORKSHOP, title=f"W{number}", starts_at=starts,
        ends_at=starts + timedelta(hours=3), state=state,
    )  # fmt: skip


def of(*noted: tuple[Presence, int | None] | None, to_come: int = 0, needed: int = 2) -> Tally:
    held = [a_meeting(number) for number in range(1, len(noted) + 1)]
    coming = [a_meeting(len(held) + number, held=False) for number in range(1, to_come + 1)]
    rows = [
        Attendance(meeting=meeting, presence=note[0], minutes=note[1])
        for meeting, note in zip(held, noted, strict=True)
        if note is not None
    ]
    return tally([*held, *coming], rows, needed)


HERE, AWAY, HALF, LESS = (Presence.PRESENT, None), (Presence.ABSENT, None), (Presence.PARTLY, 90), (Presence.PARTLY, 89)


@pytest.mark.parametrize(
    ("noted", "to_come", "attended", "completion", "can_become_full"),
    [
        ([HERE, HALF, AWAY], 0, 2, Completion.FULLY, True),
        ([HERE, LESS, AWAY], 0, 1, Completion.PARTLY, False),
        ([AWAY, LESS, (Presence.EXCUSED, None)], 0, 0, None, False),
        ([HERE, None, (Presence.EXPECTED, None)], 0, 1, Completion.PARTLY, True),
        ([AWAY], 2, 0, None, True),
        ([AWAY, AWAY], 1, 0, None, False),
    ],
)
def test_what_it_comes_to(noted: list, to_come: int, attended: int, completion: object, can_become_full: bool) -> None:
    counted = of(*noted, to_come=to_come)
    assert (counted.attended_count, counted.completion, counted.can_become_full) == (
        attended, completion, can_become_full,
    )  # fmt: skip


def test_each_meeting_is_told_in_words_and_only_what_counts_is_kept() -> None:
    counted = of(HERE, HALF, LESS, AWAY, None, to_come=1)
    assert [line.counts for line in counted.lines] == [
        Counts.YES, Counts.YES, Counts.TOO_SHORT, Counts.NO, Counts.NOT_NOTED, Counts.TO_COME,
    ]  # fmt: skip
    assert [line_in_words(line) for line in counted.lines] == [
        "telt mee: je was er",
        "telt mee: je was er 1 u 30 min",
        "telt niet mee: 1 u 29 min, en de helft is 1 u 30 min",
        "telt niet mee: je was er niet",
        "nog niet genoteerd",
        "komt nog",
    ]
    kept = counted.as_data()
    assert [(row["title"], row["minutes"]) for row in kept["meetings"]] == [("W1", 180), ("W2", 90)]
    assert counted.minutes == 270


def test_it_is_explained_to_the_person() -> None:
    enrolment = Enrolment(state=EnrolmentState.ACTIVE)
    assert explanation(enrolment, of(HERE, to_come=2)) == "Nog 1 en je rondt volledig af; 2 kunnen nog meetellen."
    assert explanation(enrolment, of(HERE, HERE, AWAY)) == (
        "Je was bij 2 van de 3. Volledig is vanaf 2, dus dat heb je gehaald."
    )
    late = explanation(enrolment, of(AWAY, AWAY, to_come=1))
    assert late.startswith("Volledig is vanaf 2, en meer dan 1 haal je niet meer.")
    enrolment.state = EnrolmentState.COMPLETED
    assert explanation(enrolment, of(HERE, AWAY)) == "Je was bij 1 van de 2. Volledig is vanaf 2."


def test_an_exception_goes_before_the_rule() -> None:
    held = [a_meeting(1), a_meeting(2)]
    rows = [Attendance(meeting=held[0], presence=Presence.PRESENT)]
    counted = tally(held, rows, 2, CompletionException(completion=Completion.FULLY, reason="Ziek"))
    assert (counted.by_rule, counted.completion, counted.as_data()["is_by_team"]) == (
        Completion.PARTLY, Completion.FULLY, True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 min"), (45, "45 min"), (60, "1 uur"), (120, "2 uur"), (95, "1 u 35 min")]
)
def test_hours_are_short(minutes: int, words: str) -> None:
    assert hours(minutes) == words
