"""Who comes late or stays away does not reshuffle the others."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leerkring.formation.costs import violations_of
from leerkring.formation.forming import form
from leerkring.formation.late import adjust
from leerkring.formation.outcome import NeedsReshuffle
from leerkring.formation.problem import Group, Person, Problem
from leerkring.formation.tests.making import made
from leerkring.formation.tests.test_form_groups import MODEST


@settings(MODEST, max_examples=8)
@given(st.integers(0, 1000), st.integers(1, 3), st.integers(0, 3))
def test_at_most_five_others_move(seed: int, late: int, away: int) -> None:
    problem = made(people=36, groups=5, seed=seed, low=5, high=9)
    formed = form(replace(problem, people=problem.people[:-late]), seed=seed, seconds=0.1)
    now = replace(problem, people=problem.people[away:])
    adjusted = adjust(now, formed.assignment)
    assert violations_of(now, adjusted.assignment) == ()
    assert len(adjusted.moved) <= 5
    assert set(adjusted.newcomers) == {person.id for person in problem.people[-late:]}
    stayed = set(adjusted.assignment) - set(adjusted.newcomers) - set(adjusted.moved)
    assert all(adjusted.assignment[name] == formed.assignment[name] for name in stayed)


def test_nobody_moves_when_there_is_room() -> None:
    problem = made(people=20, groups=4, seed=3, low=3, high=8)
    formed = form(replace(problem, people=problem.people[:-1]), seconds=0.1)
    assert adjust(problem, formed.assignment).moved == ()


def test_one_moves_to_make_the_only_room() -> None:
    people = (Person("a"), Person("b"), Person("c", slots=frozenset({"x"})))
    problem = Problem(people, (Group("g", slot="x", max_size=1), Group("h", slot="y", max_size=2)))
    adjusted = adjust(problem, {"a": "g", "b": "h"})
    assert adjusted.moved == ("a",)
    assert adjusted.assignment == {"a": "h", "b": "h", "c": "g"}


def test_more_than_may_move_is_said() -> None:
    people = (*(Person(f"p{number}") for number in range(8)), Person("late"))
    problem = Problem(people, (Group("g", min_size=0, max_size=8), Group("h", min_size=8, max_size=9)))
    with pytest.raises(NeedsReshuffle):
        adjust(problem, {f"p{number}": "g" for number in range(8)})
    assert len(adjust(problem, {f"p{number}": "g" for number in range(8)}, most=8).moved) == 7
