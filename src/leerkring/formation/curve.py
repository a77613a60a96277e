"""The trade-off of the main slider: what more weight on wishes costs in mixing, and the other way round."""

from leerkring.formation.costs import CHOICE, CHOSEN, SIZE, first_wishes, members_of, terms_of, ties
from leerkring.formation.forming import Progress, annealed, prepare, steps_for
from leerkring.formation.outcome import Assignment, Point
from leerkring.formation.problem import Problem

SETTINGS = (0.0, 0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 1.0)


def curve(
    problem: Problem, *, seed: int = 1, seconds: float = 0.5, settings: tuple[float, ...] = SETTINGS,
    progress: Progress | None = None,
) -> tuple[Point, ...]:  # fmt: skip
    """A division for each setting of the slider, each in so many seconds. Raises Unreadable and CannotHold."""
    tell = progress or (lambda stage, part: None)
    middle = problem.weighed(0.5)
    points = []
    for number, wishes in enumerate(settings):
        prepared = prepare(problem.weighed(wishes), seed, lambda stage, part: None)
        places = annealed(prepared, prepared.places, seed, steps_for(prepared.compiled.tables, seconds))
        points.append(_point(middle, wishes, prepared.compiled.named(places)))
        tell("curve", (number + 1) / len(settings))
    return tuple(points)


def _point(problem: Problem, wishes: float, assignment: Assignment) -> Point:
    terms = terms_of(problem, assignment)
    choice = terms[CHOICE] + terms.get(CHOSEN, 0)
    met = [ties(inside, problem.rounds()) for inside in members_of(problem, assignment).values()]
    return Point(
        wishes=wishes,
        choice=round(choice, 6),
        mixing=round(sum(terms.values()) - choice - terms[SIZE], 6),
        first_wishes=first_wishes(problem, assignment),
        new_ties=sum(new for new, _ in met),
        repeats=sum(repeats for _, repeats in met),
        assignment=assignment,
    )
