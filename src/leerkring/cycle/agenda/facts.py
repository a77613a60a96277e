from dataclasses import dataclass

from leerkring.cycle.questions.facts import QuestionPlaced, QuestionTakenOff
from leerkring.platform.facts import Fact

__all__ = ["AgendaOpened", "QuestionMoved", "QuestionPlaced", "QuestionTakenOff", "StubbornAfterSet", "VersionSet"]


@dataclass(frozen=True, kw_only=True)
class AgendaOpened(Fact):
    agenda_id: int


@dataclass(frozen=True, kw_only=True)
class StubbornAfterSet(Fact):
    agenda_id: int
    stubborn_after: int


@dataclass(frozen=True, kw_only=True)
class QuestionMoved(Fact):
    agenda_id: int
    question_id: int
    position: int


@dataclass(frozen=True, kw_only=True)
class VersionSet(Fact):
    version_id: int
    number: int
    meeting_id: int | None
