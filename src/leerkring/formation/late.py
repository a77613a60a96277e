"""Latecomers and people who stayed away, without a reshuffle: as few others as possible move, five at most."""

import numpy as np

from leerkring.formation.costs import cost_of
from leerkring.formation.forming import Progress
from leerkring.formation.outcome import Adjusted, Assignment, NeedsReshuffle
from leerkring.formation.problem import Problem
from leerkring.formation.reading import checked
from leerkring.formation.start import settle
from leerkring.formation.steps import seat_all
from leerkring.formation.tables import Compiled, Small, compiled

MOST = 5
STEPS = 60_000
POLISH = 20_000


def adjust(
    problem: Problem, assignment: Assignment, *, most: int = MOST, improve: bool = False, seed: int = 1,
    progress: Progress | None = None,
) -> Adjusted:  # fmt: skip
    """Place who has no group yet, drop who is no longer among the people, and keep all rules.

    No one else moves when the rules do not ask for it; with `improve` up to `most` move for a lower cost as well.
    Raises Unreadable and NeedsReshuffle.
    """
    found = compiled(checked(problem))
    home = found.places(assignment)
    begin = _inserted(found, home)
    for may_move in (most,) if improve else range(most + 1):
        state = seat_all(found.tables, begin, seed)
        left, _ = settle(found.tables, state, home, may_move, STEPS, True, 1.0)
        if left == 0:
            polished = seat_all(found.tables, state.best, seed)
            settle(found.tables, polished, home, may_move, POLISH * (5 if improve else 1), False, 1.0)
            return _adjusted(found, home, polished.best)
    raise NeedsReshuffle(most)


def _inserted(found: Compiled, home: Small) -> Small:
    """Newcomers at their best wish for a start; people who must be together where most of them are."""
    tables = found.tables
    places = np.where(home >= 0, home, np.where(tables.allowed, tables.choice, 10**8).argmin(axis=1)).astype(np.int32)
    for block in range(len(tables.members.start) - 1):
        inside = tables.members.others[tables.members.start[block] : tables.members.start[block + 1]]
        if len(inside) > 1:
            known = home[inside][home[inside] >= 0]
            places[inside] = np.bincount(known).argmax() if len(known) else places[inside[0]]
    return places


def _adjusted(found: Compiled, home: Small, places: Small) -> Adjusted:
    assignment = found.named(places)
    people = [person.id for person in found.problem.people]
    return Adjusted(
        assignment=assignment,
        moved=tuple(people[index] for index in np.flatnonzero((home >= 0) & (home != places)).tolist()),
        newcomers=tuple(people[index] for index in np.flatnonzero(home < 0).tolist()),
        cost=cost_of(found.problem, assignment),
    )
