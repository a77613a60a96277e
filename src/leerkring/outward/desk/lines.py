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
    subject: str = ""
    """What the line is about, so that a short list can show one of each before a second of any."""


@dataclass(frozen=True)
class Section:
    """A list on the first screen: the lines that fit, and how many there are in all."""

    lines: list[Line] = field(default_factory=list)
    total: int = 0

    @classmethod
    def of(cls, lines: list[Line], limit: int) -> "Section":
        return cls(lines[:limit], len(lines))

    @classmethod
    def mixed(cls, lines: list[Line], limit: int) -> "Section":
        """The first of each subject, then the second, and so on; shown in the order in which they came."""
        turn: dict[str, int] = {}
        ranked = []
        for place, line in enumerate(lines):
            turn[line.subject] = turn.get(line.subject, 0) + 1
            ranked.append((turn[line.subject], place))
        chosen = sorted(place for _round, place in sorted(ranked)[:limit])
        return cls([lines[place] for place in chosen], len(lines))


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
