"""A first division: everybody at the best wish that there is room for, then repaired until the hard rules hold."""

import numpy as np
from numba import njit
from scipy.optimize import linear_sum_assignment

from leerkring.formation.steps import (
    LOGS,
    State,
    draw,
    move_price,
    put,
    seat_all,
    write_down,
)
from leerkring.formation.tables import Small, Tables, Whole

REPAIR_STEPS = 400_000
FORBIDDEN = 1e9
MANDATORY = 1e6
MOST_SEATS = 1_000_000


def first_division(tables: Tables, seed: int) -> Small:
    """By wishes; for very many people one after the other, as an assignment of all at once would take too long."""
    if len(tables.block) * int(tables.high.sum()) <= MOST_SEATS:
        return by_wishes(tables, seed)
    order = np.random.default_rng(seed).permutation(len(tables.members.start) - 1).astype(np.int32)
    return one_by_one(tables, order)


@njit(cache=True, nogil=True)
def one_by_one(tables: Tables, order: Small) -> Small:
    """Each block in turn where its wishes cost least, groups below their minimum first, away from whom it must be."""
    people, groups = tables.choice.shape
    place = np.full(people, -1, dtype=np.int32)
    size = np.zeros(groups, dtype=np.int32)
    for block in order:
        inside = tables.members.others[tables.members.start[block] : tables.members.start[block + 1]]
        best, least = 0, np.int64(2**62)
        for group in range(groups):
            price = np.int64(0)
            for person in inside:
                price += tables.choice[person, group] + 1_000_000_000 * (not tables.allowed[person, group])
                for link in range(tables.apart.start[person], tables.apart.start[person + 1]):
                    price += 100_000_000 * (place[tables.apart.others[link]] == group)
            price = price * 1000 + size[group] * 1000 // max(tables.high[group], 1)
            if size[group] + len(inside) > tables.high[group]:
                price += 1_000_000_000_000
            elif size[group] >= tables.low[group]:
                price += 1_000_000
            if price < least:
                best, least = group, price
        for person in inside:
            place[person] = best
        size[best] += len(inside)
    return place


def by_wishes(tables: Tables, seed: int) -> Small:
    """The division with the lowest choice cost when sizes, slots and pins were all: an assignment of people to seats.

    A seat below a group's minimum is worth more than any wish, so that minimums are filled first.
    """
    people = len(tables.block)
    room = np.repeat(np.arange(len(tables.high)), tables.high)
    nth = np.concatenate([np.arange(high) for high in tables.high]) if len(room) else room
    must = nth < tables.low[room]
    spread = np.random.default_rng(seed).random((people, len(tables.high))) * 0.5
    price = np.where(tables.allowed, tables.choice + spread, FORBIDDEN)[:, room] - must * MANDATORY
    places = np.argmin(np.where(tables.allowed, tables.choice, FORBIDDEN), axis=1)
    if len(room):
        rows, seats = linear_sum_assignment(price)
        places[rows] = room[seats]
    first = tables.members.others[tables.members.start[:-1]]
    return places[first][tables.block].astype(np.int32)


@njit(cache=True, nogil=True)
def trouble(tables: Tables, state: State) -> Whole:
    """How much of the hard rules is broken: 0 when all hold. Blocks are whole here, so `together` is never broken."""
    total = 0
    for group in range(len(tables.high)):
        total += group_trouble(tables, state, group)
    twice = 0
    for person in range(len(state.place)):
        group = state.place[person]
        twice += state.against[person, group]
        total += not tables.allowed[person, group]
    return total + twice // 2


@njit(cache=True)
def group_trouble(tables: Tables, state: State, group: Whole) -> Whole:
    size: Whole = np.int64(state.size[group])
    lacking = tables.needs[group] and state.facilitators[group] == 0
    return max(0, tables.low[group] - size) + max(0, size - tables.high[group]) + np.int64(lacking)


@njit(cache=True)
def block_trouble(tables: Tables, state: State, block: Whole) -> bool:
    for link in range(tables.members.start[block], tables.members.start[block + 1]):
        person = np.int64(tables.members.others[link])
        group = np.int64(state.place[person])
        if state.against[person, group] or not tables.allowed[person, group] or group_trouble(tables, state, group):
            return True
    return False


@njit(cache=True, nogil=True)
def carry(tables: Tables, state: State, block: Whole, group: Whole) -> tuple[Whole, Whole]:
    """Move a block and say what that changed in trouble among people and in cost."""
    price, wrong = np.int64(0), np.int64(0)
    for link in range(tables.members.start[block], tables.members.start[block + 1]):
        person = np.int64(tables.members.others[link])
        old = state.place[person]
        wrong += state.against[person, group] - state.against[person, old]
        wrong += np.int64(tables.allowed[person, old]) - np.int64(tables.allowed[person, group])
        price += move_price(tables, state, person, group)
        put(tables, state, person, group)
    return wrong, price


@njit(cache=True)
def strays(tables: Tables, state: State, home: Small, block: Whole) -> Whole:
    """How many of the block are not where they were; newcomers have no home and do not count."""
    total: Whole = 0
    for link in range(tables.members.start[block], tables.members.start[block + 1]):
        person = tables.members.others[link]
        total += np.int64(home[person] >= 0 and home[person] != state.place[person])
    return total


@njit(cache=True, nogil=True)
def settle(  # noqa: PLR0912, PLR0915 - one loop, compiled
    tables: Tables, state: State, home: Small, most: Whole, steps: Whole, until_right: bool, heat: float
) -> tuple[Whole, Whole]:
    """Search with rules broken first, cost second; at most `most` people leave home. Returns trouble and steps taken.

    The best division is left in `state.best`.
    """
    groups, blocks = len(tables.high), len(tables.members.start) - 1
    wrong = trouble(tables, state)
    best_wrong, best_cost = wrong, state.figures[0]
    write_down(state)
    moved = 0
    for block in range(blocks):
        moved += strays(tables, state, home, block)
    taken = 0
    for index in range(steps):
        if best_wrong == 0 and until_right:
            break
        taken = index + 1
        heat = max(heat * 0.99999, 1e-3)
        one = draw(state.chance, blocks)
        there = draw(state.chance, groups)
        for _ in range(20 if wrong and draw(state.chance, 8) else 0):
            if block_trouble(tables, state, one):
                break
            one = draw(state.chance, blocks)
        for _ in range(5 if wrong and draw(state.chance, 4) else 0):
            if group_trouble(tables, state, there):
                break
            there = draw(state.chance, groups)
        here = np.int64(state.place[tables.members.others[tables.members.start[one]]])
        if there == here:
            continue
        other = np.int64(-1)
        if draw(state.chance, 2) and state.size[there]:
            other = np.int64(tables.block[state.roster[there, draw(state.chance, np.int64(state.size[there]))]])
        before = group_trouble(tables, state, here) + group_trouble(tables, state, there)
        left = strays(tables, state, home, one) + (strays(tables, state, home, other) if other >= 0 else 0)
        change, price = carry(tables, state, one, there)
        if other >= 0:
            second, more = carry(tables, state, other, here)
            change += second
            price += more
        change += group_trouble(tables, state, here) + group_trouble(tables, state, there) - before
        left = strays(tables, state, home, one) + (strays(tables, state, home, other) if other >= 0 else 0) - left
        chance = LOGS[draw(state.chance, 4096)]
        fine = moved + left <= most
        if change > 0:
            fine = fine and change <= 0.35 * chance and best_wrong > 0
        elif change == 0:
            fine = fine and price <= heat * chance
        if not fine:
            if other >= 0:
                carry(tables, state, other, there)
            carry(tables, state, one, here)
            continue
        wrong += change
        moved += left
        state.figures[0] += price
        if wrong < best_wrong or (wrong == best_wrong and state.figures[0] < best_cost):
            best_wrong, best_cost = wrong, state.figures[0]
            write_down(state)
    state.figures[1] = best_cost
    return best_wrong, taken


def repaired(tables: Tables, places: Small, seed: int, steps: int = REPAIR_STEPS) -> tuple[Small, int]:
    """The division nearest by in which all hard rules hold, and what trouble is left when none was found."""
    nobody_home = np.full(len(places), -1, dtype=np.int32)
    state = seat_all(tables, places, seed)
    left, _ = settle(tables, state, nobody_home, len(places), steps, True, float(max(tables.weight.max(initial=1), 1)))
    return state.best.copy(), int(left)
