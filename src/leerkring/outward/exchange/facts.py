from dataclasses import dataclass

from leerkring.platform.facts import Fact


@dataclass(frozen=True, kw_only=True)
class CalendarOpened(Fact):
    """Somebody made an address for their calendar program; one that was there before stopped."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class CalendarClosed(Fact):
    person_id: int


@dataclass(frozen=True, kw_only=True)
class ListWaits(Fact):
    """A list was uploaded; nothing has come in yet."""

    waiting_id: int


@dataclass(frozen=True, kw_only=True)
class ListLooked(Fact):
    """Decisions about a waiting list were kept."""

    waiting_id: int


@dataclass(frozen=True, kw_only=True)
class ListSentBack(Fact):
    """A waiting list was thrown away."""

    waiting_id: int


@dataclass(frozen=True, kw_only=True)
class PeopleImported(Fact):
    batch_id: int
    persons_count: int


@dataclass(frozen=True, kw_only=True)
class ActivitiesImported(Fact):
    batch_id: int
    activities_count: int


@dataclass(frozen=True, kw_only=True)
class ImportUndone(Fact):
    batch_id: int
    kept_count: int
