"""One line of a first screen: a mark, what it is, a remark and a way in."""

from dataclasses import dataclass, field
from datetime import date, datetime

from leerkring.cycle.questions.enums import QuestionState


@dataclass(frozen=True)
class Mark:
    """What stands before a line: a ring with its step, a letter with its state, a person, a unit or a symbol."""

    kind: str
    text: str = ""
    state: str = ""
    step: int = 0
    blocked: bool = False


@dataclass(frozen=True)
class Line:
    title: str
    url: str
    mark: Mark
    remark: str = ""
    day: date | None = None
    at: datetime | None = None
    action: str = ""
    """Words on the button; without them the title is the only link."""
    weight: int = 0
    """Higher goes first where time does not decide."""


@dataclass(frozen=True)
class Section:
    """A list on the first screen: the lines that fit, and how many there are in all."""

    lines: list[Line] = field(default_factory=list)
    total: int = 0

    @classmethod
    def of(cls, lines: list[Line], limit: int) -> "Section":
        return cls(lines[:limit], len(lines))


LETTER_STATES = {
    QuestionState.PROVISIONAL: "prov",
    QuestionState.ANSWERED: "answered",
    QuestionState.DROPPED: "dropped",
    QuestionState.SPLIT: "dropped",
    QuestionState.MERGED: "dropped",
}


def letter(code: str | None, state: str) -> Mark:
    return Mark("letter", code or "?", LETTER_STATES.get(QuestionState(state), "open"))


def ring(step: int, *, blocked: bool = False) -> Mark:
    return Mark("ring", step=step, blocked=blocked)


def symbol(name: str) -> Mark:
    return Mark("symbol", name)
