"""Simulated annealing over moves and swaps; every step keeps the hard rules. Compiled.

A proposal is judged by a few look-ups in count tables: who of my unit, of my role, of an earlier group is there.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from leerkring.formation.steps import (
    BITS,
    LOGS,
    State,
    are_apart,
    company_price,
    draw,
    move_price,
    pay,
    put,
    swap_price,
    write_down,
)
from leerkring.formation.tables import Flags, Ints, Small, Tables, Whole


class Options(NamedTuple):
    """Where each person may go: all groups, and those first proposed."""

    free: Small
    """People who move alone."""
    single: Flags
    """The same as a mark for each person."""
    blocks: Small
    """Numbers of the blocks of more than one."""
    start: Small
    groups: Small
    liked_start: Small
    liked: Small


@njit(cache=True, nogil=True)
def step_block(  # noqa: PLR0912 - as `anneal`
    tables: Tables, state: State, options: Options, limit: float
) -> None:
    """Move people who stay together, against as many others where sizes ask for it; taken back when of no help."""
    block = np.int64(options.blocks[draw(state.chance, len(options.blocks))])
    leader = np.int64(tables.members.others[tables.members.start[block]])
    old, group = np.int64(state.place[leader]), goal(options, state, leader)
    if group == old:
        return
    first, last = np.int64(tables.members.start[block]), np.int64(tables.members.start[block + 1])
    many = last - first
    exchange = state.size[old] - many < tables.low[old] or state.size[group] + many > tables.high[group]
    exchange = exchange or draw(state.chance, 2) == 0
    if exchange and state.size[group] < many:
        return
    price: Whole = np.int64(0)
    moved, fine = 0, True
    going = np.empty(many, dtype=np.int64)
    if exchange:
        for _ in range(many):
            other = np.int64(state.roster[group, draw(state.chance, np.int64(state.size[group]))])
            if not options.single[other] or not tables.allowed[other, old]:
                fine = False
                break
            price += move_price(tables, state, other, old)
            put(tables, state, other, old)
            going[moved] = other
            moved += 1
    entered = 0
    if fine:
        for link in range(first, last):
            person = np.int64(tables.members.others[link])
            fine = fine and tables.allowed[person, group]
            price += move_price(tables, state, person, group)
            put(tables, state, person, group)
            entered += 1
    fine = fine and price <= limit
    fine = fine and tables.low[old] <= state.size[old] <= tables.high[old]
    fine = fine and tables.low[group] <= state.size[group] <= tables.high[group]
    fine = fine and not (tables.needs[old] and state.facilitators[old] == 0)
    fine = fine and not (tables.needs[group] and state.facilitators[group] == 0)
    for index in range(moved):
        fine = fine and state.against[going[index], old] == 0
    for link in range(first, last):
        fine = fine and state.against[tables.members.others[link], group] == 0
    if fine and price <= 0:
        pay(state, price)
        return
    if fine and not state.figures[2]:
        pay(state, price)
        return
    for link in range(first, first + entered):
        put(tables, state, np.int64(tables.members.others[link]), old)
    for index in range(moved):
        put(tables, state, going[index], group)
    if fine:
        write_down(state)


@njit(cache=True, nogil=True)
def anneal(  # noqa: PLR0912, PLR0915 - one loop over local arrays is seven times as fast as one of small functions
    tables: Tables, state: State, options: Options, steps: Whole, heat: float, cooling: float
) -> float:
    """Take `steps` proposals from this heat down; returns the heat at the end."""
    choice, allowed, category, weight = tables.choice, tables.allowed, tables.category, tables.weight
    low, high, needs, facilitates = tables.low, tables.high, tables.needs, tables.facilitates
    place, size, count, against = state.place, state.size, state.counts, state.against
    facilitators, roster = state.facilitators, state.roster
    free, single, blocks = options.free, options.single, options.blocks
    start, groups, liked_start, liked = options.start, options.groups, options.liked_start, options.liked
    terms, size_weight, chosen_weight = len(weight), tables.size_weight, tables.chosen_weight
    people = np.uint64(len(free))
    random = state.chance[0]
    cost, best, unwritten = state.figures[0], state.figures[1], state.figures[2]
    for index in range(steps):
        if index & 63 == 0:
            heat *= cooling
        random ^= random << np.uint64(13)
        random ^= random >> np.uint64(7)
        random ^= random << np.uint64(17)
        limit = heat * LOGS[np.int64(random & np.uint64(4095))]
        part = (random >> np.uint64(40)) & BITS
        if len(blocks) and (people == 0 or (random >> np.uint64(36)) & np.uint64(15) == 0):
            state.chance[0] = random
            state.figures[0], state.figures[1], state.figures[2] = cost, best, unwritten
            step_block(tables, state, options, limit)
            random = state.chance[0]
            cost, best, unwritten = state.figures[0], state.figures[1], state.figures[2]
            continue
        if people == 0:
            continue
        one = np.int64(free[np.int64((((random >> np.uint64(12)) & BITS) * people) >> np.uint64(20))])
        here = np.int64(place[one])
        first, many = liked_start[one], liked_start[one + 1] - liked_start[one]
        if many and (random >> np.uint64(34)) & np.uint64(7):
            there = np.int64(liked[first + np.int64((part * np.uint64(many)) >> np.uint64(20))])
        else:
            first, many = start[one], start[one + 1] - start[one]
            there = np.int64(groups[first + np.int64((part * np.uint64(many)) >> np.uint64(20))])
        if there == here:
            continue
        other = np.int64(-1)
        if (random >> np.uint64(32)) & np.uint64(3) == 0:
            if against[one, there] or size[here] <= low[here] or size[there] >= high[there]:
                continue
            if facilitates[one] and needs[here] and facilitators[here] == 1:
                continue
            price = choice[one, there] - choice[one, here] + size_weight * 2 * (size[there] - size[here] + 1)
            for term in range(terms):
                mine = category[one, term]
                if mine >= 0:
                    price += weight[term] * (count[there, mine] - count[here, mine] + 1)
            if chosen_weight:
                price += company_price(tables, state, one, there, np.int64(-1))
            if price > limit:
                continue
        else:
            random ^= random << np.uint64(13)
            random ^= random >> np.uint64(7)
            random ^= random << np.uint64(17)
            many = size[there]
            if many == 0:
                continue
            other = np.int64(roster[there, np.int64(((random >> np.uint64(32)) * np.uint64(many)) >> np.uint64(32))])
            if not single[other] or not allowed[other, here]:
                continue
            if against[one, there] or against[other, here]:
                linked = are_apart(tables, one, other)
                if against[one, there] != linked or against[other, here] != linked:
                    continue
            price = choice[one, there] - choice[one, here] + choice[other, here] - choice[other, there]
            for term in range(terms):
                mine, theirs = category[one, term], category[other, term]
                if mine != theirs:
                    change = 0
                    if mine >= 0:
                        change += count[there, mine] - count[here, mine] + 1
                    if theirs >= 0:
                        change += count[here, theirs] - count[there, theirs] + 1
                    price += weight[term] * change
            if chosen_weight:
                price += company_price(tables, state, one, there, other)
                price += company_price(tables, state, other, here, one)
            if price > limit:
                continue
            if facilitates[one] != facilitates[other]:
                if facilitates[one] and needs[here] and facilitators[here] == 1:
                    continue
                if facilitates[other] and needs[there] and facilitators[there] == 1:
                    continue
        if price > 0 and unwritten:
            write_down(state)
            unwritten = 0
        cost += price
        if cost < best:
            best = cost
            unwritten = 1
        put(tables, state, one, there)
        if other >= 0:
            put(tables, state, other, here)
    if unwritten:
        write_down(state)
    state.chance[0] = random
    state.figures[0], state.figures[1], state.figures[2] = cost, best, 0
    return heat


@njit(cache=True)
def goal(options: Options, state: State, person: Whole) -> Whole:
    """A group to try: mostly one that the person wishes."""
    first, last = np.int64(options.liked_start[person]), np.int64(options.liked_start[person + 1])
    if last > first and draw(state.chance, 8):
        return np.int64(options.liked[first + draw(state.chance, last - first)])
    first, last = np.int64(options.start[person]), np.int64(options.start[person + 1])
    return np.int64(options.groups[first + draw(state.chance, last - first)])


def options_of(tables: Tables) -> Options:
    """Where each person may go. Everyone has at least one group: the hard rules are checked before."""
    dearest = np.where(tables.allowed, tables.choice, -1).max(axis=1, keepdims=True)
    liked = tables.allowed & (tables.choice < dearest)
    alone = np.diff(tables.members.start)[tables.block] == 1
    return Options(
        free=np.flatnonzero(alone).astype(np.int32),
        single=alone,
        blocks=np.flatnonzero(np.diff(tables.members.start) > 1).astype(np.int32),
        start=starts(tables.allowed),
        groups=np.nonzero(tables.allowed)[1].astype(np.int32),
        liked_start=starts(liked),
        liked=np.nonzero(liked)[1].astype(np.int32),
    )


def starts(marks: Flags) -> Small:
    return np.concatenate([[0], np.cumsum(marks.sum(axis=1))]).astype(np.int32)


@njit(cache=True, nogil=True)
def sampled(tables: Tables, state: State, options: Options, prices: Ints) -> Whole:
    """Prices of steps that make things worse, from a division; how many were found."""
    found = 0
    for _ in range(20 * len(prices)):
        if found == len(prices):
            break
        one = draw(state.chance, len(tables.block))
        there = goal(options, state, one)
        if there == state.place[one] or not state.size[there]:
            continue
        other = np.int64(state.roster[there, draw(state.chance, np.int64(state.size[there]))])
        price = swap_price(tables, state, one, other)
        if price > 0:
            prices[found] = price
            found += 1
    return found


def middle_price(tables: Tables, state: State, options: Options) -> float:
    """The middle price of a swap that makes things worse: heat is measured by it, so any scale of weights will do."""
    prices = np.zeros(1000, dtype=np.int64)
    found = sampled(tables, state, options, prices)
    return float(np.median(prices[:found])) if found else 1.0
