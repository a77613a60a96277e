"""Where one person could go instead, with what each move or swap does, told before it is done."""

from __future__ import annotations

from dataclasses import dataclass

from leerkring.cycle.groups.forming import words
from leerkring.cycle.groups.forming.looks import Look
from leerkring.cycle.groups.forming.models import Candidate, PossibleGroup
from leerkring.formation.effects import Effect, effect_of_move, effect_of_swap


@dataclass(frozen=True)
class Option:
    """One move or swap, and what it does, told before it is done."""

    group: PossibleGroup | None
    other: Candidate | None
    says: list[str]
    breaks: list[str]
    mends: list[str]
    verdict: str
    kind: str


def moves_of(look: Look, candidate: Candidate) -> list[Option]:
    """To each other group; the best for all together first."""
    key = str(candidate.pk)
    found = [
        (effect_of_move(look.problem, look.places, key, str(group.pk)), group)
        for group in look.ground.possible
        if look.places.get(key) != str(group.pk)
    ]
    found.sort(key=lambda each: (bool(each[0].breaks), each[0].price, each[1].position))
    return [_option(look, effect, group=group) for effect, group in found]


def swaps_of(look: Look, candidate: Candidate, group: PossibleGroup) -> list[Option]:
    """With each person of that group; those who are pinned stay."""
    key = str(candidate.pk)
    if key not in look.places or look.places[key] == str(group.pk):
        return []
    others = [other for other, place in look.places.items() if place == str(group.pk)]
    found = [
        (effect_of_swap(look.problem, look.places, key, other), look.by_key[other])
        for other in others
        if look.by_key[other].pin_id is None
    ]
    found.sort(key=lambda each: (bool(each[0].breaks), each[0].price, each[1].pk))
    return [_option(look, effect, other=other) for effect, other in found]


def _option(look: Look, found: Effect, *, group: PossibleGroup | None = None, other: Candidate | None = None) -> Option:
    return Option(
        group=group,
        other=other,
        says=words.effect(look.problem, found, look.person_name),
        breaks=[look.rule_words(each) for each in found.breaks if each.rule.value != "place"],
        mends=[look.rule_words(each) for each in found.mends if each.rule.value != "place"],
        verdict=words.verdict(found),
        kind="stuck" if found.breaks else "warn" if found.price > 0 else "done" if found.price < 0 else "",
    )
