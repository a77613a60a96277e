"""Forms groups: checks the rules, searches, proves a bound, finds reasons. Loads compiled code: for the worker only."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from leerkring.formation.bound import Relaxation, lower_bound
from leerkring.formation.costs import cost_of, violations_of
from leerkring.formation.feasibility import must_give
from leerkring.formation.outcome import CannotHold, Formation
from leerkring.formation.problem import Problem
from leerkring.formation.reading import checked
from leerkring.formation.reasons import group_reasons, person_reasons, terms_with_limits
from leerkring.formation.search import Options, anneal, middle_price, options_of
from leerkring.formation.start import first_division, repaired
from leerkring.formation.steps import seat_all
from leerkring.formation.tables import Compiled, Small, Tables, compiled

Progress = Callable[[str, float], None]
"""Told the stage and which part of it is done, from 0 to 1."""

LEGS = 20
BOUND_SHARE = 0.85
PATIENCE = 3.0
"""Seconds after which the first proof stops at the earliest, on a machine that is busy, or for very many people."""
COOLINGS = ((0.5, 12, 120), (0.25, 25, 120), (0.25, 25, 160))
"""Part of the steps, and the heat at both ends: the middle price of a step that makes things worse, divided by these.

Warmed up again from the best so far: what comes out differs less from seed to seed.
"""
FEW = 400
MANY = ((1.0, 16, 200),)
"""More people than a few hundred need all the steps for one slow cooling."""
SHARE = 0.62
"""The part of the seconds that the search may take on a quiet machine, beside the bound; the reasons come after it."""


def form(problem: Problem, *, seed: int = 1, seconds: float = 2.0, progress: Progress | None = None) -> Formation:
    """Divide the people over the groups. The same problem, seed and seconds give the same groups.

    Raises Unreadable when the problem makes no sense, CannotHold when the hard rules cannot all hold.
    """
    tell = progress or (lambda stage, part: None)
    began = time.perf_counter()
    prepared = prepare(problem, seed, tell)
    steps = steps_for(prepared.compiled.tables, seconds)
    quick = annealed(prepared, prepared.places, seed, min(steps // 10, 1000 * len(problem.people)))
    search = Search(prepared, quick, seed, steps, tell)
    search.start()
    relaxation = Relaxation(prepared.compiled.tables)

    def left(is_first: bool) -> float:
        return began + max(BOUND_SHARE * seconds, PATIENCE if is_first else 0.0) - time.perf_counter()

    whole = lower_bound(relaxation, quick, left)
    places = search.result()
    tell("reasons", 0.0)
    assignment = prepared.compiled.named(places)
    cost = cost_of(problem, assignment)
    violations = violations_of(problem, assignment)
    if violations:
        raise AssertionError(violations)
    terms = terms_with_limits(problem, assignment, prepared.compiled)
    alone = sum(term.best_alone for term in terms.values())
    return Formation(
        assignment=assignment,
        cost=cost,
        bound=min(max(prepared.compiled.cost(whole), alone), cost),
        terms=terms,
        people=person_reasons(prepared.compiled, places),
        groups=group_reasons(problem, assignment),
        seed=seed,
        seconds=seconds,
    )


@dataclass(frozen=True)
class Prepared:
    compiled: Compiled
    options: Options
    places: Small
    """A division in which all hard rules hold."""


def prepare(problem: Problem, seed: int, tell: Progress) -> Prepared:
    """A first division that keeps the hard rules, or the smallest set of rules that must give. Raises CannotHold."""
    tell("rules", 0.0)
    found = compiled(checked(problem))
    places, left = repaired(found.tables, first_division(found.tables, seed), seed)
    if left:
        given, witness, is_smallest = must_give(found)
        if given or witness is None:
            raise CannotHold(given, is_smallest)
        places = witness
    return Prepared(found, options_of(found.tables), places)


def steps_for(tables: Tables, seconds: float) -> int:
    """How many proposals fit, reckoned from sizes alone: a clock would make the groups depend on how busy it is."""
    people, groups = tables.choice.shape
    table_bytes = groups * tables.categories * 2 + people * groups * 7
    nanoseconds = 17 + 4 * len(tables.weight) + 46 * max(0.0, float(np.log2(table_bytes / 250_000)))
    overhead = 0.05 + people * groups * 1e-6 + people * 1e-4
    return max(20_000, int(1e9 * max(SHARE * seconds - overhead, 0.02) / nanoseconds))


def annealed(prepared: Prepared, places: Small, seed: int, steps: int, tell: Progress | None = None) -> Small:
    """The best division found in this many proposals, from hot to cold."""
    tables = prepared.compiled.tables
    done = 0.0
    for number, (part, hot, cold) in enumerate(MANY if len(places) > FEW else COOLINGS):
        state = seat_all(tables, places, seed * 10 + number)
        price = middle_price(tables, state, prepared.options)
        leg = max(int(steps * part) // LEGS, 1)
        cooling = (hot / cold) ** (64 / max(leg * LEGS, 64))
        heat = price / hot
        for _ in range(LEGS):
            heat = anneal(tables, state, prepared.options, leg, heat, cooling)
            done += part / LEGS
            if tell:
                tell("search", min(done, 1.0))
        places = state.best.copy()
    if tell:
        tell("search", 1.0)
    return places


class Search:
    """The search beside the proof of the bound: compiled code lets other threads run."""

    def __init__(self, prepared: Prepared, places: Small, seed: int, steps: int, tell: Progress) -> None:
        self.found: Small | None = None
        self.failure: BaseException | None = None
        self.work = (prepared, places, seed, steps, tell)
        self.thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self.thread.start()

    def _run(self) -> None:
        try:
            self.found = annealed(*self.work)
        except BaseException as failure:
            self.failure = failure

    def result(self) -> Small:
        self.thread.join()
        if self.failure is not None:
            raise self.failure
        if self.found is None:
            raise RuntimeError("The search ended without a division.")
        return self.found
