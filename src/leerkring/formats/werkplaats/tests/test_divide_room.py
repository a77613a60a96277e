"""The group former in a room: who is handed over, what comes back to the tables, latecomers, and a conflict."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from leerkring.community.people.models import Person
from leerkring.cycle.groups.enums import FormingState
from leerkring.cycle.groups.facts import FormingFact
from leerkring.cycle.groups.forming import actions as forming_actions
from leerkring.cycle.groups.forming import own as own_reasons
from leerkring.cycle.groups.forming import queries as forming_queries
from leerkring.cycle.groups.forming.models import Candidate, Forming
from leerkring.cycle.groups.forming.problems import problem_of
from leerkring.formats.werkplaats import actions, jobs
from leerkring.formats.werkplaats.enums import RoundKind
from leerkring.formats.werkplaats.models import Placing, Table
from leerkring.formats.werkplaats.queries import divisions
from leerkring.formats.werkplaats.tests.conftest import Hall
from leerkring.formats.werkplaats.tests.phones import Phone
from leerkring.platform.rules import Refused

Facts = Callable[[str], list[dict[str, object]]]
pytestmark = pytest.mark.django_db


@pytest.fixture
def tables(hall: Hall) -> list[Table]:
    return [
        actions.put_table(room=hall.room, name=name, min=1, max=4, by=hall.lead) for name in ("Inkoop", "Hergebruik")
    ]


def reason(candidate: Candidate, places: dict[str, str], everybody: Sequence[Candidate]) -> dict[str, object]:
    """Who is not at the first wish could change places with the first one who is, at the cost of their first wish."""
    place = int(places[str(candidate.pk)])
    if not candidate.choices:
        return {"choice": None, "why": "no_wish"}
    choice = candidate.choices.index(place) + 1 if place in candidate.choices else None
    if choice == 1:
        return {"choice": 1, "why": "first"}
    first = str(candidate.choices[0])
    other = next((str(each.pk) for each in everybody if places[str(each.pk)] == first), None)
    if other is None:
        return {"choice": choice, "why": "rules"}
    swap = {
        "person": str(candidate.pk), "group": first, "other": other, "price": 3.0, "terms": {"choice": 3.0},
        "other_choice": [1, None],
    }  # fmt: skip
    toll = {"with_other": True, "loses": True, "pairs": {"unit": 2}}
    return {"choice": choice, "why": "costs_more", "swap": swap, "toll": toll}


def answered(hall: Hall, found: Forming, tables: list[Table], first: int) -> Forming:
    """As if the former had answered: so many people at the first table, the rest at the second."""
    ground = forming_queries.ground_of(found)
    groups = {group.ref: str(group.pk) for group in ground.possible}
    places = {
        str(each.pk): groups[f"table:{tables[index >= first].pk}"] for index, each in enumerate(ground.candidates)
    }
    result = {
        "cost": 1.0, "bound": 1.0, "percent": 0.0, "is_optimal": True, "terms": {}, "groups": {}, "seed": 1,
        "seconds": 1, "people": {str(each.pk): reason(each, places, ground.candidates) for each in ground.candidates},
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


def test_a_wish_noted_on_the_page_of_the_division_stays_until_the_person_wishes_anew(
    hall: Hall, tables: list[Table]
) -> None:
    own = hall.cast.own
    round_ = hall.round(RoundKind.WISH)
    member = hall.seat(own.member)
    actions.wish(round=round_, seat=member, tables=[tables[1]])
    found = answered(hall, actions.divide(room=hall.room, by=hall.lead), tables, first=1)

    def wishes() -> list[str]:
        ids = Candidate.objects.get(forming=found, person=own.member).choices
        return [found.possible_groups.get(pk=pk).name for pk in ids]

    assert wishes() == ["Hergebruik"]
    candidate = Candidate.objects.select_related("forming").get(forming=found, person=own.member)
    inkoop = found.possible_groups.get(name="Inkoop")
    forming_actions.change_candidate(candidate=candidate, by=hall.lead, choices=[inkoop])
    found = answered(hall, actions.divide(room=hall.room, by=hall.lead), tables, first=1)
    assert wishes() == ["Inkoop"]
    actions.wish(round=round_, seat=member, tables=[])
    actions.divide(room=hall.room, by=hall.lead)
    assert wishes() == []


def test_the_answer_comes_to_the_tables_and_groups_know_why(hall: Hall, tables: list[Table]) -> None:
    own = hall.cast.own
    member, guest = hall.seat(own.member), hall.seat(name="Sam")
    round_ = hall.round(RoundKind.WISH)
    actions.wish(round=round_, seat=member, tables=[tables[1], tables[0]])
    found = answered(hall, actions.divide(room=hall.room, by=hall.lead), tables, first=1)
    assert actions.take_division(room=hall.room, found=found, by=hall.lead) == 2
    seated = {row.person_id or row.seat_id: row.table for row in Placing.objects.filter(room=hall.room)}
    assert seated == {own.member.pk: tables[0], guest.pk: tables[1]}
    assert Placing.objects.get(person=own.member).why == {
        "choice": 2, "why": "costs_more", "toll": {"with_other": True, "loses": True, "pairs": {"unit": 2}},
    }  # fmt: skip

    (group,) = actions.form_groups(room=hall.room, by=hall.lead)
    assert own_reasons.reason_of(own.member, group)
    assert actions.take_division(room=hall.room, found=found, by=hall.lead) == 0
    with pytest.raises(Refused, match="op de pagina van die groep"):
        actions.place(room=hall.room, table=tables[1], person=own.member, by=hall.lead)
    assert actions.place(room=hall.room, table=tables[0], seat=guest, by=hall.lead)


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


def test_a_phone_hears_what_a_swap_costs_and_the_desk_who_it_is(
    hall: Hall, tables: list[Table], client_of: Callable[[Person], Client]
) -> None:
    """Nobody learns the wish of another; facilitators see names."""
    own = hall.cast.own
    other = hall.member("Tarik")
    member, neighbour = hall.seat(own.member), hall.seat(other)
    round_ = hall.round(RoundKind.WISH)
    actions.wish(round=round_, seat=member, tables=[tables[1], tables[0]])
    actions.wish(round=round_, seat=neighbour, tables=[tables[1]])
    divided(hall, tables, {own.member: tables[0], other: tables[1]})
    hall.round(RoundKind.ANNOUNCE)
    actions.announce(room=hall.room, by=hall.lead)
    said = Phone(hall, member).mine()["parts"]["group"]
    assert "Een ruil naar Hergebruik kost iemand anders een wens." in said
    assert "Ook geeft dat 2 tweetallen van één onderdeel meer." in said
    assert other.given_name not in said
    desk = client_of(hall.lead).get(
        reverse("werkplaats:desk_page", args=[own.community.slug, hall.meeting.pk])
    ).content.decode()  # fmt: skip
    assert f"Kan ruilen met {other.name}, naar Hergebruik" in desk
    assert "0 van 1 met de eerste wens" in desk
    assert "Kan ruilen" not in said

    # Once the other one sits elsewhere, what a swap would cost is not known any more.
    actions.place(room=hall.room, table=tables[0], person=other, by=hall.lead)
    jobs.take_division_later(told(hall))
    assert "ruil" not in Phone(hall, member).mine()["parts"]["group"]


def divided(hall: Hall, tables: list[Table], places: dict[Person, Table]) -> Forming:
    """As if the former had put them there, and the tables took it over."""
    found = actions.divide(room=hall.room, by=hall.lead)
    found = answered(hall, found, tables, first=99)
    groups = {group.ref: group.pk for group in forming_queries.possible_groups_of(found)}
    at = {person.pk: groups[f"table:{table.pk}"] for person, table in places.items()}
    candidates = list(forming_queries.candidates_of(found))
    found.places = {str(each.pk): at[each.person_id] for each in candidates if each.person_id}
    keys = {key: str(place) for key, place in found.places.items()}
    found.result["people"] = {str(each.pk): reason(each, keys, candidates) for each in candidates}
    found.save()
    actions.take_division(room=hall.room, found=found, by=hall.lead)
    return found


def told(hall: Hall) -> FormingFact:
    found = forming_queries.forming_for(hall.meeting, divisions.REF)
    assert found
    return FormingFact(community_id=hall.room.community_id, by_id=hall.lead.pk, forming_id=found.pk)


def sitting(hall: Hall) -> tuple[dict[int | None, str], dict[int | None, str]]:
    """Who sits where, as the tables have it and as the division has it."""
    found = forming_queries.forming_for(hall.meeting, divisions.REF)
    assert found
    names = {group.pk: group.name for group in forming_queries.possible_groups_of(found)}
    tables = {row.person_id: row.table.name for row in Placing.objects.filter(room=hall.room).select_related("table")}
    candidates = forming_queries.candidates_of(found)
    return tables, {each.person_id: names[place] for each in candidates if (place := found.place_of(each.pk))}


def test_desk_and_division_have_one_truth_of_who_sits_where(hall: Hall, tables: list[Table]) -> None:
    own = hall.cast.own
    hall.seat(own.member)
    hall.seat(own.keeper)
    found = divided(hall, tables, {own.member: tables[0], own.keeper: tables[1]})
    as_formed = {own.member.pk: "Inkoop", own.keeper.pk: "Hergebruik"}
    both = {own.member.pk: "Hergebruik", own.keeper.pk: "Hergebruik"}
    assert sitting(hall) == (as_formed, as_formed)

    actions.place(room=hall.room, table=tables[1], person=own.member, by=hall.lead)
    assert sitting(hall) == (both, both)
    moved = Candidate.objects.get(forming=found, person=own.member)
    assert moved.pin is not None
    assert moved.pin.name == "Hergebruik"
    jobs.take_division_later(told(hall))
    assert sitting(hall) == (both, both)

    # Taken back at the desk, by another facilitator.
    actions.undo(step=hall.room.steps.filter(verb="place").get(), by=own.lead)
    assert sitting(hall) == (as_formed, as_formed)
    assert forming_queries.forming_for(hall.meeting, divisions.REF).moves == []  # type: ignore[union-attr]

    # Moved at the desk, taken back on the page of the division.
    actions.place(room=hall.room, table=tables[1], person=own.member, by=hall.lead)
    forming_actions.take_back_move(forming=found, by=hall.lead)
    jobs.take_division_later(told(hall))
    assert sitting(hall) == (as_formed, as_formed)
    assert not Placing.objects.filter(is_pinned=True).exists()

    # Fixed on the page of the division, and let go there.
    moved.refresh_from_db()
    moved.forming = found
    forming_actions.change_candidate(candidate=moved, by=hall.lead, pin=found.possible_groups.get(name="Hergebruik"))
    jobs.take_division_later(told(hall))
    assert sitting(hall) == (both, both)
    assert Placing.objects.get(is_pinned=True).person == own.member
    forming_actions.change_candidate(candidate=moved, by=hall.lead)
    jobs.take_division_later(told(hall))
    assert not Placing.objects.filter(is_pinned=True).exists()
    actions.place(room=hall.room, table=None, person=own.keeper, by=hall.lead)
    assert sitting(hall) == ({own.member.pk: "Hergebruik"}, {own.member.pk: "Hergebruik"})


def test_a_division_is_thrown_away_and_brought_back(
    hall: Hall, tables: list[Table], facts_named: Facts, client_of: Callable[[Person], Client]
) -> None:
    own = hall.cast.own
    hall.seat(own.member)
    hall.seat(own.keeper)
    with pytest.raises(Refused):
        actions.throw_away_division(room=hall.room, by=hall.lead)
    found = divided(hall, tables, {own.member: tables[0], own.keeper: tables[1]})
    actions.place(room=hall.room, table=tables[0], person=own.keeper, by=hall.lead)
    actions.announce(room=hall.room, by=hall.lead)
    before = sitting(hall)
    with pytest.raises(PermissionDenied):
        actions.throw_away_division(room=hall.room, by=own.member)
    url = reverse("werkplaats:division_throw_away", args=[own.community.slug, hall.meeting.pk])
    assert client_of(own.member).post(url).status_code == 403
    assert client_of(hall.lead).post(url).status_code == 302
    assert client_of(hall.lead).post(url).status_code == 422
    jobs.take_division_later(told(hall))
    assert sitting(hall) == ({own.keeper.pk: "Inkoop"}, {})
    hall.room.refresh_from_db()
    assert hall.room.announced_at is None
    assert divisions.division_of(hall.room).is_there is False  # type: ignore[union-attr]
    assert len(facts_named("DivisionThrownAway")) == 1

    (step,) = hall.room.steps.filter(verb="throw_away_division")
    actions.undo(step=step, by=own.lead)
    jobs.take_division_later(told(hall))
    assert sitting(hall) == before
    hall.room.refresh_from_db()
    assert hall.room.announced_at is not None

    # On the page of the division, with its own way back; and the tables follow.
    page = reverse("groups:division_throw_away", args=[own.community.slug, found.pk])
    assert client_of(hall.lead).post(page).status_code == 302
    jobs.take_division_later(told(hall))
    assert sitting(hall) == ({own.keeper.pk: "Inkoop"}, {})
    client_of(hall.lead).post(reverse("groups:division_bring_back", args=[own.community.slug, found.pk]))
    jobs.take_division_later(told(hall))
    assert sitting(hall) == before

    # Formed in another way since: what was thrown away stays away.
    actions.throw_away_division(room=hall.room, by=hall.lead)
    answered(hall, actions.divide(room=hall.room, by=hall.lead), tables, first=1)
    with pytest.raises(Refused):
        actions.undo(step=hall.room.steps.filter(verb="throw_away_division").first(), by=hall.lead)


def test_undoing_the_first_division_throws_it_away(hall: Hall, tables: list[Table]) -> None:
    hall.seat(hall.cast.own.member)
    divided(hall, tables, {hall.cast.own.member: tables[0]})
    actions.undo(step=hall.room.steps.filter(verb="apply_division").get(), by=hall.lead)
    assert sitting(hall) == ({}, {})
    assert divisions.division_of(hall.room).is_there is False  # type: ignore[union-attr]
    hall.seat(hall.cast.own.keeper)
    divided(hall, tables, {hall.cast.own.member: tables[0], hall.cast.own.keeper: tables[1]})
    actions.form_groups(room=hall.room, by=hall.lead)
    with pytest.raises(Refused):
        actions.throw_away_division(room=hall.room, by=hall.lead)
