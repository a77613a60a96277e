from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leerkring.community.memberships.enums import Level
from leerkring.cycle.groups.enums import PairKind
from leerkring.cycle.groups.forming import actions, queries
from leerkring.cycle.groups.forming.models import CandidatePair, Forming
from leerkring.cycle.groups.forming.problems import problem_of, rounds_of
from leerkring.cycle.groups.forming.tests.making import candidates, groups, make_forming, make_people, read
from leerkring.cycle.groups.tests.making import facts_named, make_group, make_question, make_theme, only_fact
from leerkring.platform.rules import Refused
from tests.cast import Cast, ProgrammeCast, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(cast: Cast) -> ProgrammeCast:
    return cast.own


def test_open_forming_with_people_and_a_group_for_each_theme_and_question(own: ProgrammeCast) -> None:
    theme, question = make_theme(own), make_question(own)
    forming = actions.open_forming(
        community=own.community, title=" Werkplaats  maart ", by=own.facilitator, people=[own.member, own.member],
        themes=[theme], questions=[question],
    )  # fmt: skip
    assert forming.title == "Werkplaats maart"
    assert [each.person for each in candidates(forming)] == [own.member]
    assert [(each.theme, each.question) for each in groups(forming)] == [(theme, None), (None, question)]
    assert only_fact("FormingOpened").ids == {"forming_id": forming.pk}


def test_open_forming_is_for_facilitators_and_for_the_own_programme(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        actions.open_forming(community=cast.own.community, title="Indeling", by=cast.own.member)
    with pytest.raises(PermissionDenied):
        actions.open_forming(community=cast.own.community, title="Indeling", by=cast.other.lead)
    with pytest.raises(Refused):
        actions.open_forming(
            community=cast.own.community, title="Indeling", by=cast.own.lead, themes=[make_theme(cast.other)]
        )
    assert not Forming.objects.exists()


def test_change_forming_sets_slider_and_weights(own: ProgrammeCast) -> None:
    forming = actions.change_forming(forming=make_forming(own), by=own.keeper, wishes=80, weights={"unit": 1, "met": 0})
    assert (forming.wishes, forming.weights["unit"], forming.weights["met"]) == (80, 1, 0)
    assert problem_of(queries.ground_of(forming)).objective.wishes == 0.8
    for wishes, weights in ((101, {}), (50, {"unit": 101})):
        with pytest.raises(Refused):
            actions.change_forming(forming=read(forming), by=own.keeper, wishes=wishes, weights=weights)


def test_choose_people_keeps_wishes_of_who_stays(own: ProgrammeCast) -> None:
    forming = make_forming(own, people=3)
    stays = candidates(forming)[0]
    assert stays.person
    wished = stays.choices
    more = make_people(own, 1)
    assert actions.choose_people(forming=forming, people=[stays.person, *more], by=own.facilitator) == 2
    assert [each.person for each in candidates(forming)] == [stays.person, *more]
    assert candidates(forming)[0].choices == wished
    with pytest.raises(Refused):
        actions.choose_people(forming=forming, people=[], by=own.facilitator)
    with pytest.raises(Refused):
        actions.choose_people(forming=forming, people=[make_person("Vreemd")], by=own.facilitator)


def test_people_by_level_and_attendance(own: ProgrammeCast) -> None:
    levels = [Level.ACTIVE]
    found = queries.people_by(own.community, levels=levels, meeting=None, only_present=False)
    assert own.member in found
    assert own.follower not in found
    there = own.meeting()
    there.attendances.create(person=own.member, presence="present")
    there.attendances.create(person=own.keeper, presence="excused")
    assert list(queries.people_by(own.community, levels=levels, meeting=there, only_present=True)) == [own.member]


def test_change_candidate_notes_wishes_slots_and_pin(own: ProgrammeCast) -> None:
    forming = make_forming(own, people=1, groups=3)
    first, second, third = groups(forming)
    candidate = actions.change_candidate(
        candidate=candidates(forming)[0], by=own.facilitator, choices=[second, first, second], slots=["dinsdag"],
        pin=third, can_facilitate=True,
    )  # fmt: skip
    assert candidate.choices == [second.pk, first.pk]
    (person,) = problem_of(queries.ground_of(forming)).people
    assert (person.choices, person.pin, person.can_facilitate) == (
        (str(second.pk), str(first.pk)), str(third.pk), True,
    )  # fmt: skip
    foreign = groups(make_forming(own, people=0, groups=1))[0]
    with pytest.raises(Refused):
        actions.change_candidate(candidate=candidate, by=own.facilitator, choices=[foreign])


def test_possible_groups_are_put_changed_and_removed(own: ProgrammeCast) -> None:
    forming = make_forming(own, people=0, groups=0)
    group = actions.put_possible_group(forming=forming, name=" Inkoop ", by=own.facilitator, min=2, max=3)
    assert (group.name, group.position) == ("Inkoop", 1)
    actions.change_possible_group(possible=group, by=own.facilitator, max=6)
    assert groups(forming)[0].max == 6
    with pytest.raises(Refused):
        actions.change_possible_group(possible=group, by=own.facilitator, max=1)
    with pytest.raises(TypeError):
        actions.change_possible_group(possible=group, by=own.facilitator, forming=1)
    actions.remove_possible_group(possible=groups(forming)[0], by=own.facilitator)
    assert groups(forming) == []


def test_a_pair_has_one_rule(own: ProgrammeCast) -> None:
    forming = make_forming(own, people=2)
    one, other = candidates(forming)
    actions.put_pair(one=one, other=other, kind=PairKind.APART, by=own.facilitator)
    pair = actions.put_pair(one=other, other=one, kind=PairKind.CHOSEN, by=own.facilitator)
    assert list(CandidatePair.objects.all()) == [pair]
    assert problem_of(queries.ground_of(forming)).chosen_pairs() == {tuple(sorted((str(one.pk), str(other.pk))))}
    with pytest.raises(Refused):
        actions.put_pair(one=one, other=one, kind=PairKind.APART, by=own.facilitator)
    actions.remove_pair(pair=pair, by=own.facilitator)
    assert not CandidatePair.objects.exists()


def test_nothing_is_prepared_while_it_is_formed(own: ProgrammeCast) -> None:
    forming = make_forming(own)
    actions.begin_forming(forming=forming, by=own.facilitator)
    with pytest.raises(Refused):
        actions.change_forming(forming=forming, by=own.facilitator, wishes=1, weights={})
    assert len(facts_named("FormingBegun")) == 1


def test_the_problem_knows_departments_and_who_met(own: ProgrammeCast) -> None:
    people = make_people(own, 4)
    make_group(own, "Eerder", people=people[:2], contact=people[0])
    forming = actions.open_forming(community=own.community, title="Indeling", people=people, by=own.facilitator)
    actions.put_possible_group(forming=forming, name="Een", by=own.facilitator)
    problem = problem_of(queries.ground_of(read(forming)))
    units = [person.attributes["unit"] for person in problem.people]
    assert len(set(units)) == 3
    assert "organisation" not in problem.attributes()
    met = [dict(person.met) for person in problem.people]
    assert met[0] == met[1] != {}
    assert met[2:] == [{}, {}]


def test_people_of_another_programme_and_who_left_are_not_in_it(cast: Cast) -> None:
    forming = make_forming(cast.own, people=2)
    other = make_forming(cast.other, people=1)
    gone = candidates(forming)[0].person
    assert gone
    gone.memberships.update(until_on="2024-12-01")
    assert [each.person for each in candidates(forming)] == [candidates(forming)[-1].person]
    assert other not in queries.formings_of(cast.own.community)


def test_rounds_are_few() -> None:
    """Groups that nobody shares go in one round; who was in two has both."""
    found = rounds_of({1: frozenset({10}), 2: frozenset({10, 30}), 3: frozenset({20, 30}), 4: frozenset({20, 40})})
    assert found == {1: {"1": "10"}, 2: {"1": "10", "2": "30"}, 3: {"1": "20", "2": "30"}, 4: {"1": "20"}}


def test_ground_is_read_in_as_many_queries_for_3_as_for_60(own: ProgrammeCast) -> None:

    counts = []
    for number in (3, 60):
        forming = read(make_forming(own, people=number))
        with CaptureQueriesContext(connection) as caught:
            queries.ground_of(forming)
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 6
