"""Lists as people make them, for the tests: as .xlsx and as .csv."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

from leerkring.outward.exchange import sheets
from leerkring.outward.exchange.columns import find_columns
from leerkring.outward.exchange.enums import ImportKind
from leerkring.outward.exchange.matching import Known
from leerkring.outward.exchange.people_import import Decisions, Existing, ImportPlan, plan_import
from leerkring.outward.exchange.people_list import PeopleList, read_people

Rows = Sequence[Sequence[Any]]
HEADINGS = ["Voornaam", "Tussenvoegsel", "Achternaam", "E-mail", "Afdeling", "Rol", "Sinds"]
UNITS = [
    "Ruimte en Duurzaamheid",
    "Afval & Grondstoffen",
    "Green Office",
    "Stedelijke Innovatie",
    "Gemeentelijk en Maatschappelijk Vastgoed",
    "Ingenieursbureau",
    "Project Management Bureau",
    "Sport en Bos",
    "Stadsdelen",
    "Stadsdeel Centrum",
    "Stadsdeel Nieuw-West",
    "Stadsdeel Noord",
    "Stadsdeel Oost",
    "Stadsdeel West",
    "Stadsdeel Zuid",
    "Stadsdeel Zuidoost",
]
HOST = Known(1, "Gemeente Amsterdam")
TODAY = date(2024, 12, 3)


def xlsx(rows: Rows, *, sheet: str = "Lijst", more: dict[str, Rows] | None = None, hidden: Sequence[str] = ()) -> bytes:
    """A workbook with this sheet, and more sheets if given."""
    output = io.BytesIO()
    book = xlsxwriter.Workbook(output, {"in_memory": True, "strings_to_formulas": True})
    day = book.add_format({"num_format": "dd-mm-yyyy"})
    for name, content in {sheet: rows, **(more or {})}.items():
        page = book.add_worksheet(name)
        if name in hidden:
            page.hide()
        for number, row in enumerate(content):
            for column, value in enumerate(row):
                if isinstance(value, (date, datetime)):
                    page.write_datetime(number, column, value, day)
                elif value not in ("", None):
                    page.write(number, column, value)
    book.close()
    return output.getvalue()


def csv(rows: Rows, *, delimiter: str = ";", encoding: str = "utf-8", newline: str = "\r\n") -> bytes:
    def cell(value: Any) -> str:
        text = str(value)
        quoted = '"' + text.replace('"', '""') + '"'
        return quoted if any(sign in text for sign in (delimiter, '"', "\n")) else text

    return newline.join(delimiter.join(cell(value) for value in row) for row in rows).encode(encoding)


def people_of(content: bytes, sheet: str = "") -> PeopleList:
    """What a list of people says."""
    return _read(content, sheet)[0]


def plan_of(
    content: bytes, *, sheet: str = "", decisions: Decisions | None = None, existing: Existing | None = None
) -> ImportPlan:
    """What an import of a list of people would do."""
    found, columns = _read(content, sheet)
    return plan_import(found, columns, existing or amsterdam(), decisions or {})


def _read(content: bytes, sheet: str) -> Any:
    spreadsheet = sheets.read("lijst", content)
    table = spreadsheet.table(sheet or spreadsheet.names[0])
    columns = find_columns(table, ImportKind.PEOPLE)
    return read_people(table, columns), columns


def amsterdam(**changes: Any) -> Existing:
    """One host with nine parts, the ninth with seven districts."""
    units = [Known(number, name) for number, name in enumerate(UNITS, start=10)]
    return Existing(**{"host": HOST, "organisations": [HOST], "units": {1: units}, "today": TODAY, **changes})
