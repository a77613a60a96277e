"""A method as one reads it, wherever it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise

from leerkring.formats.intervisie.enums import Experience, Speaker

Words = str | Promise


@dataclass(frozen=True)
class SheetStep:
    name: Words
    minutes: int
    speaker: Speaker
    say: Words = ""
    not_now: Words = ""
    is_look_back: bool = False


@dataclass(frozen=True)
class Sheet:
    """`key` is the word in its address: a name of the library, or the number of a method of the programme's own."""

    key: str
    name: Words
    fits: Words
    experience: Experience
    size_min: int
    size_max: int
    steps: tuple[SheetStep, ...]
    method_id: int | None = None

    @cached_property
    def minutes(self) -> int:
        return sum(step.minutes for step in self.steps)

    @property
    def is_built_in(self) -> bool:
        return self.method_id is None
