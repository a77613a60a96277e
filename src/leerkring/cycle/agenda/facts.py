from dataclasses import dataclass

from leerkring.platform.facts import Fact


@dataclass(frozen=True, kw_only=True)
class AgendaOpened(Fact):
    agenda_id: int


@dataclass(frozen=True, kw_only=True)
class StubbornAfterSet(Fact):
    agenda_id: int
    stubborn_after: int


@dataclass(frozen=True, kw_only=True)
class QuestionPlaced(Fact):
    agenda_id: int
    question_id: int


@dataclass(frozen=True, kw_only=True)
class QuestionTakenOff(Fact):
    agenda_id: int
    question_id: int


@dataclass(frozen=True, kw_only=True)
class QuestionMoved(Fact):
    agenda_id: int
    question_id: int
    position: int


@dataclass(frozen=True, kw_only=True)
class SuccessorsPlaced(Fact):
    """Questions that came of others by split or merge got their place and code at once."""

    agenda_id: int
    question_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class VersionSet(Fact):
    version_id: int
    number: int
    meeting_id: int | None
