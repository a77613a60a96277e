"""Why: for each person, for each group, and for each term of the cost."""

from collections import Counter

import numpy as np
from numba import njit
from scipy.optimize import linear_sum_assignment

from leerkring.formation.costs import (
    CHOICE,
    CHOSEN,
    SIZE,
    members_of,
    pairs_in,
    terms_of,
    ties,
    value_of,
    weights_of,
)
from leerkring.formation.outcome import Assignment, GroupReason, PersonReason, Spread, Swap, Term, Why
from leerkring.formation.problem import Group, Person, Problem, rank_in, slot_fits
from leerkring.formation.steps import State, may_move, may_swap, move_price, seat_all, swap_price
from leerkring.formation.tables import Compiled, Flags, Small, Tables, Whole


@njit(cache=True, nogil=True)
def cheapest_way(tables: Tables, state: State, person: Whole, wanted: Flags) -> tuple[Whole, Whole, Whole]:
    """The cheapest move or swap that brings a person to one of the groups and keeps the rules.

    Returns the price, the group (-1: there is none) and the other who changes places (-1: nobody).
    """
    price: Whole = np.int64(0)
    group: Whole = np.int64(-1)
    other: Whole = np.int64(-1)
    here = np.int64(state.place[person])
    for there in range(len(wanted)):
        if not wanted[there] or there == here:
            continue
        if may_move(tables, state, person, there):
            found = move_price(tables, state, person, there)
            if group < 0 or found < price:
                price, group, other = found, there, -1
        for seat in range(state.size[there]):
            one = np.int64(state.roster[there, seat])
            number = tables.block[one]
            if tables.members.start[number + 1] - tables.members.start[number] > 1:
                continue
            if may_swap(tables, state, person, one):
                found = swap_price(tables, state, person, one)
                if group < 0 or found < price:
                    price, group, other = found, there, one
    return price, group, other


def person_reasons(found: Compiled, places: Small) -> dict[str, PersonReason]:
    state = seat_all(found.tables, places, 1)
    groups = found.problem.groups
    return {
        person.id: person_reason(found, state, index, groups[place])
        for index, (person, place) in enumerate(zip(found.problem.people, places.tolist(), strict=True))
    }


def person_reason(found: Compiled, state: State, index: int, group: Group) -> PersonReason:
    """Which wish the person has, and what the first would have cost."""
    person = found.problem.people[index]
    rank = rank_in(person, group)
    if not person.choices:
        return PersonReason(None, Why.NO_WISH)
    choice = None if rank is None else rank + 1
    if rank == 0:
        return PersonReason(choice, Why.FIRST)
    wanted = [rank_in(person, one) == 0 for one in found.problem.groups]
    hindrance = _hindrance(found, index, wanted)
    if hindrance:
        return PersonReason(choice, hindrance)
    price, there, other = cheapest_way(found.tables, state, index, np.array(wanted, dtype=np.bool_))
    if there < 0:
        return PersonReason(choice, Why.RULES)
    swap = _swap(found, state, index, there, other, price)
    return PersonReason(choice, Why.COSTS_MORE if swap.price > 0 else Why.COSTS_NOTHING, swap)


def _hindrance(found: Compiled, index: int, wanted: list[bool]) -> Why | None:
    """What alone keeps this person from the first wish, whatever others do."""
    person = found.problem.people[index]
    fitting = [group for group, is_wanted in zip(found.problem.groups, wanted, strict=True) if is_wanted]
    number = found.tables.block[index]
    if not fitting:
        return Why.NO_GROUP
    if person.pin and all(group.id != person.pin for group in fitting):
        return Why.PIN
    if not any(slot_fits(person, group) for group in fitting):
        return Why.SLOT
    if found.tables.members.start[number + 1] - found.tables.members.start[number] > 1:
        return Why.TOGETHER
    return None


def _swap(found: Compiled, state: State, index: int, there: int, other: int, price: int) -> Swap:
    """The swap in ids, with its price by term."""
    problem, tables = found.problem, found.tables
    here = int(state.place[index])
    movers = [(index, here, there)] + ([(other, there, here)] if other >= 0 else [])
    terms = dict.fromkeys((CHOICE, *found.term_of, SIZE, CHOSEN), 0)
    for one, old, new in movers:
        terms[CHOICE] += int(tables.choice[one, new]) - int(tables.choice[one, old])
    for column, term in enumerate(found.term_of):
        values = {int(tables.category[one, column]) for one, _, _ in movers}
        if len(values) < len(movers):
            continue
        for one, old, new in movers:
            if (value := int(tables.category[one, column])) >= 0:
                rise = int(state.counts[new, value]) - int(state.counts[old, value]) + 1
                terms[term] += int(tables.weight[column]) * rise
    if other < 0:
        terms[SIZE] = 2 * int(tables.size_weight) * (int(state.size[there]) - int(state.size[here]) + 1)
    terms[CHOSEN] = int(price) - sum(terms.values())
    return Swap(
        person=problem.people[index].id,
        group=problem.groups[there].id,
        other=problem.people[other].id if other >= 0 else None,
        price=round(int(price) * found.step, 6),
        terms={term: round(change * found.step, 6) for term, change in terms.items() if change},
        other_choice=(
            (
                _choice(problem.people[other], problem.groups[there]),
                _choice(problem.people[other], problem.groups[here]),
            )
            if other >= 0
            else None
        ),
    )


def _choice(person: Person, group: Group) -> int | None:
    rank = rank_in(person, group)
    return None if rank is None else rank + 1


def group_reasons(problem: Problem, assignment: Assignment) -> dict[str, GroupReason]:
    members = members_of(problem, assignment)
    totals = {name: Counter(one.attributes.get(name, "") for one in problem.people) for name in problem.attributes()}
    rounds = problem.rounds()
    found = {}
    for group in problem.groups:
        inside = members[group.id]
        new, repeats = ties(inside, rounds)
        found[group.id] = GroupReason(
            size=len(inside),
            first_wishes=sum(rank_in(person, group) == 0 for person in inside),
            facilitators=tuple(person.id for person in inside if person.can_facilitate),
            spread={name: _spread(inside, name, totals[name]) for name in totals},
            new_ties=new,
            repeats=repeats,
        )
    return found


def _spread(members: list[Person], name: str, available: Counter[str]) -> Spread:
    counts = Counter(value for person in members if (value := person.attributes.get(name, "")))
    return Spread(
        counts=dict(sorted(counts.items())),
        pairs=pairs_in(members, f"attribute:{name}"),
        unavoidable=fewest_pairs(len(members), available),
    )


def fewest_pairs(size: int, available: Counter[str]) -> int:
    """The fewest pairs that share a value among so many people, taken from all there are as evenly as can be.

    Who has no value shares with nobody.
    """
    left = size - available.get("", 0)
    pairs, each = 0, 0
    while left > 0:
        can = min(left, sum(count > each for value, count in available.items() if value))
        if not can:
            break
        pairs += each * can
        left -= can
        each += 1
    return pairs


def terms_with_limits(problem: Problem, assignment: Assignment, found: Compiled) -> dict[str, Term]:
    """Each term as reached, the least that sizes and slots allow for it alone, and its mean over random divisions."""
    reached = terms_of(problem, assignment)
    best = {CHOICE: best_choice(found.tables) * found.step, SIZE: best_sizes(problem), CHOSEN: 0.0}
    chance = random_means(problem) | {CHOICE: float(found.tables.choice.mean(axis=1).sum()) * found.step}
    for term, weight in weights_of(problem).items():
        counts = Counter(value for person in problem.people if (value := value_of(person, term)))
        best[term] = weight * sum(spread_pairs(count, len(problem.groups)) for count in counts.values())
    return {term: Term(cost, round(min(best[term], cost), 6), round(chance[term], 6)) for term, cost in reached.items()}


def spread_pairs(count: int, groups: int) -> int:
    """Pairs when so many people are spread as evenly as can be."""
    each, more = divmod(count, groups)
    return more * (each + 1) * each // 2 + (groups - more) * each * (each - 1) // 2


def best_choice(tables: Tables) -> int:
    """The least choice cost with sizes, slots and pins only; for very many people each at the best wish."""
    priced = np.where(tables.allowed, tables.choice, 10**8)
    if len(tables.block) * int(tables.high.sum()) > 500_000:
        return int(priced.min(axis=1).sum())
    room = np.repeat(np.arange(len(tables.high)), tables.high)
    rows, seats = linear_sum_assignment(priced[:, room])
    return int(priced[rows, room[seats]].sum())


def best_sizes(problem: Problem) -> float:
    """The size term when groups differ by one at most."""
    people, groups = len(problem.people), len(problem.groups)
    each, more = divmod(people, groups)
    mean = people / groups
    return problem.objective.size_cost() * (more * (each + 1 - mean) ** 2 + (groups - more) * (each - mean) ** 2)


def random_means(problem: Problem) -> dict[str, float]:
    """The mean cost over all divisions into groups that differ by one at most, whatever the rules, but for choice."""
    people, groups = len(problem.people), len(problem.groups)
    each, more = divmod(people, groups)
    together = more * (each + 1) * each + (groups - more) * each * (each - 1)
    chance = together / (people * (people - 1)) if people > 1 else 0.0
    means = {SIZE: best_sizes(problem)}
    for term, weight in weights_of(problem).items():
        means[term] = weight * pairs_in(problem.people, term) * chance
    means[CHOSEN] = problem.objective.chosen_cost() * len(problem.chosen_pairs()) * (1 - chance)
    return means
