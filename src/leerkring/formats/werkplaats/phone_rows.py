"""What stands in the lists on a phone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Stack:
    """What can be given points: a pile, or a post where nothing was put together."""

    key: str
    title: str
    text: str = ""
    given: int = 0
    may_more: bool = True

    @property
    def fewer(self) -> int:
        return max(0, self.given - 1)

    @property
    def more(self) -> int:
        return self.given + 1


@dataclass
class Result:
    """What came out for a pile or a post, and what was given to it here (0 where nobody can tell)."""

    key: str
    title: str
    points: int
    share: int
    given: int = 0


@dataclass(frozen=True)
class RankButton:
    """One of the buttons at a table: `value` is the whole list of wishes once it is pressed, so that twice is once."""

    rank: int
    value: str
    is_pressed: bool
    may: bool

    @property
    def pressed(self) -> str:
        return "true" if self.is_pressed else "false"


@dataclass
class Choice:
    id: int
    name: str
    text: str
    theme: str
    theme_mark: int
    choices: list[RankButton] = field(default_factory=list)


@dataclass(frozen=True)
class Line:
    """A question of the agenda, as it is walked through or set."""

    code: str
    state: str
    text: str
    verdict: str = ""
    chip: str = ""


@dataclass
class AskLine:
    id: int
    text: str
    is_scale: bool
    answer: int | str = ""

    @property
    def line(self) -> str:
        return "" if self.is_scale else str(self.answer)

    @property
    def numbers(self) -> list[dict[str, Any]]:
        return [{"value": number, "chosen": number == self.answer} for number in range(1, 6)]


@dataclass(frozen=True)
class VersionLines:
    heading: str
    lead: str
    rows: list[Line]
