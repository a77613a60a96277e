"""The group former in a room: who is handed over, what comes back to the tables, latecomers, and a conflict."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied

from leerkring.cycle.groups.enums import FormingState
from leerkring.cycle.groups.forming import actions as forming_actions
from leerkring.cycle.groups.forming import own as own_reasons
from leerkring.cycle.groups.forming import queries as forming_queries
from leerkring.cycle.groups.forming.models import Forming
from leerkring.cycle.groups.forming.problems import problem_of
from leerkring.formats.werkplaats import actions, jobs
from leerkring.formats.werkplaats.enums import RoundKind
from leerkring.formats.werkplaats.models import Placing, Table
from leerkring.formats.werkplaats.queries import divisions
from leerkring.formats.werkplaats.tests.conftest import Hall
from leerkring.platform.rules import Refused

Facts = Callable[[str], list[dict[str, object]]]
pytestmark = pytest.mark.django_db


@pytest.fixture
def tables(hall: Hall) -> list[Table]:
    return [
        actions.put_table(room=hall.room, name=name, min=1, max=4, by=hall.lead) for name in ("Inkoop", "Hergebruik")
    ]


def answered(hall: Hall, found: Forming, tables: list[Table], first: int) -> Forming:
    """As if the former had answered: so many people at the first table, the rest at the second."""
    ground = forming_queries.ground_of(found)
    groups = {group.ref: str(group.pk) for group in ground.possible}
    keys = [str(each.pk) for each in ground.candidates]
    places = {key: groups[f"table:{tables[index >= first].pk}"] for index, key in enumerate(keys)}
    result = {
        "cost": 1.0, "bound": 1.0, "percent": 0.0, "is_optimal": True, "terms": {}, "groups": {}, "seed": 1,
        "seconds": 1, "people": {key: {"choice": 2, "why": "rules"} for key in keys},
    }  # fmt: skip
    forming_actions.finish_forming(
        forming=found, run=found.run, places=places, result=result, failure={}, by_id=hall.lead.pk
    )
    fresh = forming_queries.forming_with_home(found.pk)
    assert fresh
    return fresh


def test_wishes_pins_and_guests_are_handed_over_once(hall: Hall, tables: list[Table], facts_named: Facts) -> None:
    own = hall.cast.own
    round_ = hall.round(RoundKind.WISH)
    member, again, guest = hall.seat(own.member), hall.seat(own.member), hall.seat(name="Sam")
    actions.wish(round=round_, seat=member, tables=[tables[1], tables[0]])
    actions.place(room=hall.room, table=tables[0], seat=guest, by=hall.lead)
    found = actions.divide(room=hall.room, by=hall.lead)
    ground = forming_queries.ground_of(found)
    assert {each.name for each in ground.candidates} == {own.member.name, "Sam"}
    people = {person.id: person for person in problem_of(ground).people}
    of_member = next(each for each in ground.candidates if each.person == own.member)
    of_guest = next(each for each in ground.candidates if each.person is None)
    groups = {group.ref: str(group.pk) for group in ground.possible}
    inkoop, hergebruik = (groups[f"table:{table.pk}"] for table in tables)
    assert people[str(of_member.pk)].choices == (hergebruik, inkoop)
    assert people[str(of_guest.pk)].pin == inkoop
    assert (found.state, found.meeting) == (FormingState.RUNNING, hall.meeting)
    actions.divide(room=hall.room, by=hall.lead)
    assert [fact["run"] for fact in facts_named("FormingBegun")] == [1]
    assert again


def test_the_answer_comes_to_the_tables_and_groups_know_why(hall: Hall, tables: list[Table]) -> None:
    own = hall.cast.own
    hall.seat(own.member)
    guest = hall.seat(name="Sam")
    found = answered(hall, actions.divide(room=hall.room, by=hall.lead), tables, first=1)
    assert actions.take_division(room=hall.room, found=found, by=hall.lead) == 2
    seated = {row.person_id or row.seat_id: row.table for row in Placing.objects.filter(room=hall.room)}
    assert seated == {own.member.pk: tables[0], guest.pk: tables[1]}
    assert Placing.objects.get(person=own.member).why == {"choice": 2, "why": "rules"}

    (group,) = actions.form_groups(room=hall.room, by=hall.lead)
    assert own_reasons.reason_of(own.member, group)
    assert actions.take_division(room=hall.room, found=found, by=hall.lead) == 0


def test_moving_on_the_page_of_the_division_moves_at_the_tables(hall: Hall, tables: list[Table]) -> None:
    own = hall.cast.own
    hall.seat(own.member)
    hall.seat(own.keeper)
    found = answered(hall, actions.divide(room=hall.room, by=hall.lead), tables, first=1)
    ground = forming_queries.ground_of(found)
    one = next(each for each in ground.candidates if found.place_of(each.pk) == ground.possible[0].pk)
    one.forming = found
    forming_actions.move_candidate(candidate=one, to=ground.possible[1], by=hall.lead)
    fact = type("Moved", (), {"forming_id": found.pk, "by_id": hall.lead.pk})()
    jobs.take_division_later(fact)
    assert {row.table for row in Placing.objects.filter(room=hall.room)} == {tables[1]}


def test_latecomers_keep_the_places_of_the_others(hall: Hall, tables: list[Table]) -> None:
    hall.seat(hall.cast.own.member)
    with pytest.raises(Refused):
        actions.fit_in_latecomers(room=hall.room, by=hall.lead)
    found = answered(hall, actions.divide(room=hall.room, by=hall.lead), tables, first=1)
    hall.seat(hall.cast.own.keeper)
    late = actions.fit_in_latecomers(room=hall.room, by=hall.lead)
    assert (late.verb, late.places) == ("fit_in", found.places)
    assert len(forming_queries.ground_of(late).candidates) == 2


def test_a_failure_is_told_at_the_desk(hall: Hall, tables: list[Table], facts_named: Facts) -> None:
    hall.seat(hall.cast.own.member)
    found = actions.divide(room=hall.room, by=hall.lead)
    failure = {"kind": "stopped"}
    forming_actions.fail_forming(forming=found, run=found.run, failure=failure, by_id=hall.lead.pk)
    actions.note_failed_division(room=hall.room, found=found, by=hall.lead)
    division = divisions.division_of(hall.room)
    assert division is not None
    assert division.trouble
    assert not division.is_busy
    assert len(facts_named("DivisionFailed")) == 1


def test_nobody_or_no_table_is_refused_and_members_may_not(hall: Hall) -> None:
    with pytest.raises(Refused):
        actions.divide(room=hall.room, by=hall.lead)
    with pytest.raises(PermissionDenied):
        actions.divide(room=hall.room, by=hall.cast.own.member)
