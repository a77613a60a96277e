from dataclasses import dataclass

from leerkring.platform.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ProgrammeStarted(Fact):
    programme_id: int


@dataclass(frozen=True, kw_only=True)
class ProgrammeChanged(Fact):
    programme_id: int
    revision: int


@dataclass(frozen=True, kw_only=True)
class EditionOpened(Fact):
    edition_id: int


@dataclass(frozen=True, kw_only=True)
class EditionChanged(Fact):
    edition_id: int


@dataclass(frozen=True, kw_only=True)
class EditionMoved(Fact):
    edition_id: int
    before: str
    state: str


@dataclass(frozen=True, kw_only=True)
class Enrolled(Fact):
    edition_id: int
    enrolment_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class EnrolmentMoved(Fact):
    edition_id: int
    enrolment_id: int
    person_id: int
    state: str


@dataclass(frozen=True, kw_only=True)
class EnrolmentsCompleted(Fact):
    edition_id: int
    fully_count: int
    partly_count: int
    left_count: int


@dataclass(frozen=True, kw_only=True)
class CycleOpened(Fact):
    cycle_id: int
    meeting_id: int


@dataclass(frozen=True, kw_only=True)
class CycleClosed(Fact):
    cycle_id: int
    meeting_id: int
