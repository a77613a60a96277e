"""Problems for tests, small and large, and every division of a small one."""

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any

from leerkring.formation.costs import cost_of, violations_of
from leerkring.formation.problem import Group, Objective, Person, Problem


def made(
    *, people: int, groups: int, seed: int, themes: int = 3, low: int = 0, high: int = 10_000, apart: int = 0,
    together: int = 0, chosen: int = 0, slots: int = 0, facilitators: bool = False,
) -> Problem:  # fmt: skip
    """A problem in which everything is drawn with this seed."""
    draw = random.Random(seed)
    names = [f"p{number}" for number in range(people)]
    found = [_person(name, draw, themes, slots, facilitators) for name in names]
    for kind, many in (("apart", apart), ("together", together), ("chosen", chosen)):
        for _ in range(many):
            one, other = draw.sample(range(people), 2)
            ids: dict[str, Any] = {kind: (*getattr(found[one], kind), names[other])}
            found[one] = replace(found[one], **ids)
    places = tuple(
        Group(
            f"g{number}",
            f"t{number % themes}",
            f"s{number % slots}" if slots else "",
            low,
            high,
            facilitators and number % 2 == 0,
        )
        for number in range(groups)
    )
    return Problem(tuple(found), places, Objective())


def _person(name: str, draw: random.Random, themes: int, slots: int, facilitators: bool) -> Person:
    wishes = tuple(f"t{theme}" for theme in draw.sample(range(themes), draw.randint(0, themes)))
    return Person(
        name,
        wishes,
        frozenset(f"s{slot}" for slot in range(slots) if draw.random() < 0.7),
        facilitators and draw.random() < 0.5,
        attributes={"unit": f"u{draw.randint(0, 3)}", "role": draw.choice(["", "manager", "execution"])},
        met={"1": f"g{draw.randint(0, 2)}"},
    )


def every_division(problem: Problem) -> Iterator[dict[str, str]]:
    """Every division that keeps the hard rules."""
    names = [person.id for person in problem.people]
    for places in product([group.id for group in problem.groups], repeat=len(names)):
        division = dict(zip(names, places, strict=True))
        if not violations_of(problem, division):
            yield division


def least_cost(problem: Problem) -> float | None:
    """The least cost there is, by trying everything; None when the rules cannot all hold."""
    return min((cost_of(problem, division) for division in every_division(problem)), default=None)
