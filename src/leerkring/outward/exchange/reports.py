"""What is told about an import: kept with the batch as rows and reasons, and as a sheet to mend the list by."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from leerkring.outward.exchange.activities_import import ActivitiesPlan
from leerkring.outward.exchange.cleaning import clean_text
from leerkring.outward.exchange.enums import Trouble
from leerkring.outward.exchange.people_import import ImportPlan
from leerkring.outward.exchange.people_list import Remark

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def of_people(plan: ImportPlan, made_counts: dict[str, int]) -> dict[str, Any]:
    """The report of an import of people, as it is kept."""
    return {
        "persons": len(plan.people),
        "new": made_counts["people"],
        "joined": made_counts["memberships"],
        "placed": made_counts["placements"],
        "units": made_counts["units"],
        "already_in": len(plan.already_in),
        "left_before": [person.line.row for person in plan.left_before],
        "doubles": [[double.row, double.first_row] for double in plan.doubles],
        "rejected": _remarks(plan.rejected),
        "remarks": _remarks(plan.remarks),
        "no_unit": plan.no_unit,
        "undecided": [
            {"thing": near.thing.value, "text": clean_text(near.text), "rows": near.rows} for near in plan.undecided
        ],
        "ignored_columns": plan.columns.ignored,
    }


def of_activities(plan: ActivitiesPlan) -> dict[str, Any]:
    """The report of an import of activities, as it is kept."""
    return {
        "activities": len(plan.activities),
        "already_there": plan.already_there,
        "doubles": [[row, first] for row, first in plan.doubles],
        "rejected": _remarks(plan.rejected),
        "remarks": _remarks(plan.remarks),
        "ignored_columns": plan.columns.ignored,
    }


def _remarks(remarks: Iterable[Remark]) -> list[dict[str, Any]]:
    return [{"row": remark.row, "cell": remark.cell, "trouble": remark.trouble.value} for remark in remarks]


def kept_remarks(report: dict[str, Any], part: str) -> list[Remark]:
    """The remarks of a kept report."""
    return [Remark(kept["row"], Trouble(kept["trouble"]), kept["cell"]) for kept in report.get(part, ())]


def as_sheet(rejected: Iterable[Remark], remarks: Iterable[Remark]) -> bytes:
    """What to mend in the list, as a spreadsheet. Text of the list is never taken for a formula."""
    output = io.BytesIO()
    book = xlsxwriter.Workbook(
        output, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    sheet = book.add_worksheet(_("To mend")[:31])
    bold, plain = (
        book.add_format({"bold": True, "text_wrap": True}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )
    for column, (heading, width) in enumerate(
        [(_("Row"), 8), (_("Cell"), 8), (_("What"), 60), (_("It says"), 40), (_("Came in"), 12)]
    ):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, bold)
    sheet.freeze_panes(1, 0)
    lines = [(remark, _("no")) for remark in rejected] + [(remark, _("yes")) for remark in remarks]
    for position, (remark, came_in) in enumerate(sorted(lines, key=lambda line: line[0].row), start=1):
        sheet.write_number(position, 0, remark.row, plain)
        for column, text in enumerate([remark.cell, str(remark.trouble.label), remark.text, came_in], start=1):
            sheet.write_string(position, column, harmless(text), plain)
    book.close()
    return output.getvalue()


def harmless(text: str) -> str:
    """Text that a spreadsheet program would take for a formula gets an apostrophe in front."""
    return f"'{text}" if text.startswith(DANGEROUS) else text
