"""What one move or swap does to a division: the change in cost by term, and the rules that it would break."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from leerkring.formation.costs import (
    CHOICE,
    CHOSEN,
    SIZE,
    group_terms,
    members_of,
    violations_of,
    weights_of,
)
from leerkring.formation.outcome import Assignment, RuleAt
from leerkring.formation.problem import Problem, rank_in


@dataclass(frozen=True)
class Effect:
    assignment: Assignment
    """The division afterwards."""
    terms: Mapping[str, float]
    """The change in cost by term; what does not change is left out."""
    breaks: tuple[RuleAt, ...]
    """Rules that were kept and would be broken."""
    mends: tuple[RuleAt, ...]
    """Rules that were broken and would be kept."""
    choices: Mapping[str, tuple[int | None, int | None]]
    """For each person who moves: the wish now and the wish then, counted from 1."""

    @cached_property
    def price(self) -> float:
        return round(sum(self.terms.values()), 6)


def effect_of_move(problem: Problem, assignment: Assignment, person: str, group: str) -> Effect:
    """What happens when this person moves to this group."""
    return effect_of(problem, assignment, {person: group})


def effect_of_swap(problem: Problem, assignment: Assignment, one: str, other: str) -> Effect:
    """What happens when these two change places."""
    return effect_of(problem, assignment, {one: assignment[other], other: assignment[one]})


def effect_of(problem: Problem, assignment: Assignment, moves: Mapping[str, str]) -> Effect:
    """What happens when everyone in `moves` goes to the group named there."""
    after = {**assignment, **moves}
    was, would_be = Counter(violations_of(problem, assignment)), Counter(violations_of(problem, after))
    return Effect(
        assignment=after,
        terms=change_in_terms(problem, assignment, moves),
        breaks=tuple((would_be - was).elements()),
        mends=tuple((was - would_be).elements()),
        choices={
            person: choices_of(problem, person, assignment.get(person, ""), group) for person, group in moves.items()
        },
    )


def change_in_terms(problem: Problem, assignment: Assignment, moves: Mapping[str, str]) -> dict[str, float]:
    """The change in cost by term, worked out from the groups that are touched."""
    after = {**assignment, **moves}
    touched = {*moves.values(), *(assignment[person] for person in moves if person in assignment)}
    weights = weights_of(problem)
    change: dict[str, float] = dict.fromkeys((CHOICE, *weights, SIZE), 0.0)
    before_members, after_members = members_of(problem, assignment), members_of(problem, after)
    for group in problem.groups:
        if group.id in touched:
            was = group_terms(problem, group, before_members[group.id], weights)
            for term, cost in group_terms(problem, group, after_members[group.id], weights).items():
                change[term] += cost - was[term]
    split = [
        (after.get(one) != after.get(other)) - (assignment.get(one) != assignment.get(other))
        for one, other in problem.chosen_pairs()
        if one in moves or other in moves
    ]
    change[CHOSEN] = problem.objective.chosen_cost() * sum(split)
    return {term: round(cost, 6) for term, cost in change.items() if abs(cost) > 1e-9}


def choices_of(problem: Problem, person: str, old: str, new: str) -> tuple[int | None, int | None]:
    """The wish that the old and the new group are for this person, counted from 1."""
    return _choice(problem, person, old), _choice(problem, person, new)


def _choice(problem: Problem, person: str, group: str) -> int | None:
    who = next(one for one in problem.people if one.id == person)
    where = next((one for one in problem.groups if one.id == group), None)
    rank = rank_in(who, where) if where else None
    return None if rank is None else rank + 1
