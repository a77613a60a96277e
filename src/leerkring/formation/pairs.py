"""Groups for any weights of pairs: everybody beside those with whom the weights are highest, sizes within limits.

Known as the Maximally Diverse Grouping Problem when the weights are distances.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from leerkring.formation.steps import BITS, LOGS
from leerkring.formation.tables import Small

Reals = NDArray[np.float64]
NANOSECONDS = 11.0
"""What a proposal takes on one core for some hundreds of people; more of them are accepted, and cost more, early on."""
LEGS = 20
FEW = 480
"""With fewer people several shorter searches find more than one long one."""


@dataclass(frozen=True)
class PairProblem:
    weights: Reals
    """Person by person, symmetric, zero on the diagonal."""
    low: tuple[int, ...]
    high: tuple[int, ...]


class Table(NamedTuple):
    weights: Reals
    low: Small
    high: Small
    place: Small
    size: Small
    gain: Reals
    """Group by person: the sum of the person's weights with who sits there."""
    best: Small
    value: Reals
    """0: now, 1: best."""
    chance: NDArray[np.uint64]


def form_pairs(problem: PairProblem, *, seed: int = 1, seconds: float = 10.0) -> tuple[Small, float]:
    """The group of each person and the sum of weights within groups: the same for the same seed and seconds."""
    people = len(problem.weights)
    runs = max(1, round(FEW / people)) if people > 20 else 1
    steps = int(seconds * 0.9e9 / (NANOSECONDS + people / 40)) // runs
    found = [_annealed(problem, seed * 1000 + run, steps) for run in range(runs)]
    return max(found, key=lambda one: one[1])


def _annealed(problem: PairProblem, seed: int, steps: int) -> tuple[Small, float]:
    table = seated(problem, seed)
    people = len(table.place)
    spread = float(np.std(problem.weights[np.triu_indices(people, 1)])) if people > 1 else 1.0
    scale = max(spread, 1e-9) * float(np.sqrt(people / len(problem.low)))
    hot, cold = 0.5 * scale, 0.02 * scale
    cooling = (cold / hot) ** (64 / max(steps, 64))
    for _ in range(LEGS):
        hot = anneal_pairs(table, steps // LEGS, hot, cooling)
    return table.best, value_of_pairs(problem, table.best)


def value_of_pairs(problem: PairProblem, places: Small) -> float:
    return float(sum(problem.weights[np.ix_(inside, inside)].sum() / 2 for inside in _inside(places)))


def _inside(places: Small) -> list[NDArray[np.int64]]:
    return [np.flatnonzero(places == group) for group in range(int(places.max()) + 1)]


def seated(problem: PairProblem, seed: int) -> Table:
    """A random division within the sizes. Raises ValueError when there is none."""
    people, groups = len(problem.weights), len(problem.low)
    if not sum(problem.low) <= people <= sum(problem.high):
        raise ValueError("The sizes leave no division.")
    mean = float(problem.weights.sum()) / max(people * (people - 1), 1)
    sizes = np.array(best_sizes(problem.low, problem.high, people, mean))
    place = np.repeat(np.arange(groups), sizes).astype(np.int32)
    np.random.default_rng(seed).shuffle(place)
    gain = np.array([problem.weights[place == group].sum(axis=0) for group in range(groups)])
    value = gain[place, np.arange(people)].sum() / 2
    return Table(
        np.ascontiguousarray(problem.weights, dtype=np.float64),
        np.array(problem.low, dtype=np.int32),
        np.array(problem.high, dtype=np.int32),
        place,
        sizes.astype(np.int32),
        gain,
        place.copy(),
        np.array([value, value]),
        np.array([seed * 2654435761 + 88172645463325252], dtype=np.uint64),
    )


def best_sizes(low: tuple[int, ...], high: tuple[int, ...], people: int, mean: float) -> list[int]:
    """The sizes that would be best if all weights were the same: far apart for high weights, equal for negative ones.

    The search would find them late: a change of size is a large step.
    """
    value = np.full(people + 1, -np.inf)
    value[0] = 0.0
    choices = []
    for least, most in zip(low, high, strict=True):
        found = np.full((most - least + 1, people + 1), -np.inf)
        for row, size in enumerate(range(least, min(most, people) + 1)):
            found[row, size:] = value[: people + 1 - size] + mean * size * (size - 1) / 2
        choices.append(found.argmax(axis=0) + least)
        value = found.max(axis=0)
    sizes, left = [], people
    for choice in reversed(choices):
        sizes.append(int(choice[left]))
        left -= sizes[-1]
    return sizes[::-1]


@njit(cache=True, nogil=True)
def anneal_pairs(  # noqa: PLR0912, PLR0915 - one loop, compiled
    table: Table, steps: int, heat: float, cooling: float
) -> float:
    """Swaps and moves from this heat down; returns the heat at the end."""
    weights, low, high, place, size, gain = (
        table.weights, table.low, table.high, table.place, table.size, table.gain,
    )  # fmt: skip
    people, groups = np.uint64(len(place)), np.uint64(len(low))
    random, now, best, unwritten = table.chance[0], table.value[0], table.value[1], False
    for index in range(steps):
        if index & 63 == 0:
            heat *= cooling
        random ^= random << np.uint64(13)
        random ^= random >> np.uint64(7)
        random ^= random << np.uint64(17)
        limit = -heat * LOGS[np.int64(random & np.uint64(4095))]
        one = np.int64((((random >> np.uint64(12)) & BITS) * people) >> np.uint64(20))
        part = (random >> np.uint64(40)) & BITS
        here = place[one]
        other = np.int64(-1)
        if (random >> np.uint64(32)) & np.uint64(7) == 0:
            there = np.int32((part * groups) >> np.uint64(20))
            if there == here or size[here] <= low[here] or size[there] >= high[there]:
                continue
            rise = gain[there, one] - gain[here, one]
            if rise < limit:
                continue
        else:
            other = np.int64((part * people) >> np.uint64(20))
            there = place[other]
            if there == here:
                continue
            rise = gain[there, one] - gain[here, one] + gain[here, other] - gain[there, other]
            rise -= 2 * weights[one, other]
            if rise < limit:
                continue
        if rise < 0 and unwritten:
            table.best[:] = place
            unwritten = False
        now += rise
        if now > best + 1e-9:
            best = now
            unwritten = True
        place[one] = there
        if other >= 0:
            place[other] = here
            for person in range(len(place)):
                change = weights[one, person] - weights[other, person]
                gain[here, person] -= change
                gain[there, person] += change
        else:
            size[here] -= 1
            size[there] += 1
            for person in range(len(place)):
                gain[here, person] -= weights[one, person]
                gain[there, person] += weights[one, person]
    if unwritten:
        table.best[:] = place
    table.chance[0], table.value[0], table.value[1] = random, now, best
    return heat
