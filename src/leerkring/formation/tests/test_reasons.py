"""The reasons hold when they are worked out again from nothing but the rules and the costs."""

from collections import Counter

import pytest

from leerkring.formation.costs import cost_of, violations_of
from leerkring.formation.effects import effect_of_move, effect_of_swap
from leerkring.formation.forming import form
from leerkring.formation.outcome import Formation, Why
from leerkring.formation.problem import Problem, rank_in
from leerkring.formation.reasons import fewest_pairs
from leerkring.formation.tests.making import made


@pytest.fixture(scope="module")
def problem() -> Problem:
    return made(people=30, groups=5, seed=11, low=5, high=7, apart=8, together=1, chosen=3, slots=2, facilitators=True)


@pytest.fixture(scope="module")
def formed(problem: Problem) -> Formation:
    return form(problem, seconds=0.2)


def ways_to_the_first(problem: Problem, formed: Formation, name: str) -> list[tuple[float, dict[str, str]]]:
    """Every move or swap with one other that gives the first wish and keeps the rules, with its price."""
    person = next(one for one in problem.people if one.id == name)
    wanted = [group.id for group in problem.groups if rank_in(person, group) == 0]
    tied = {one for pair in problem.together_pairs() for one in pair}
    found = []
    for group in wanted:
        moves = [{name: group}]
        moves += [
            {name: group, other: formed.assignment[name]}
            for other, at in formed.assignment.items()
            if at == group and other not in tied
        ]
        for move in moves:
            after = {**formed.assignment, **move}
            if not violations_of(problem, after):
                found.append((cost_of(problem, after) - formed.cost, move))
    return found


def test_the_cheapest_swap_is_the_cheapest_and_its_price_is_right(problem: Problem, formed: Formation) -> None:
    checked = 0
    for name, reason in formed.people.items():
        if reason.why in (Why.FIRST, Why.NO_WISH):
            continue
        ways = ways_to_the_first(problem, formed, name)
        if reason.swap is None:
            assert not ways or reason.why is Why.TOGETHER, (name, reason.why)
            continue
        swap = reason.swap
        after = {**formed.assignment, name: swap.group}
        if swap.other:
            after[swap.other] = formed.assignment[name]
        assert violations_of(problem, after) == ()
        assert cost_of(problem, after) - formed.cost == pytest.approx(swap.price)
        assert sum(swap.terms.values()) == pytest.approx(swap.price)
        assert swap.price == pytest.approx(min(price for price, _ in ways))
        assert (reason.why is Why.COSTS_MORE) == (swap.price > 0)
        checked += 1
    assert checked


def test_the_terms_of_a_swap_are_those_of_its_effect(problem: Problem, formed: Formation) -> None:
    for reason in formed.people.values():
        if reason.swap and reason.swap.other:
            effect = effect_of_swap(problem, formed.assignment, reason.swap.person, reason.swap.other)
            assert dict(reason.swap.terms) == pytest.approx(dict(effect.terms))
            assert effect.breaks == ()
            assert effect.choices[reason.swap.other] == reason.swap.other_choice


def test_the_effect_of_every_move_is_the_change_in_total_cost(problem: Problem, formed: Formation) -> None:
    for person in problem.people[:8]:
        for group in problem.groups:
            effect = effect_of_move(problem, formed.assignment, person.id, group.id)
            assert cost_of(problem, effect.assignment) - formed.cost == pytest.approx(effect.price)
            assert set(effect.breaks) == set(violations_of(problem, effect.assignment))


def test_each_wish_is_told_as_it_is(problem: Problem, formed: Formation) -> None:
    groups = {group.id: group for group in problem.groups}
    for person in problem.people:
        rank = rank_in(person, groups[formed.assignment[person.id]])
        assert formed.people[person.id].choice == (None if rank is None else rank + 1)


def test_groups_tell_who_is_in_them(problem: Problem, formed: Formation) -> None:
    for name, reason in formed.groups.items():
        inside = [person for person in problem.people if formed.assignment[person.id] == name]
        assert reason.size == len(inside)
        assert reason.new_ties + reason.repeats == len(inside) * (len(inside) - 1) // 2
        for spread in reason.spread.values():
            assert spread.unavoidable <= spread.pairs


def test_unavoidable_pairs_are_the_fewest_there_can_be() -> None:
    assert fewest_pairs(3, Counter({"a": 5, "b": 5})) == 1
    assert fewest_pairs(4, Counter({"a": 5, "b": 1})) == 3
    assert fewest_pairs(4, Counter({"a": 5, "b": 1, "": 2})) == 0
    assert fewest_pairs(0, Counter({"a": 5})) == 0
