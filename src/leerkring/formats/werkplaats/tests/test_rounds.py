from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from leerkring.community.meetings.enums import MeetingKind, MeetingState
from leerkring.formats.werkplaats import actions
from leerkring.formats.werkplaats.enums import RoundKind, RoundState
from leerkring.formats.werkplaats.models import Room, Round, Step
from leerkring.formats.werkplaats.queries import last_step, rooms_visible_to, rounds_of
from leerkring.formats.werkplaats.run import USUAL_RUN
from leerkring.formats.werkplaats.tests.conftest import Hall
from leerkring.platform import clock
from leerkring.platform.rules import EditedMeanwhile, Refused
from tests.cast import Cast

Facts = Callable[[str], list[dict[str, object]]]


def test_a_room_is_prepared_once_with_the_usual_run(cast: Cast, facts_named: Facts) -> None:
    meeting = cast.own.meeting()
    room = actions.prepare_room(meeting=meeting, by=cast.own.facilitator)
    assert actions.prepare_room(meeting=meeting, by=cast.own.keeper) == room
    assert [round_.kind for round_ in rounds_of(room)] == [part.kind for part in USUAL_RUN]
    assert facts_named("RoomPrepared") == [
        {"by_id": cast.own.facilitator.pk, "room_id": room.pk, "meeting_id": meeting.pk}
    ]
    assert list(rooms_visible_to(cast.own.member, cast.own.community)) == [room]
    assert list(rooms_visible_to(cast.other.member, cast.other.community)) == []


def test_who_does_not_facilitate_prepares_and_runs_nothing(cast: Cast, hall: Hall) -> None:
    with pytest.raises(PermissionDenied):
        actions.prepare_room(meeting=cast.own.meeting(), by=cast.own.member)
    round_ = hall.round(RoundKind.RAISE)
    post = hall.post(round_, hall.seat())
    step = last_step(hall.room)
    assert step is not None
    for by in (cast.own.member, cast.other.facilitator):
        for act in (
            lambda by: actions.begin_room(room=hall.room, by=by),
            lambda by: actions.end_room(room=hall.room, by=by),
            lambda by: actions.add_round(room=hall.room, kind=RoundKind.WALK, by=by),
            lambda by: actions.close_round(round=round_, by=by),
            lambda by: actions.hold_post(post=post, by=by),
            lambda by: actions.cluster_posts(room=hall.room, posts=[post], by=by),
            lambda by: actions.type_post(round=round_, text="x", by=by),
            lambda by: actions.put_table(room=hall.room, name="x", by=by),
            lambda by: actions.announce(room=hall.room, by=by),
            lambda by: actions.undo(step=step, by=by),
        ):
            with pytest.raises(PermissionDenied):
                act(by)
    assert last_step(hall.room) == step


def test_no_room_for_an_intervisie(cast: Cast) -> None:
    with pytest.raises(Refused):
        actions.prepare_room(
            meeting=cast.own.meeting(MeetingKind.INTERVISIE, keeps_text=False), by=cast.own.facilitator
        )


def test_beginning_opens_the_door_and_ending_locks_it(hall: Hall, facts_named: Facts) -> None:
    hall.meeting.refresh_from_db()
    assert (hall.meeting.state, hall.meeting.door.is_open) == (MeetingState.LIVE, True)
    round_ = hall.round(RoundKind.RAISE, is_anonymous=True)
    for _twice in range(2):
        actions.end_room(room=hall.room, by=hall.lead)
    hall.meeting.refresh_from_db()
    hall.meeting.door.refresh_from_db()
    round_.refresh_from_db()
    assert (hall.meeting.state, hall.meeting.door.is_locked) == (MeetingState.HELD, True)
    assert (round_.state, round_.secret) == (RoundState.CLOSED, None)
    assert len(facts_named("RoomEnded")) == 1
    step = last_step(hall.room)
    assert step is not None
    actions.undo(step=step, by=hall.lead)
    assert Room.objects.get().ended_at is None
    actions.repeat_round(round=round_, by=hall.lead)


def test_one_round_is_open_at_a_time_and_undo_brings_the_former_back(hall: Hall) -> None:
    first = hall.round(RoundKind.RAISE, is_anonymous=True)
    secret = first.secret
    second = hall.round(RoundKind.CLUSTER)
    first.refresh_from_db()
    assert (first.state, second.state, Room.objects.get().current_round) == ("closed", "open", second)
    step = last_step(hall.room)
    assert step is not None
    actions.undo(step=step, by=hall.cast.own.lead)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state, Room.objects.get().current_round) == ("open", "waiting", first)
    assert first.secret not in (None, secret)
    actions.undo(step=step, by=hall.lead)
    assert Step.objects.filter(undone_at__isnull=False).count() == 1


def test_a_round_in_which_people_spoke_is_not_unopened(hall: Hall) -> None:
    round_ = hall.round(RoundKind.RAISE)
    hall.post(round_, hall.seat())
    step = last_step(hall.room)
    assert step is not None
    with pytest.raises(Refused):
        actions.undo(step=step, by=hall.lead)
    round_.refresh_from_db()
    assert round_.is_open


def test_the_run_is_changed_before_and_during_and_each_change_is_undone(hall: Hall) -> None:
    before = [(row.pk, row.position) for row in rounds_of(hall.room)]
    first = rounds_of(hall.room)[0]
    added = actions.add_round(room=hall.room, kind=RoundKind.SCREEN, by=hall.lead, after=first)
    assert [row.pk for row in rounds_of(hall.room)][:2] == [first.pk, added.pk]
    actions.move_round(round=added, position=1, by=hall.lead)
    assert [row.pk for row in rounds_of(hall.room)][:2] == [added.pk, first.pk]
    actions.skip_round(round=added, by=hall.lead)
    actions.undo(step=last_step(hall.room), by=hall.lead)  # type: ignore[arg-type]
    actions.remove_round(round=added, by=hall.lead)
    assert added.pk not in [row.pk for row in rounds_of(hall.room)]
    for _step in ("remove", "move", "add"):
        actions.undo(step=last_step(hall.room), by=hall.lead)  # type: ignore[arg-type]
    assert [(row.pk, row.position) for row in rounds_of(hall.room)] == before


def test_two_facilitators_at_one_round_lose_nothing(hall: Hall) -> None:
    round_ = hall.round(RoundKind.RAISE, is_open=False)
    actions.change_round(round=round_, by=hall.lead, revision=1, title="Wat houdt je tegen?")
    with pytest.raises(EditedMeanwhile) as conflict:
        actions.change_round(round=round_, by=hall.cast.own.lead, revision=1, title="Wat wil je leren?")
    assert "Wat houdt je tegen?" in conflict.value.theirs
    assert "Wat wil je leren?" in conflict.value.mine
    assert Round.objects.get(pk=round_.pk).title == "Wat houdt je tegen?"


@pytest.mark.parametrize(
    "values",
    [
        {"kind": RoundKind.POINTS, "budget": 2, "most_per_target": 3},
        {"kind": RoundKind.POINTS, "budget": 0},
        {"kind": RoundKind.WISH, "is_anonymous": True},
        {"kind": RoundKind.RAISE, "title": "x" * 201},
    ],
)
def test_what_does_not_fit_is_refused(hall: Hall, values: dict[str, object]) -> None:
    count = Round.objects.count()
    with pytest.raises(Refused):
        hall.round(is_open=False, **values)  # type: ignore[arg-type]
    assert Round.objects.count() == count


def test_a_change_that_does_not_fit_leaves_the_round_as_it_was(hall: Hall) -> None:
    round_ = hall.round(RoundKind.POINTS, is_open=False, title="Punten")
    for values in ({"title": "x" * 201}, {"title": " "}, {"most_per_target": 9}, {"is_anonymous": True, "budget": 0}):
        with pytest.raises(Refused):
            actions.change_round(round=round_, by=hall.lead, **values)
    kept = Round.objects.get(pk=round_.pk)
    assert (kept.title, kept.budget, kept.is_anonymous, kept.revision) == ("Punten", 3, False, 1)


def test_the_clock_of_a_round_stops_and_goes_on(hall: Hall, facts_named: Facts) -> None:
    round_, now = hall.round(RoundKind.RAISE), clock.now()
    with clock.at(now):
        actions.set_timer(round=round_, minutes=10, by=hall.lead)
        assert round_.ends_at == now + timedelta(minutes=10)
    with clock.at(now + timedelta(minutes=4)):
        for _twice in range(2):
            actions.pause_timer(round=round_, by=hall.lead)
        assert (round_.left_seconds, round_.is_paused) == (360, True)
        assert round_.ends_at is None
        actions.add_minutes(round=round_, minutes=-1, by=hall.lead)
        assert round_.left_seconds == 300
    with clock.at(now + timedelta(minutes=20)):
        actions.resume_timer(round=round_, by=hall.lead)
        assert round_.ends_at == now + timedelta(minutes=25)
        actions.add_minutes(round=round_, minutes=5, by=hall.lead)
        assert round_.ends_at == now + timedelta(minutes=30)
        actions.undo(step=last_step(hall.room), by=hall.lead)
    round_.refresh_from_db()
    assert round_.ends_at == now + timedelta(minutes=25)
    assert len(facts_named("TimerSet")) == 5


def test_results_are_shown_once_closed_and_hidden_again(hall: Hall, facts_named: Facts) -> None:
    round_ = hall.round(RoundKind.POINTS)
    with pytest.raises(Refused):
        actions.show_results(round=round_, by=hall.lead)
    actions.close_round(round=round_, by=hall.lead)
    for _twice in range(2):
        actions.show_results(round=round_, by=hall.lead)
    assert round_.is_shown
    actions.hide_results(round=round_, by=hall.lead)
    assert (len(facts_named("ResultsShown")), len(facts_named("ResultsHidden"))) == (1, 1)


def test_screening_is_switched_and_switched_back(hall: Hall, facts_named: Facts) -> None:
    actions.set_screening(room=hall.room, is_on=True, by=hall.lead)
    assert Room.objects.get().is_screened
    actions.undo(step=last_step(hall.room), by=hall.lead)  # type: ignore[arg-type]
    assert not Room.objects.get().is_screened
    assert len(facts_named("ScreeningSet")) == 1


def test_no_secret_is_ever_noted_in_a_step(hall: Hall) -> None:
    round_ = hall.round(RoundKind.RAISE, is_anonymous=True)
    hall.round(RoundKind.POINTS, is_anonymous=True)
    actions.repeat_round(round=round_, by=hall.lead)
    assert not [step for step in Step.objects.all() if "secret" in repr(step.payload)]
