"""A list of activities, read and laid beside what exists. Pure, like people_list and people_import."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from leerkring.direction.strategy.enums import ActivityState
from leerkring.outward.exchange.cleaning import Value, clean_text, fold, read_addresses, read_day
from leerkring.outward.exchange.columns import Columns
from leerkring.outward.exchange.enums import Purpose, Trouble
from leerkring.outward.exchange.people_list import Remark
from leerkring.outward.exchange.sheets import Row, Table, column_letters

_STATES = {
    ActivityState.PLANNED: "niet gestart, nog niet gestart, gepland, planned, not started, voorbereiding, in "
    "voorbereiding, to do, nieuw, open, nog te starten",
    ActivityState.RUNNING: "lopend, loopt, in uitvoering, uitvoering, bezig, gestart, running, ongoing, in progress, "
    "started, actief, doorlopend, op schema",
    ActivityState.DONE: "gereed, afgerond, klaar, voltooid, done, completed, finished, uitgevoerd, beeindigd",
    ActivityState.STOPPED: "gestopt, stopgezet, vervallen, geannuleerd, stopped, cancelled, canceled, dropped",
}
STATES = {fold(word): state for state, words in _STATES.items() for word in words.split(",")}
_YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")


@dataclass(frozen=True)
class KnownGoal:
    id: int
    title: str
    target_year: int


@dataclass(frozen=True)
class ExistingActivities:
    """What a list of activities meets."""

    goals: Sequence[KnownGoal] = ()
    numbers: Collection[str] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    """Titles with their numbers."""
    owners: Sequence[tuple[int, str, tuple[str, ...]]] = ()
    """Members: id, name, addresses."""


@dataclass(frozen=True)
class PlannedActivity:
    """One activity as it comes in."""

    row: int
    title: str
    number: str = ""
    description: str = ""
    chain: str = ""
    goal_ids: tuple[int, ...] = ()
    owner_id: int | None = None
    state: ActivityState = ActivityState.PLANNED
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass
class ActivitiesPlan:
    """What an import of activities would do."""

    columns: Columns
    activities: list[PlannedActivity] = field(default_factory=list)
    already_there: list[int] = field(default_factory=list)
    """Rows whose number, or title when they have none, is known. They stay as they are."""
    doubles: list[tuple[int, int]] = field(default_factory=list)
    """Rows that repeat an earlier row, and that row."""
    rejected: list[Remark] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    empty_formulas: list[str] = field(default_factory=list)

    @property
    def changes_nothing(self) -> bool:
        return not self.activities

    def as_json(self) -> dict[str, Any]:
        return {
            "activities": len(self.activities),
            "already_there": self.already_there,
            "doubles": [{"row": row, "first_row": first} for row, first in self.doubles],
            "rejected": [{"row": remark.row, "why": remark.trouble.value} for remark in self.rejected],
            "remarks": [
                {"row": remark.row, "cell": remark.cell, "what": remark.trouble.value} for remark in self.remarks
            ],
            "ignored_columns": self.columns.ignored,
        }


def plan_activities(table: Table, columns: Columns, existing: ExistingActivities) -> ActivitiesPlan:
    """Read the rows under the headings and lay them beside what exists."""
    reader = _Reader(columns, existing)
    for row in table.rows:
        if row.number > columns.heading_row and not columns.is_heading(row):
            reader.read(row)
    used = {column.letters for column in columns.columns if column.purpose is not None}
    reader.plan.empty_formulas = [cell for cell in table.empty_formulas if cell.rstrip("0123456789") in used]
    return reader.plan


class _Reader:
    def __init__(self, columns: Columns, existing: ExistingActivities) -> None:
        self.columns, self.existing = columns, existing
        self.plan = ActivitiesPlan(columns)
        self.seen: dict[str, int] = {}
        self.known_titles = {fold(title): number for title, number in existing.titles.items()}
        self.goals = _by_folded([(goal.title, goal.id) for goal in existing.goals])
        self.years = _by_folded([(str(goal.target_year), goal.id) for goal in existing.goals])
        self.owners = _by_folded([(name, id_) for id_, name, _addresses in existing.owners])
        self.addresses = {address: id_ for id_, _name, several in existing.owners for address in several}

    def read(self, row: Row) -> None:
        if not any(self._text(row, column.purpose) for column in self.columns.columns if column.purpose):
            return
        title, number = self._text(row, Purpose.TITLE), self._text(row, Purpose.NUMBER)
        if not title:
            if len({self._text(row, column.purpose) for column in self.columns.columns if column.purpose} - {""}) > 1:
                self._reject(row, Trouble.NO_TITLE, Purpose.TITLE)
            return
        if len(title) > 300:
            self._reject(row, Trouble.TITLE_TOO_LONG, Purpose.TITLE, title[:60])
            return
        number = self._short(row, Purpose.NUMBER, number, 20)
        key = f"number {number}" if number else f"title {fold(title)}"
        if key in self.seen:
            self.plan.doubles.append((row.number, self.seen[key]))
        elif self._is_known(title, number):
            self.plan.already_there.append(row.number)
        else:
            self.plan.activities.append(self._activity(row, title, number))
        self.seen.setdefault(key, row.number)

    def _is_known(self, title: str, number: str) -> bool:
        if number and number in self.existing.numbers:
            return True
        known = self.known_titles.get(fold(title))
        return known is not None and (not number or not known)

    def _activity(self, row: Row, title: str, number: str) -> PlannedActivity:
        starts_on, ends_on = self._day(row, Purpose.STARTS), self._day(row, Purpose.ENDS)
        if starts_on and ends_on and ends_on < starts_on:
            self._remark(row, Trouble.ENDS_BEFORE_START, Purpose.ENDS)
            ends_on = None
        description = self._text(row, Purpose.DESCRIPTION)
        return PlannedActivity(
            row=row.number,
            title=title,
            number=number,
            description=description[:10_000],
            chain=self._short(row, Purpose.CHAIN, self._text(row, Purpose.CHAIN), 100),
            goal_ids=self._goals(row),
            owner_id=self._owner(row),
            state=self._state(row),
            starts_on=starts_on,
            ends_on=ends_on,
        )

    def _goals(self, row: Row) -> tuple[int, ...]:
        """By title, or by a target year that only one goal has. Several goals stand with `;` or new lines between."""
        value = self.columns.cell(row, Purpose.GOAL)
        text = clean_text(value)
        if not text:
            return ()
        found: list[int] = []
        pieces = [text] if fold(text) in self.goals else re.split(r"[;\n|]", str(value))
        for piece in filter(None, map(clean_text, pieces)):
            years = set(_YEAR.findall(piece))
            known = self.goals.get(fold(piece)) or (self.years.get(years.pop()) if len(years) == 1 else None)
            if known is None:
                self._remark(row, Trouble.GOAL_UNKNOWN, Purpose.GOAL, piece)
            elif known not in found:
                found.append(known)
        return tuple(found)

    def _owner(self, row: Row) -> int | None:
        text = self._text(row, Purpose.OWNER)
        if not text:
            return None
        found = {self.addresses.get(address) for address in read_addresses(text).good} - {None}
        owner = found.pop() if len(found) == 1 else self.owners.get(fold(text))
        if owner is None:
            self._remark(row, Trouble.OWNER_UNKNOWN, Purpose.OWNER, text)
        return owner

    def _state(self, row: Row) -> ActivityState:
        text = self._text(row, Purpose.STATE)
        state = STATES.get(fold(text), ActivityState.PLANNED)
        if text and fold(text) not in STATES:
            self._remark(row, Trouble.STATE_UNKNOWN, Purpose.STATE, text)
        return state

    def _day(self, row: Row, purpose: Purpose) -> date | None:
        value: Value = self.columns.cell(row, purpose)
        day = read_day(value)
        if day.on is None and clean_text(value):
            self._remark(row, Trouble.DAY_UNREADABLE, purpose, clean_text(value))
        return day.on

    def _short(self, row: Row, purpose: Purpose, text: str, longest: int) -> str:
        if len(text) <= longest:
            return text
        self._remark(row, Trouble.TOO_LONG, purpose, text[:60])
        return ""

    def _text(self, row: Row, purpose: Purpose) -> str:
        return clean_text(self.columns.cell(row, purpose))

    def _cell(self, row: Row, purpose: Purpose) -> str:
        columns = self.columns.of(purpose)
        return f"{column_letters(columns[0].index)}{row.number}" if columns else ""

    def _reject(self, row: Row, trouble: Trouble, purpose: Purpose, text: str = "") -> None:
        self.plan.rejected.append(Remark(row.number, trouble, self._cell(row, purpose), text))

    def _remark(self, row: Row, trouble: Trouble, purpose: Purpose, text: str = "") -> None:
        self.plan.remarks.append(Remark(row.number, trouble, self._cell(row, purpose), text))


def _by_folded(names: list[tuple[str, int]]) -> dict[str, int]:
    """Ids by folded name; a name that two have stands for nobody."""
    found: dict[str, int] = {}
    twice: set[str] = set()
    for name, id_ in names:
        key = fold(name)
        if key in found:
            twice.add(key)
        found[key] = id_
    return {key: id_ for key, id_ in found.items() if key not in twice}
