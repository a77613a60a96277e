"""From the rows of a division to the problem of the group former: ids only, and only what tells people apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from leerkring.cycle.groups.enums import PairKind
from leerkring.cycle.groups.forming.models import Candidate, PossibleGroup
from leerkring.cycle.groups.forming.queries import Ground
from leerkring.formation.problem import Group, Objective, Person, Problem


def problem_of(ground: Ground) -> Problem:
    """Who is there, over which groups, by which rules and weights. Perhaps nobody, or no group."""
    present = ground.present
    groups = {group.pk for group in ground.possible}
    pairs = _pairs(ground, {candidate.pk for candidate in present})
    attributes = _telling(ground, present)
    rounds = rounds_of({candidate.pk: ground.met.get(candidate.person_id or 0, frozenset()) for candidate in present})
    return Problem(
        tuple(_person(each, groups, pairs, attributes.get(each.pk, {}), rounds.get(each.pk, {})) for each in present),
        tuple(_group(group) for group in ground.possible),
        objective_of(ground.forming.weights, ground.forming.wishes),
    )


def objective_of(weights: dict[str, float], wishes: int) -> Objective:
    attributes = {name: float(weight) for name, weight in weights.items() if name != "met"}
    return Objective(attributes=attributes, met=float(weights.get("met", 0)), wishes=wishes / 100)


def _group(group: PossibleGroup) -> Group:
    return Group(
        id=str(group.pk), slot=group.slot, min_size=group.min, max_size=group.max,
        needs_facilitator=group.needs_facilitator,
    )  # fmt: skip


def _person(
    candidate: Candidate, groups: set[int], pairs: dict[tuple[int, str], list[str]], attributes: dict[str, str],
    met: dict[str, str],
) -> Person:  # fmt: skip
    return Person(
        id=str(candidate.pk),
        choices=tuple(str(choice) for choice in candidate.choices if choice in groups),
        slots=frozenset(candidate.slots),
        can_facilitate=candidate.can_facilitate,
        apart=tuple(pairs.get((candidate.pk, PairKind.APART), ())),
        together=tuple(pairs.get((candidate.pk, PairKind.TOGETHER), ())),
        chosen=tuple(pairs.get((candidate.pk, PairKind.CHOSEN), ())),
        pin=str(candidate.pin_id) if candidate.pin_id in groups else "",
        attributes=attributes,
        met=met,
    )


def _pairs(ground: Ground, present: set[int]) -> dict[tuple[int, str], list[str]]:
    found: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for pair in ground.pairs:
        if pair.one_id in present and pair.other_id in present:
            found[pair.one_id, pair.kind].append(str(pair.other_id))
    return found


def _telling(ground: Ground, present: Iterable[Candidate]) -> dict[int, dict[str, str]]:
    """Attributes that weigh something and that people differ in."""
    values = {each.pk: ground.traits.of(each.person_id) for each in present}
    weighing = [name for name, weight in ground.forming.weights.items() if weight and name != "met"]
    telling = [name for name in weighing if len({found.get(name) for found in values.values()}) > 1]
    return {pk: {name: found[name] for name in telling if name in found} for pk, found in values.items()}


def rounds_of(groups: dict[int, frozenset[int]]) -> dict[int, dict[str, str]]:
    """Earlier groups, packed in rounds: groups that nobody shares go in one round, so that there are few.

    The former counts people who have the same label in a round as people who met.
    """
    members: defaultdict[int, set[int]] = defaultdict(set)
    for person, own in groups.items():
        for group in own:
            members[group].add(person)
    rounds: list[set[int]] = []
    found: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for group in sorted(members):
        inside = members[group]
        if len(inside) < 2:
            continue
        number = next((index for index, taken in enumerate(rounds) if not taken & inside), len(rounds))
        if number == len(rounds):
            rounds.append(set())
        rounds[number] |= inside
        for person in inside:
            found[person][str(number + 1)] = str(group)
    return found
