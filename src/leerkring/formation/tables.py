"""A problem as arrays of whole numbers, the form that compiled code works on."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from math import gcd
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from leerkring.formation.costs import value_of, weights_of
from leerkring.formation.outcome import Assignment
from leerkring.formation.problem import LEAST_WEIGHT, Group, Problem, slot_fits

Ints = NDArray[np.int64]
Small = NDArray[np.int32]
Shorts = NDArray[np.int16]
Flags = NDArray[np.bool_]
Whole = Any
"""A whole number in compiled code, of Python or of numpy: it does not matter there which."""


class Links(NamedTuple):
    """For each person a run of others: `others[start[p]:start[p + 1]]`."""

    start: Small
    others: Small


class Tables(NamedTuple):
    choice: Small
    """Person by group: what the wish costs, in steps."""
    allowed: Flags
    """Person by group: slot and pin."""
    category: Small
    """Person by mixing term: number of the value over all terms, -1 for a value that nobody shares."""
    weight: Ints
    """Cost of a pair, by mixing term."""
    low: Ints
    high: Ints
    needs: Flags
    facilitates: Flags
    apart: Links
    chosen: Links
    block: Small
    """People who must be together have the same number; everybody has one."""
    members: Links
    """For each block its people."""
    size_weight: int
    chosen_weight: int
    categories: int


@dataclass(frozen=True)
class Compiled:
    """The tables with the way back: ids, and what a step is worth."""

    problem: Problem
    tables: Tables
    term_of: tuple[str, ...]
    """The mixing terms, in the order of the columns of `category`."""
    step: float
    offset: float
    """cost = whole * step + offset."""

    @cached_property
    def person_index(self) -> dict[str, int]:
        return {person.id: index for index, person in enumerate(self.problem.people)}

    @cached_property
    def group_index(self) -> dict[str, int]:
        return {group.id: index for index, group in enumerate(self.problem.groups)}

    def named(self, places: Small) -> dict[str, str]:
        groups = [group.id for group in self.problem.groups]
        return {person.id: groups[place] for person, place in zip(self.problem.people, places.tolist(), strict=True)}

    def places(self, assignment: Assignment) -> Small:
        """The group of each person by number, -1 for who has none."""
        found = [self.group_index.get(assignment.get(person.id, ""), -1) for person in self.problem.people]
        return np.array(found, dtype=np.int32)

    def cost(self, whole: int) -> float:
        return round(whole * self.step + self.offset, 6)


def compiled(problem: Problem) -> Compiled:
    people, groups, objective = problem.people, problem.groups, problem.objective
    weights = {term: cost for term, cost in weights_of(problem).items() if cost}
    choice, allowed = _by_kind(problem)
    units = [_units(cost) for cost in weights.values()]
    size_weight = _units(objective.size_cost())
    pairs = sorted(problem.chosen_pairs())
    chosen_weight = _units(objective.chosen_cost()) if pairs else 0
    divisor = gcd(int(np.gcd.reduce(choice, axis=None)), *units, size_weight, chosen_weight) or 1
    category, count = _categories(problem, tuple(weights))
    index = {person.id: number for number, person in enumerate(people)}
    block = _blocks(problem, index)
    tables = Tables(
        choice=(choice // divisor).astype(np.int32),
        allowed=allowed,
        category=category,
        weight=np.array([unit // divisor for unit in units], dtype=np.int64),
        low=np.array([group.min_size for group in groups], dtype=np.int64),
        high=np.array([min(group.max_size, len(people)) for group in groups], dtype=np.int64),
        needs=np.array([group.needs_facilitator for group in groups], dtype=np.bool_),
        facilitates=np.array([person.can_facilitate for person in people], dtype=np.bool_),
        apart=_links(len(people), [(index[one], index[other]) for one, other in sorted(problem.apart_pairs())]),
        chosen=_links(len(people), [(index[one], index[other]) for one, other in pairs]),
        block=block,
        members=_gathered(block),
        size_weight=size_weight // divisor,
        chosen_weight=chosen_weight // divisor,
        categories=count,
    )
    step = divisor * LEAST_WEIGHT
    offset = -objective.size_cost() * len(people) ** 2 / len(groups)
    return Compiled(problem, tables, tuple(weights), step, offset)


def _units(weight: float) -> int:
    return round(weight / LEAST_WEIGHT)


def _by_kind(problem: Problem) -> tuple[Ints, Flags]:
    """What each group costs each person, and whether it is open: worked out once for groups that look the same."""
    special = {name for person in problem.people for name in (*person.choices, person.pin)}
    kinds: dict[tuple[str, str, str], int] = {}
    examples: list[Group] = []
    kind_of = []
    for group in problem.groups:
        key = (group.theme, group.slot, group.id if group.id in special else "")
        if key not in kinds:
            kinds[key] = len(examples)
            examples.append(group)
        kind_of.append(kinds[key])
    named: dict[str, list[int]] = defaultdict(list)
    for kind, group in enumerate(examples):
        for name in {group.theme, group.id}:
            named[name].append(kind)
    prices = np.zeros((len(problem.people), len(examples)), dtype=np.int64)
    open_to = np.zeros(prices.shape, dtype=np.bool_)
    open_at: dict[tuple[frozenset[str], str], list[bool]] = {}
    cost = [_units(problem.objective.rank_cost(rank)) for rank in range(_most_wishes(problem))]
    for row, person in enumerate(problem.people):
        if person.choices:
            prices[row] = _units(problem.objective.rank_cost(None))
        for rank in reversed(range(len(person.choices))):
            prices[row, named.get(person.choices[rank], [])] = cost[rank]
        when = (person.slots, person.pin)
        if when not in open_at:
            open_at[when] = [slot_fits(person, group) and person.pin in ("", group.id) for group in examples]
        open_to[row] = open_at[when]
    return prices[:, kind_of], open_to[:, kind_of]


def _most_wishes(problem: Problem) -> int:
    return max((len(person.choices) for person in problem.people), default=0)


def _categories(problem: Problem, terms: tuple[str, ...]) -> tuple[Small, int]:
    found = np.full((len(problem.people), len(terms)), -1, dtype=np.int32)
    count = 0
    for column, term in enumerate(terms):
        rows: dict[str, list[int]] = defaultdict(list)
        for row, person in enumerate(problem.people):
            if value := value_of(person, term):
                rows[value].append(row)
        for _, sharing in sorted(rows.items()):
            if len(sharing) > 1:
                found[sharing, column] = count
                count += 1
    return found, max(count, 1)


def _links(size: int, pairs: list[tuple[int, int]]) -> Links:
    found: list[list[int]] = [[] for _ in range(size)]
    for one, other in pairs:
        found[one].append(other)
        found[other].append(one)
    return _runs(found)


def _runs(found: list[list[int]]) -> Links:
    start = np.zeros(len(found) + 1, dtype=np.int32)
    start[1:] = np.cumsum([len(run) for run in found])
    return Links(start, np.array([one for run in found for one in run], dtype=np.int32))


def _blocks(problem: Problem, index: dict[str, int]) -> Small:
    """Numbers the people who are tied together, directly or by others, the same."""
    root = list(range(len(problem.people)))

    def find(one: int) -> int:
        while root[one] != one:
            root[one] = root[root[one]]
            one = root[one]
        return one

    for one, other in problem.together_pairs():
        root[find(index[one])] = find(index[other])
    numbers: dict[int, int] = {}
    return np.array([numbers.setdefault(find(one), len(numbers)) for one in range(len(root))], dtype=np.int32)


def _gathered(block: Small) -> Links:
    found: list[list[int]] = [[] for _ in range(int(block.max(initial=-1)) + 1)]
    for person, number in enumerate(block.tolist()):
        found[number].append(person)
    return _runs(found)
