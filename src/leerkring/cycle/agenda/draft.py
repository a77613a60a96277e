"""The draft as those who keep it see it: what stands on it, what changed since the last version, what waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Person
from leerkring.cycle.agenda import queries
from leerkring.cycle.agenda.compare import Comparison, Row, compare
from leerkring.cycle.agenda.enums import Fate
from leerkring.cycle.agenda.models import Agenda, AgendaEntry, AgendaVersion
from leerkring.cycle.agenda.photograph import photograph
from leerkring.cycle.agenda.words import fate_words
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.cycle.questions.queries import questions_to_place

UNCHANGED = frozenset({Fate.STAYED})


@dataclass(frozen=True)
class DraftRow:
    """A question on the draft, with what changed since the last version."""

    entry: AgendaEntry
    place: int
    words: str
    may_leave: bool


@dataclass(frozen=True)
class Draft:
    """Entries hold everything with a code, as the next version would show it; rows what stands on the draft."""

    number: int
    revision: int
    entries: Sequence[AgendaEntry]
    rows: Sequence[DraftRow]
    gone: Sequence[tuple[AgendaEntry, str]]
    waiting: Sequence[LearningQuestion]
    comparison: Comparison | None
    is_first: bool

    @property
    def changed_rows(self) -> list[DraftRow]:
        return [row for row in self.rows if row.words]

    @property
    def count(self) -> int:
        return len(self.rows)

    @property
    def changes(self) -> int:
        """How many questions would read otherwise than in the version in force."""
        if self.comparison is None:
            return self.count
        return sum(count for fate, count in self.comparison.fates.items() if fate not in UNCHANGED)


def draft_for(person: Person | None, community: Community) -> Draft:
    """The draft as far as this person may read its questions."""
    agenda = queries.agenda_of(community)
    waiting = list(questions_to_place(person, community))
    if agenda is None:
        return Draft(1, 0, [], [], [], waiting, None, is_first=True)
    last = queries.last_version(agenda)
    before = list(last.entries.all()) if last else []
    photo = photograph(agenda, last, before)
    standing = standing_of(person)
    readable = {entry.question_id for entry in photo if standing.may_read(entry.question)}
    entries = _readable_entries(agenda, last, photo, readable)
    comparison = None
    words: dict[str, str] = {}
    gone: list[tuple[AgendaEntry, str]] = []
    if last is not None:
        comparison = compare([entry for entry in before if entry.question_id in readable], entries)
        words = {row.new.code: _words(row) for row in comparison.rows if row.new}
        gone = _gone(comparison)
    rows = [
        DraftRow(entry, entry.position, words.get(entry.code, ""), not cast(Any, entry.question).was_shown)
        for entry in entries
        if entry.is_listed
    ]
    number = last.number + 1 if last else 1
    return Draft(number, agenda.revision, entries, rows, gone, waiting, comparison, is_first=last is None)


def _readable_entries(
    agenda: Agenda, last: AgendaVersion | None, photo: list[AgendaEntry], readable: set[int]
) -> list[AgendaEntry]:
    number = last.number + 1 if last else 1
    unsaved = AgendaVersion(agenda=agenda, number=number, stubborn_after=agenda.stubborn_after)
    entries = [entry for entry in photo if entry.question_id in readable]
    for entry in entries:
        entry.version = unsaved
    return entries


def _words(row: Row) -> str:
    if row.fate in UNCHANGED:
        return ""
    if row.old and row.new and row.old.code != row.new.code:
        return fate_words(Row(None, row.new, Fate.NEW, codes=tuple(row.new.came_from)), [])
    return fate_words(row, [row.old] if row.old else [])


def _gone(comparison: Comparison) -> list[tuple[AgendaEntry, str]]:
    """What stands in the version in force and would not stand in the next, with the reason."""
    found: dict[str, tuple[AgendaEntry, str]] = {}
    for strand in comparison.strands:
        for row in strand.rows:
            stays = row.new is not None and row.old is not None and row.new.code == row.old.code
            if row.old is not None and not stays and not row.is_settled:
                olds = [other.old for other in strand.rows if other.old and other.new is row.new]
                found.setdefault(row.old.code, (row.old, fate_words(row, olds if row.new else [row.old])))
    return list(found.values())
