"""What the group former says, as JSON of ids and numbers, and back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from leerkring.formation.outcome import (
    Formation,
    GroupReason,
    PersonReason,
    Point,
    Rule,
    RuleAt,
    Spread,
    Swap,
    Term,
    Why,
)
from leerkring.formation.problem import Problem

Json = dict[str, Any]
FEW = 3
"""With fewer people in a group, who hears what a swap into it would cost could tell whom."""


def of_formation(formation: Formation, problem: Problem) -> Json:
    sizes = Counter(formation.assignment.values())
    return {
        "cost": formation.cost,
        "bound": formation.bound,
        "percent": formation.percent,
        "is_optimal": formation.is_optimal,
        "terms": {name: asdict(term) for name, term in formation.terms.items()},
        "people": {person: of_person_reason(reason, problem, sizes) for person, reason in formation.people.items()},
        "groups": {group: _of_group_reason(reason) for group, reason in formation.groups.items()},
        "seed": formation.seed,
        "seconds": formation.seconds,
    }


def of_person_reason(reason: PersonReason, problem: Problem, sizes: Mapping[str, int]) -> Json:
    found: Json = {"choice": reason.choice, "why": reason.why.value}
    if reason.swap is not None:
        found["swap"] = asdict(reason.swap) | {"terms": dict(reason.swap.terms)}
        if sizes.get(reason.swap.group, 0) >= FEW:
            found["toll"] = toll_of(reason.swap, problem)
    return found


def toll_of(swap: Swap, problem: Problem) -> Json:
    """What a swap costs others, in numbers that do not tell whom: this the person it is about may hear."""
    before, after = swap.other_choice or (None, None)
    return {
        "with_other": swap.other is not None,
        "loses": before is not None and (after is None or after > before),
        "pairs": pairs_of(problem, swap.terms),
    }


def pairs_of(problem: Problem, terms: Mapping[str, float]) -> dict[str, int]:
    """How many pairs more (or fewer) share something, by what they share."""
    found: dict[str, int] = {}
    for term, cost in terms.items():
        kind, _mark, name = term.partition(":")
        if kind in ("attribute", "met"):
            weight = problem.objective.met_cost() if kind == "met" else problem.objective.pair_cost(name)
            key = "met" if kind == "met" else name
            found[key] = found.get(key, 0) + (round(cost / weight) if weight else 0)
    return {name: count for name, count in found.items() if count}


def is_stale(reason: PersonReason, moves: Iterable[Json], places: Mapping[str, Any]) -> bool:
    """Whether somebody whom this reason is about sits elsewhere by now."""
    if reason.swap is None or reason.swap.other is None:
        return False
    touched = {key for move in moves for key in move["was"]}
    other = reason.swap.other
    return other in touched or str(places.get(other)) != reason.swap.group


def _of_group_reason(reason: GroupReason) -> Json:
    return asdict(reason)


def of_points(points: Iterable[Point]) -> list[Json]:
    return [
        {item.name: getattr(point, item.name) for item in fields(point) if item.name != "assignment"}
        for point in points
    ]


def of_rules(rules: Iterable[RuleAt]) -> list[Json]:
    return [
        {
            "rule": each.rule.value, "people": list(each.people), "groups": list(each.groups), "number": each.number,
            "would_be": each.would_be,
        }
        for each in rules
    ]  # fmt: skip


def rules_in(found: Iterable[Json]) -> list[RuleAt]:
    return [
        RuleAt(Rule(each["rule"]), tuple(each["people"]), tuple(each["groups"]), each["number"], each["would_be"])
        for each in found
    ]


@dataclass(frozen=True)
class Result:
    """A kept formation, without its division: that may have changed since."""

    cost: float
    bound: float
    percent: float
    is_optimal: bool
    terms: Mapping[str, Term]
    people: Mapping[str, PersonReason]
    groups: Mapping[str, GroupReason]


def result_in(found: Json) -> Result:
    return Result(
        cost=found["cost"],
        bound=found["bound"],
        percent=found["percent"],
        is_optimal=found["is_optimal"],
        terms={name: Term(**term) for name, term in found["terms"].items()},
        people={key: person_reason_in(reason) for key, reason in found["people"].items()},
        groups={key: group_reason_in(reason) for key, reason in found["groups"].items()},
    )


def person_reason_in(found: Json) -> PersonReason:
    swap = found.get("swap")
    if swap is not None and swap.get("other_choice") is not None:
        swap = swap | {"other_choice": tuple(swap["other_choice"])}
    return PersonReason(found["choice"], Why(found["why"]), Swap(**swap) if swap else None)


def group_reason_in(found: Json) -> GroupReason:
    spread = {name: Spread(**each) for name, each in found["spread"].items()}
    return GroupReason(**(found | {"spread": spread, "facilitators": tuple(found["facilitators"])}))
