"""From an uploaded file and what was decided about it, to what an import would do. Changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from leerkring.community.memberships.enums import Level
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.outward.exchange import queries, sheets
from leerkring.outward.exchange.activities_import import ActivitiesPlan, plan_activities
from leerkring.outward.exchange.columns import Columns, find_columns
from leerkring.outward.exchange.enums import ImportKind, Purpose
from leerkring.outward.exchange.people_import import ImportPlan, plan_import
from leerkring.outward.exchange.people_list import PeopleList, read_people
from leerkring.outward.exchange.sheets import SpreadSheet, Table, Unreadable


@dataclass(frozen=True)
class Choices:
    """What was decided about a list; everything may be left open."""

    sheet: str = ""
    columns: Mapping[int, Purpose | None] | None = None
    decisions: Mapping[str, str] | None = None
    usual_level: Level = Level.ACTIVE

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Choices:
        """Read back what is kept with a waiting file."""
        columns = kept.get("columns")
        return cls(
            sheet=kept.get("sheet", ""),
            columns={int(index): Purpose(word) if word else None for index, word in columns.items()}
            if columns is not None
            else None,
            decisions=kept.get("decisions"),
            usual_level=Level(kept.get("usual_level", Level.ACTIVE)),
        )


@dataclass(frozen=True)
class Look:
    """A list with its sheet and columns, and the plan as far as one can be made."""

    spreadsheet: SpreadSheet
    sheet: str
    table: Table
    columns: Columns
    found: PeopleList | None = None
    people: ImportPlan | None = None
    activities: ActivitiesPlan | None = None

    @property
    def other_sheets(self) -> list[str]:
        return self.spreadsheet.others(self.sheet)

    @property
    def may_come_in(self) -> bool:
        return self.people is not None or self.activities is not None


def look_at(
    *, content: bytes, file_name: str, kind: ImportKind, community: Community, choices: Choices, by: Person | None
) -> Look:
    """Read a list as decided. Raises Unreadable when the file is none, or the sheet is not there."""
    spreadsheet = sheets.read(file_name, content)
    sheet, table, columns = _find_sheet(spreadsheet, kind, choices)
    if columns.missing:
        return Look(spreadsheet, sheet, table, columns)
    if kind == ImportKind.ACTIVITIES:
        existing = queries.existing_activities(by, community)
        return Look(spreadsheet, sheet, table, columns, activities=plan_activities(table, columns, existing))
    look = Look(spreadsheet, sheet, table, columns, found=read_people(table, columns))
    return decide(look=look, community=community, choices=choices, by=by)


def decide(*, look: Look, community: Community, choices: Choices, by: Person | None) -> Look:
    """The same list of people, read once, with other decisions about its names."""
    if look.found is None:
        return look
    existing = queries.existing_for(community, look.found, may_add=by is not None)
    plan = plan_import(look.found, look.columns, existing, choices.decisions or {}, choices.usual_level)
    return replace(look, people=plan)


def _find_sheet(spreadsheet: SpreadSheet, kind: ImportKind, choices: Choices) -> tuple[str, Table, Columns]:
    """The chosen sheet, else the first visible one that has a list; others are never taken along."""
    if choices.sheet:
        table = spreadsheet.table(choices.sheet)
        return choices.sheet, table, find_columns(table, kind, choices.columns)
    first: tuple[str, Table, Columns] | None = None
    for name in spreadsheet.visible:
        table = spreadsheet.table(name)
        columns = find_columns(table, kind, choices.columns)
        if table and not columns.missing:
            return name, table, columns
        if table and first is None:
            first = (name, table, columns)
    if first is None:
        raise Unreadable(_("This file is empty."))
    return first
