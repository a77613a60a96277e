"""A working form as one reads it, wherever it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from leerkring.community.meetings.workforms.enums import Aim

Words = str | Promise


@dataclass(frozen=True)
class Card:
    """`key` is the word in its address: a name of the library, or the number of a form of the programme's own."""

    key: str
    name: Words
    purpose: Words
    aim: Aim
    minutes: int
    minutes_min: int
    minutes_max: int
    size_min: int
    size_max: int
    steps: tuple[Words, ...]
    materials: tuple[Words, ...]
    fits: Words
    fits_not: Words
    watch: Words
    workform_id: int | None = None
    is_for_team: bool = False

    @property
    def is_built_in(self) -> bool:
        return self.workform_id is None

    @property
    def stretches(self) -> bool:
        return self.minutes_min != self.minutes_max

    def minutes_in(self, left: int | None) -> int:
        """What to put on a run sheet: all that is left where the form can be made to fit, else what it takes."""
        if left is not None and self.minutes_min <= left < self.minutes:
            return left
        return self.minutes

    def fits_in(self, minutes: int) -> bool:
        return self.minutes_min <= minutes

    def suits(self, people: int) -> bool:
        return self.size_min <= people <= self.size_max


@dataclass(frozen=True)
class Asked:
    """What a form has to fit."""

    words: str = ""
    aim: Aim | None = None
    minutes: int | None = None
    people: int | None = None

    @property
    def is_anything(self) -> bool:
        return bool(self.words) or self.aim is not None or self.minutes is not None or self.people is not None


def found(cards: Iterable[Card], asked: Asked, *, best_first: bool = True) -> list[Card]:
    """Those that fit. With minutes asked, first what fills them best; else in the order in which a meeting goes."""
    kept = [card for card in cards if _fits(card, asked)]
    if asked.minutes is not None and best_first:
        minutes = asked.minutes
        return sorted(kept, key=lambda card: (abs(card.minutes - minutes), card.aim.rank))
    return sorted(kept, key=lambda card: (card.aim.rank, not card.is_built_in))


def _fits(card: Card, asked: Asked) -> bool:
    return (
        (asked.aim is None or card.aim == asked.aim)
        and (asked.minutes is None or card.fits_in(asked.minutes))
        and (asked.people is None or card.suits(asked.people))
        and all(word in _text(card) for word in asked.words.casefold().split())
    )


def _text(card: Card) -> str:
    """Everything on the card, to find a word in."""
    parts = (card.name, card.purpose, card.aim.label, card.fits, *card.steps, *card.materials)
    return "\n".join(str(part) for part in parts).casefold()


@dataclass(frozen=True)
class Thing:
    """Something to take along, and for which parts."""

    name: str
    parts: tuple[str, ...]


def to_bring(parts: Iterable[tuple[str, Card]]) -> list[Thing]:
    """What a meeting needs, gathered from the parts that have a card: each thing once, in the order of first use."""
    needed: dict[str, tuple[str, list[str]]] = {}
    for part, card in parts:
        for material in card.materials:
            name = str(material)
            names = needed.setdefault(name.casefold(), (name, []))[1]
            if part not in names:
                names.append(part)
    return [Thing(name, tuple(names)) for name, names in needed.values()]
