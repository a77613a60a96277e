"""Formed groups keep the rules, cost what they say, and are proven as good as they are said to be."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leerkring.formation.costs import CHOSEN, cost_of, violations_of
from leerkring.formation.forming import form
from leerkring.formation.outcome import CannotHold, Formation, Rule
from leerkring.formation.problem import Group, Objective, Person, Problem
from leerkring.formation.steps import seat_all, whole_cost
from leerkring.formation.tables import compiled
from leerkring.formation.tests.making import every_division, least_cost, made

MODEST = settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@st.composite
def small_problems(draw: st.DrawFn) -> Problem:
    groups = draw(st.integers(1, 3))
    low = draw(st.integers(0, 2))
    return made(
        people=draw(st.integers(2, 6)),
        groups=groups,
        seed=draw(st.integers(0, 10_000)),
        low=low,
        high=draw(st.integers(max(low, 1), 6)),
        apart=draw(st.integers(0, 3)),
        together=draw(st.integers(0, 2)),
        chosen=draw(st.integers(0, 2)),
        slots=draw(st.integers(0, 2)),
        facilitators=draw(st.booleans()),
    )


@MODEST
@given(small_problems(), st.sampled_from([0.0, 0.3, 0.5, 1.0]))
def test_small_problems_are_as_good_as_trying_everything(problem: Problem, wishes: float) -> None:
    problem = problem.weighed(wishes)
    least = least_cost(problem)
    if least is None:
        with pytest.raises(CannotHold) as refused:
            form(problem, seconds=0.1)
        assert refused.value.must_give
        return
    formed = form(problem, seconds=0.1)
    assert set(formed.assignment) == {person.id for person in problem.people}
    assert formed.violations == violations_of(problem, formed.assignment) == ()
    assert formed.cost == cost_of(problem, formed.assignment)
    assert formed.cost == pytest.approx(least)
    assert formed.bound <= least + 1e-6
    assert sum(term.reached for term in formed.terms.values()) == pytest.approx(formed.cost)


def formed_or_conflict(problem: Problem, seed: int) -> Formation | CannotHold:
    try:
        return form(problem, seed=seed, seconds=0.1)
    except CannotHold as conflict:
        return conflict


@settings(MODEST, max_examples=6)
@given(st.integers(10, 40), st.integers(2, 6), st.integers(0, 1000))
def test_larger_problems_keep_every_rule(people: int, groups: int, seed: int) -> None:
    each = people // groups
    problem = made(
        people=people, groups=groups, seed=seed, low=each - 1, high=each + 2, apart=people // 3, together=2, chosen=3
    )
    formed = formed_or_conflict(problem, seed)
    if isinstance(formed, CannotHold):
        assert formed.must_give
        return
    assert violations_of(problem, formed.assignment) == ()
    assert formed.cost == cost_of(problem, formed.assignment)
    assert sum(term.best_alone for term in formed.terms.values()) <= formed.bound + 1e-6
    assert formed.bound <= formed.cost
    assert len(formed.assignment) == people
    found = compiled(problem)
    state = seat_all(found.tables, found.places(formed.assignment), seed)
    assert found.cost(int(whole_cost(found.tables, state))) == formed.cost


def test_same_input_and_seed_give_the_same_groups() -> None:
    problem = made(people=60, groups=6, seed=5, low=8, high=12, apart=12, together=3, chosen=4)
    first = form(problem, seed=3, seconds=0.2)
    again = form(problem, seed=3, seconds=0.2)
    assert first.assignment == again.assignment


def test_each_term_lies_between_what_is_possible_alone_and_what_is_reached() -> None:
    problem = made(people=8, groups=2, seed=2, low=3, high=5)
    formed = form(problem, seconds=0.1)
    for name, term in formed.terms.items():
        assert term.best_alone <= term.reached, name
    assert sum(term.random_mean for term in formed.terms.values()) > formed.cost


def test_the_random_mean_is_that_of_all_divisions() -> None:
    problem = made(people=6, groups=3, seed=8, low=2, high=2, chosen=2)
    costs = [cost_of(problem, division) for division in every_division(problem)]
    formed = form(problem, seconds=0.1)
    assert sum(term.random_mean for term in formed.terms.values()) == pytest.approx(sum(costs) / len(costs))


def test_people_who_chose_each_other_are_together() -> None:
    problem = made(people=20, groups=4, seed=1, low=4, high=6)
    people = list(problem.people)
    people[0] = replace(people[0], chosen=(people[1].id,))
    formed = form(replace(problem, people=tuple(people)), seconds=0.2)
    assert formed.assignment["p0"] == formed.assignment["p1"]
    assert formed.terms[CHOSEN].reached == 0


def test_the_slider_trades_wishes_for_mixing() -> None:
    problem = made(people=40, groups=5, seed=9, low=6, high=10)
    wishes = form(problem.weighed(1.0), seconds=0.1)
    mixing = form(problem.weighed(0.0), seconds=0.1)

    def choice(assignment: dict[str, str]) -> float:
        return cost_of(
            replace(problem, objective=Objective(attributes={"unit": 0, "role": 0}, met=0, size=0)), assignment
        )

    assert choice(dict(wishes.assignment)) < choice(dict(mixing.assignment))
    assert all(term.reached == 0 for name, term in mixing.terms.items() if name == "choice")


def test_one_person_and_one_group() -> None:
    formed = form(Problem((Person("a"),), (Group("g"),)), seconds=0.1)
    assert formed.assignment == {"a": "g"}
    assert (formed.cost, formed.bound, formed.gap, formed.percent) == (0, 0, 0, 0)


def test_the_percentage_is_rounded_up_so_that_it_stays_true() -> None:
    formed = replace(form(Problem((Person("a"),), (Group("g"),)), seconds=0.1), cost=100.0, bound=97.01)
    assert formed.percent == 3.0
    assert replace(formed, bound=96.99).percent == 3.1


def people_in(*ids: str, **kept: dict[str, object]) -> tuple[Person, ...]:
    return tuple(Person(name, **kept.get(name, {})) for name in ids)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("problem", "rules"),
    [
        (Problem(people_in("a", "b"), (Group("g", min_size=3),)), [Rule.MIN_SIZE]),
        (Problem(people_in("a", "b", "c"), (Group("g", max_size=2),)), [Rule.MAX_SIZE]),
        (Problem(people_in("a"), (Group("g", needs_facilitator=True),)), [Rule.FACILITATOR]),
        (Problem(people_in("a", "b", a={"apart": ("b",)}), (Group("g"),)), [Rule.APART]),
        (
            Problem(people_in("a", "b", a={"apart": ("b",), "together": ("b",)}), (Group("g"), Group("h"))),
            [Rule.TOGETHER],
        ),
        (Problem(people_in("a", a={"slots": frozenset({"x"})}), (Group("g", slot="y"),)), [Rule.SLOT]),
        (
            Problem(people_in("a", "b", a={"pin": "g"}, b={"pin": "h", "together": ("a",)}), (Group("g"), Group("h"))),
            [Rule.PIN],
        ),
    ],
)
def test_a_conflict_is_named_by_the_smallest_set_that_must_give(problem: Problem, rules: list[Rule]) -> None:
    with pytest.raises(CannotHold) as refused:
        form(problem, seconds=0.1)
    assert [rule.rule for rule in refused.value.must_give] == rules
    assert refused.value.is_smallest


def test_a_conflict_names_the_numbers() -> None:
    problem = Problem(people_in("a", "b", "c"), (Group("g", min_size=2), Group("h", min_size=2)))
    with pytest.raises(CannotHold) as refused:
        form(problem, seconds=0.1)
    (rule,) = refused.value.must_give
    assert (rule.rule, rule.number, rule.would_be) in {(Rule.MIN_SIZE, 2, 1), (Rule.MIN_SIZE, 2, 0)}
