"""Minutes always add up, whatever is pressed and however long people talk."""

from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leerkring.community.people.models import Person
from leerkring.formats.intervisie import actions, queries
from leerkring.formats.intervisie.enums import BuiltIn
from leerkring.formats.intervisie.models import Round, RoundStep
from leerkring.formats.intervisie.screens import now_in
from leerkring.formats.intervisie.tests.conftest import make_sitting
from leerkring.formats.intervisie.timing import Slot, end_of, lost_minutes, spread
from leerkring.platform import clock
from leerkring.platform.rules import Refused
from tests.cast import START, Cast, taken_back

MINUTES = st.lists(st.integers(0, 60), max_size=12)


@given(lost=st.integers(-5, 200), minutes=MINUTES)
def test_spread_takes_what_is_lost_and_leaves_each_step_a_minute(lost: int, minutes: list[int]) -> None:
    taken = spread(lost, minutes)
    spare = sum(max(0, each - 1) for each in minutes)
    assert sum(taken) == max(0, min(lost, spare))
    assert all(0 <= off <= max(0, each - 1) for off, each in zip(taken, minutes, strict=True))


def test_spread_asks_most_of_the_longest() -> None:
    assert spread(6, [15, 10, 10, 10]) == [2, 2, 1, 1]
    assert spread(3, [1, 1]) == [0, 0]


def test_lost_minutes_are_whole_and_never_below_zero() -> None:
    slots = [Slot(5), Slot(10), Slot(10)]
    end = end_of(slots, 0, -70, START)
    assert end == START + timedelta(minutes=20)
    assert lost_minutes(end, START + timedelta(minutes=19, seconds=31)) == 0
    assert lost_minutes(end, START + timedelta(minutes=19, seconds=30)) == 1
    assert lost_minutes(end, START + timedelta(minutes=12, seconds=20)) == 8
    assert lost_minutes(end, START + timedelta(minutes=25)) == 0


PRESSES = st.lists(
    st.tuples(
        st.sampled_from(["go on", "back", "pause", "resume", "minute", "catch up", "go on", "go on"]),
        st.integers(0, 900),
    ),
    max_size=25,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(presses=PRESSES)
def test_minutes_add_up_after_every_press(cast: Cast, presses: list[tuple[str, int]]) -> None:
    with taken_back(), clock.at(START):
        sitting = make_sitting(cast, method=BuiltIn.FIVE_STEPS)
        round_, by = sitting.begin(), sitting.chair
        planned, paused, moment, stopped = 55, timedelta(), START, False
        for press, seconds in presses:
            moment, before = moment + timedelta(seconds=seconds), moment
            paused += (moment - before) if stopped else timedelta()
            with clock.at(moment):
                due = round_.due_at
                _press(round_, press, by)
                round_.refresh_from_db()
                stopped = round_.is_paused
                _check(round_, planned, moment - START - paused)
                assert round_.due_at == due
        with clock.at(moment):
            actions.end_round(round=round_, by=by)
        assert round_.minutes is not None
        assert not RoundStep.objects.filter(round=round_).exists()


def _press(round_: Round, press: str, by: Person) -> None:
    position = round_.current or 0
    verbs = {
        "go on": lambda: actions.go_on(round=round_, position=position, by=by),
        "back": lambda: actions.go_back(round=round_, position=position, by=by),
        "pause": lambda: actions.pause_round(round=round_, by=by),
        "resume": lambda: actions.resume_round(round=round_, by=by),
        "minute": lambda: actions.add_minute(round=round_, position=position, by=by),
        "catch up": lambda: _catch_up(round_, by),
    }
    try:
        verbs[press]()
    except Refused:
        return


def _catch_up(round_: Round, by: Person) -> None:
    before = now_in(round_)
    taken = actions.catch_up(round=round_, by=by)
    after = now_in(round_)
    assert taken == min(before.lost, before.spare)
    assert after.lost == before.lost - taken
    assert after.left == before.left, "the step that is on keeps its minutes"


def _check(round_: Round, planned: int, ran: timedelta) -> None:
    steps = queries.steps_of(round_)
    assert sum(step.minutes for step in steps) == planned + round_.added_minutes - round_.caught_up_minutes
    assert all(step.minutes >= 1 for step in steps)
    current = steps[round_.current or 0]
    spent = sum(step.spent_seconds for step in steps if step is not current)
    now = clock.now()
    assert spent + current.minutes * 60 - round_.left(now) == ran.total_seconds()
    screen = now_in(round_)
    assert screen.ends_at >= now
    assert screen.total == sum(part.minutes for part in screen.parts)


def test_a_moment_is_what_the_clock_of_the_server_says(cast: Cast) -> None:
    with clock.at(START):
        sitting = make_sitting(cast)
        sitting.begin()
    at: datetime = START + timedelta(minutes=3, seconds=30)
    with clock.at(at):
        screen = now_in(sitting.again())
        assert (screen.left, screen.minutes, screen.total, screen.lost) == (390, 10, 60, 0)
        assert screen.ends_at == START + timedelta(minutes=60)
