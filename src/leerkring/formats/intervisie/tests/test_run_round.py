"""A round begins when all agreed, follows the server's clock, and leaves its minutes."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from leerkring.community.meetings import actions as meetings
from leerkring.community.meetings.enums import MeetingState, Presence
from leerkring.community.people.models import Person
from leerkring.formats.intervisie import actions
from leerkring.formats.intervisie.enums import BuiltIn
from leerkring.formats.intervisie.library import SHEETS
from leerkring.formats.intervisie.models import Round, RoundStep
from leerkring.formats.intervisie.screens import now_in
from leerkring.formats.intervisie.tests.conftest import Sitting, make_sitting
from leerkring.platform import clock
from leerkring.platform.rules import Refused
from tests.cast import START, Cast

Browser = Callable[[Person | None], Client]
Facts = Callable[[str], list[dict[str, object]]]


def test_first_round_has_nothing_to_look_back_on(sitting: Sitting, facts_named: Facts) -> None:
    with clock.at(START):
        round_ = sitting.begin()
    steps = list(RoundStep.objects.filter(round=round_))
    assert [step.minutes for step in steps] == [10, 5, 15, 10, 10, 10]
    assert (round_.current, round_.due_at) == (0, START + timedelta(minutes=60))
    assert [fact["intervisie_round_id"] for fact in facts_named("IntervisieRoundBegun")] == [round_.pk]


def test_next_round_begins_with_what_became_of_the_advice(cast: Cast) -> None:
    sitting = make_sitting(cast, method=BuiltIn.GOSSIP)
    sitting.begin()
    actions.end_round(round=sitting.round, by=sitting.chair)
    later = actions.plan_round_on(
        group=sitting.group, starts_at=clock.now() + timedelta(days=56), sheet=SHEETS[BuiltIn.GOSSIP], by=sitting.lead
    )
    actions.begin_round(round=later, by=sitting.chair)
    screen = now_in(later)
    assert (str(screen.step.name), screen.minutes, screen.total) == ("Terugblik", 5, 60)


def test_all_agree_first_but_who_is_away_is_not_waited_for(cast: Cast) -> None:
    sitting = make_sitting(cast, accepted=False)
    for person in sitting.members[:4]:
        actions.accept_agreements(group=sitting.group, revision=1, by=person)
    with pytest.raises(Refused, match="Emma"):
        sitting.begin()
    with clock.at(sitting.meeting.starts_at):
        meetings.note_attendance(
            meeting=sitting.meeting, person=sitting.members[4], presence=Presence.EXCUSED, by=sitting.lead
        )
        assert sitting.begin().is_running


def test_every_member_may_be_the_chair_and_nobody_else_of_the_programme(sitting: Sitting) -> None:
    with pytest.raises(PermissionDenied):
        actions.begin_round(round=sitting.round, by=sitting.cast.own.member)
    assert actions.begin_round(round=sitting.round, by=sitting.members[3]).is_running
    assert actions.go_on(round=sitting.round, position=0, by=sitting.cast.own.facilitator).current == 1


def test_two_chairs_press_at_once_and_go_one_step(sitting: Sitting) -> None:
    sitting.begin()
    first, second = sitting.again(), sitting.again()
    actions.go_on(round=first, position=0, by=sitting.members[0])
    actions.go_on(round=second, position=0, by=sitting.members[1])
    assert sitting.again().current == 1


def test_pause_is_lost_time_and_can_be_caught_up(sitting: Sitting, facts_named: Facts) -> None:
    with clock.at(START):
        round_ = sitting.begin()
    with clock.at(START + timedelta(minutes=2)):
        actions.pause_round(round=round_, by=sitting.chair)
        actions.pause_round(round=round_, by=sitting.chair)
    with clock.at(START + timedelta(minutes=9, seconds=30)):
        assert round_.left(clock.now()) == 480
        actions.resume_round(round=round_, by=sitting.chair)
        assert now_in(round_).lost == 8
        assert actions.catch_up(round=round_, by=sitting.chair) == 8
        assert now_in(round_).lost == 0
        assert actions.catch_up(round=round_, by=sitting.chair) == 0
    assert [step.minutes for step in RoundStep.objects.filter(round=round_)] == [10, 4, 13, 8, 8, 9]
    assert [fact["minutes"] for fact in facts_named("TimeCaughtUp")] == [8]
    assert [fact["is_paused"] for fact in facts_named("IntervisieTimerSet")] == [True, False]


def test_nothing_left_to_give_is_said(sitting: Sitting) -> None:
    with clock.at(START):
        round_ = sitting.begin()
        for position in range(5):
            actions.go_on(round=round_, position=position, by=sitting.chair)
    with clock.at(START + timedelta(minutes=90)), pytest.raises(Refused, match="minuten over"):
        actions.catch_up(round=round_, by=sitting.chair)
    with clock.at(START + timedelta(minutes=90)), pytest.raises(Refused):
        actions.go_on(round=round_, position=5, by=sitting.chair)


def test_back_finds_what_was_left(sitting: Sitting) -> None:
    with clock.at(START):
        round_ = sitting.begin()
    with clock.at(START + timedelta(minutes=4)):
        actions.go_on(round=round_, position=0, by=sitting.chair)
    with clock.at(START + timedelta(minutes=5)):
        actions.go_back(round=round_, position=1, by=sitting.chair)
        assert (round_.current, round_.left(clock.now())) == (0, 360)
        with pytest.raises(Refused):
            actions.go_back(round=round_, position=0, by=sitting.chair)


def test_end_leaves_the_minutes_and_nothing_of_the_steps(sitting: Sitting, facts_named: Facts) -> None:
    with clock.at(START):
        round_ = sitting.begin()
    with clock.at(START + timedelta(minutes=58, seconds=40)):
        actions.end_round(round=round_, by=sitting.chair)
        actions.end_round(round=round_, by=sitting.chair)
    kept = Round.objects.get()
    assert (kept.minutes, kept.state, kept.began_at, kept.due_at, kept.current) == (59, "done", None, None, None)
    assert not RoundStep.objects.exists()
    assert [fact["minutes"] for fact in facts_named("IntervisieRoundEnded")] == [59]


def test_a_forgotten_round_counts_the_minutes_of_its_method(sitting: Sitting) -> None:
    with clock.at(START):
        round_ = sitting.begin()
    with clock.at(START + timedelta(days=1)):
        assert actions.end_round(round=round_, by=sitting.chair).minutes == 60


def test_the_meeting_follows_where_who_runs_it_may_say_so(sitting: Sitting) -> None:
    with clock.at(sitting.meeting.starts_at):
        actions.begin_round(round=sitting.round, by=sitting.cast.own.facilitator)
        sitting.meeting.refresh_from_db()
        assert sitting.meeting.state == MeetingState.LIVE
        actions.end_round(round=sitting.round, by=sitting.chair)
        sitting.meeting.refresh_from_db()
        assert sitting.meeting.state == MeetingState.LIVE, "a member may not change a meeting of the programme"


def test_buttons_are_closed_to_others(sitting: Sitting, client_of: Browser) -> None:
    for verb in ("begin", "next", "back", "pause", "resume", "minute", "catch-up", "turn", "turn/take-back", "end"):
        assert client_of(sitting.cast.own.member).post(sitting.url(f"{verb}/")).status_code == 404
        assert client_of(None).post(sitting.url(f"{verb}/")).status_code == 302
        assert client_of(sitting.chair).get(sitting.url(f"{verb}/")).status_code == 405
    assert sitting.again().is_planned
    sitting.begin()
    client_of(sitting.chair).post(sitting.url("next/"), {"position": "zero"})
    client_of(sitting.chair).post(sitting.url("next/"))
    assert sitting.again().current == 0


def test_another_method_until_it_begins(sitting: Sitting, client_of: Browser) -> None:
    chair = client_of(sitting.chair)
    chair.post(sitting.url("method/"), {"method": "balint"})
    assert sitting.again().built_in == BuiltIn.BALINT
    chair.post(sitting.url("method/"), {"method": "nonsense"})
    chair.post(sitting.url("begin/"))
    chair.post(sitting.url("method/"), {"method": "gossip"})
    assert sitting.again().built_in == BuiltIn.BALINT


def test_who_is_here_is_noted_by_who_may(sitting: Sitting, client_of: Browser) -> None:
    here = {"here": [str(person.pk) for person in sitting.members[:4]]}
    with clock.at(sitting.meeting.starts_at):
        assert client_of(sitting.chair).post(sitting.url("here/"), here).status_code == 403
        assert client_of(sitting.cast.own.lead).post(sitting.url("here/"), here).status_code == 302
    presences = sorted(sitting.meeting.attendances.values_list("presence", flat=True))
    assert presences == ["absent", "present", "present", "present", "present"]
