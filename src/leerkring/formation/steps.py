"""Where everybody is, what a move or a swap would cost, and whether the hard rules allow it. Compiled."""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from leerkring.formation.tables import Ints, Shorts, Small, Tables, Whole

LOGS = -np.log((np.arange(4096) + 0.5) / 4096)
BITS = np.uint64(0xFFFFF)


class State(NamedTuple):
    """Where everybody is, with the counts that make a step cheap to judge."""

    place: Small
    size: Small
    counts: Shorts
    """Group by category."""
    against: Shorts
    """Person by group: how many are there with whom the person may not be."""
    facilitators: Small
    roster: Small
    """Group by seat: who sits there."""
    seat: Small
    best: Small
    figures: Ints
    """0: cost now, 1: best cost, 2: 1 when the best is not written down yet."""
    chance: NDArray[np.uint64]


@njit(cache=True)
def draw(chance: NDArray[np.uint64], below: Whole) -> Whole:
    value = chance[0]
    value ^= value << np.uint64(13)
    value ^= value >> np.uint64(7)
    value ^= value << np.uint64(17)
    chance[0] = value
    return np.int64(((value >> np.uint64(32)) * np.uint64(below)) >> np.uint64(32))


@njit(cache=True, nogil=True)
def seat_all(tables: Tables, place: Small, seed: Whole) -> State:
    """The state for a division, counted from the start."""
    people, groups = tables.choice.shape
    count = np.zeros((groups, tables.categories), dtype=np.int16)
    against = np.zeros((people, groups), dtype=np.int16)
    size = np.zeros(groups, dtype=np.int32)
    facilitators = np.zeros(groups, dtype=np.int32)
    roster = np.full((groups, people + 1), -1, dtype=np.int32)
    seat = np.zeros(people, dtype=np.int32)
    for person in range(people):
        group = place[person]
        seat[person] = size[group]
        roster[group, size[group]] = person
        size[group] += 1
        facilitators[group] += tables.facilitates[person]
        for term in range(len(tables.weight)):
            if tables.category[person, term] >= 0:
                count[group, tables.category[person, term]] += 1
        for link in range(tables.apart.start[person], tables.apart.start[person + 1]):
            against[tables.apart.others[link], group] += 1
    figures = np.zeros(3, dtype=np.int64)
    chance = np.zeros(1, dtype=np.uint64)
    chance[0] = np.uint64(seed * 2654435761 + 88172645463325252)
    state = State(place.copy(), size, count, against, facilitators, roster, seat, place.copy(), figures, chance)
    figures[0] = whole_cost(tables, state)
    figures[1] = figures[0]
    for _ in range(20):
        draw(chance, 2)
    return state


@njit(cache=True, nogil=True)
def whole_cost(tables: Tables, state: State) -> Whole:
    people, groups = tables.choice.shape
    total = np.int64(0)
    for person in range(people):
        group = state.place[person]
        total += 2 * tables.choice[person, group]
        for term in range(len(tables.weight)):
            category = tables.category[person, term]
            if category >= 0:
                total += tables.weight[term] * (state.counts[group, category] - 1)
        for link in range(tables.chosen.start[person], tables.chosen.start[person + 1]):
            if state.place[tables.chosen.others[link]] != group:
                total += tables.chosen_weight
    total //= 2
    for group in range(groups):
        total += tables.size_weight * state.size[group] * state.size[group]
    return total


@njit(cache=True, nogil=True)
def company_price(tables: Tables, state: State, person: Whole, group: Whole, other: Whole) -> Whole:
    """The part of a price for pairs who chose each other; `other` comes back the other way and stays apart."""
    price = np.int64(0)
    here = np.int64(state.place[person])
    for link in range(tables.chosen.start[person], tables.chosen.start[person + 1]):
        friend = tables.chosen.others[link]
        if friend != other:
            at = state.place[friend]
            price += tables.chosen_weight * (np.int64(at == here) - np.int64(at == group))
    return price


@njit(cache=True)
def move_price(tables: Tables, state: State, person: Whole, group: Whole) -> Whole:
    """What the cost rises by when the person moves to the group."""
    old = np.int64(state.place[person])
    price = tables.choice[person, group] - tables.choice[person, old]
    for term in range(len(tables.weight)):
        category = tables.category[person, term]
        if category >= 0:
            price += tables.weight[term] * (state.counts[group, category] - state.counts[old, category] + 1)
    price += tables.size_weight * 2 * (state.size[group] - state.size[old] + 1)
    if tables.chosen_weight:
        price += company_price(tables, state, person, group, np.int64(-1))
    return price


@njit(cache=True)
def swap_price(tables: Tables, state: State, one: Whole, other: Whole) -> Whole:
    """What the cost rises by when these two change places."""
    here, there = np.int64(state.place[one]), np.int64(state.place[other])
    price = tables.choice[one, there] - tables.choice[one, here]
    price += tables.choice[other, here] - tables.choice[other, there]
    for term in range(len(tables.weight)):
        mine, theirs = tables.category[one, term], tables.category[other, term]
        if mine != theirs:
            change = 0
            if mine >= 0:
                change += state.counts[there, mine] - state.counts[here, mine] + 1
            if theirs >= 0:
                change += state.counts[here, theirs] - state.counts[there, theirs] + 1
            price += tables.weight[term] * change
    if tables.chosen_weight:
        price += company_price(tables, state, one, there, other) + company_price(tables, state, other, here, one)
    return price


@njit(cache=True)
def are_apart(tables: Tables, one: Whole, other: Whole) -> Whole:
    for link in range(tables.apart.start[one], tables.apart.start[one + 1]):
        if tables.apart.others[link] == other:
            return 1
    return 0


@njit(cache=True)
def may_move(tables: Tables, state: State, person: Whole, group: Whole) -> bool:
    old = np.int64(state.place[person])
    if not tables.allowed[person, group] or state.against[person, group]:
        return False
    if state.size[old] <= tables.low[old] or state.size[group] >= tables.high[group]:
        return False
    return not (tables.facilitates[person] and tables.needs[old] and state.facilitators[old] == 1)


@njit(cache=True)
def may_swap(tables: Tables, state: State, one: Whole, other: Whole) -> bool:
    here, there = np.int64(state.place[one]), np.int64(state.place[other])
    if not tables.allowed[one, there] or not tables.allowed[other, here]:
        return False
    if state.against[one, there] > 1 or state.against[other, here] > 1:
        return False
    if state.against[one, there] or state.against[other, here]:
        linked = are_apart(tables, one, other)
        if state.against[one, there] != linked or state.against[other, here] != linked:
            return False
    if tables.facilitates[one] != tables.facilitates[other]:
        if tables.facilitates[one] and tables.needs[here] and state.facilitators[here] == 1:
            return False
        if tables.facilitates[other] and tables.needs[there] and state.facilitators[there] == 1:
            return False
    return True


@njit(cache=True, nogil=True)
def put(tables: Tables, state: State, person: Whole, group: Whole) -> None:
    """Move the person and keep all counts right; the cost is the caller's."""
    old = np.int64(state.place[person])
    last = state.size[old] - 1
    neighbour = state.roster[old, last]
    state.roster[old, state.seat[person]] = neighbour
    state.seat[neighbour] = state.seat[person]
    state.roster[group, state.size[group]] = person
    state.seat[person] = state.size[group]
    state.size[old] = last
    state.size[group] += 1
    state.place[person] = group
    if tables.facilitates[person]:
        state.facilitators[old] -= 1
        state.facilitators[group] += 1
    for term in range(len(tables.weight)):
        category = tables.category[person, term]
        if category >= 0:
            state.counts[old, category] -= 1
            state.counts[group, category] += 1
    for link in range(tables.apart.start[person], tables.apart.start[person + 1]):
        other = tables.apart.others[link]
        state.against[other, old] -= 1
        state.against[other, group] += 1


@njit(cache=True, nogil=True)
def write_down(state: State) -> None:
    for person in range(len(state.place)):
        state.best[person] = state.place[person]
    state.figures[2] = 0


@njit(cache=True)
def pay(state: State, price: Whole) -> None:
    """Book the price of a step that is about to be taken, and keep the best before leaving it."""
    if price > 0 and state.figures[2]:
        write_down(state)
    state.figures[0] += price
    if state.figures[0] < state.figures[1]:
        state.figures[1] = state.figures[0]
        state.figures[2] = 1
