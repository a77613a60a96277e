"""People and groups from spreadsheets, .csv or .xlsx, with a clear word for everything that cannot be right."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import Enum
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from leerkring.formation.problem import Group, Objective, Person, Problem

YES = {"yes", "y", "true", "1", "x", "ja", "j"}
NO = {"", "no", "n", "false", "0", "nee"}
PEOPLE_COLUMNS = ("id", "choices", "slots", "can_facilitate", "apart", "together", "pin", "chosen")
GROUP_COLUMNS = ("id", "theme", "slot", "min", "max", "needs_facilitator")
MOST_CELLS = 5_000_000


class Fault(Enum):
    """What can be wrong with the input."""

    UNREADABLE = "unreadable"
    NO_HEADING = "no_heading"
    NOBODY = "nobody"
    NO_GROUP = "no_group"
    NO_ID = "no_id"
    DOUBLE_ID = "double_id"
    DOUBLE_HEADING = "double_heading"
    UNKNOWN_PERSON = "unknown_person"
    UNKNOWN_GROUP = "unknown_group"
    THEMSELVES = "themselves"
    NOT_A_NUMBER = "not_a_number"
    NOT_YES_OR_NO = "not_yes_or_no"
    MAX_BELOW_MIN = "max_below_min"
    UNKNOWN_KEY = "unknown_key"


@dataclass(frozen=True)
class Problematic:
    """One thing that is wrong, and where: the list, its row as the spreadsheet counts, the column, its text."""

    fault: Fault
    source: str
    row: int | None = None
    column: str = ""
    text: str = ""


class Unreadable(Exception):
    """The input cannot be used; `faults` says everything that is wrong with it."""

    def __init__(self, faults: Iterable[Problematic]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.faults)


Row = tuple[int, dict[str, str]]


def read_problem(people: Path, groups: Path, objective: Path | None = None) -> Problem:
    """The problem of two spreadsheets and perhaps a file of weights. Raises Unreadable."""
    weights = read_objective(objective) if objective else Objective()
    return problem_of(
        rows_of(people.read_bytes(), people.name), rows_of(groups.read_bytes(), groups.name), weights,
        (people.name, groups.name),
    )  # fmt: skip


def problem_of(people: list[Row], groups: list[Row], objective: Objective, sources: tuple[str, str]) -> Problem:
    """The problem of rows with headings. Raises Unreadable."""
    faults: list[Problematic] = []
    found = Problem(_people(people, sources[0], faults), _groups(groups, sources[1], faults), objective)
    _check(found, people, groups, sources, faults)
    if faults:
        raise Unreadable(faults)
    return found


def rows_of(content: bytes, name: str) -> list[Row]:
    """The rows of a sheet by heading, each with its number. Raises Unreadable."""
    table = (
        _workbook(content, name) if content[:2] == b"PK" or content[:4] == b"\xd0\xcf\x11\xe0" else _csv(content, name)
    )
    filled = [(number, cells) for number, cells in enumerate(table, 1) if any(cells)]
    if not filled:
        return []
    heading = [cell.strip() for cell in filled[0][1]]
    doubles = {cell for cell in heading if cell and heading.count(cell) > 1}
    if doubles:
        raise Unreadable(Problematic(Fault.DOUBLE_HEADING, name, filled[0][0], cell) for cell in sorted(doubles))
    if "id" not in heading:
        raise Unreadable([Problematic(Fault.NO_HEADING, name, filled[0][0], "id")])
    return [
        (number, {column: cell.strip() for column, cell in zip(heading, cells, strict=False) if column})
        for number, cells in filled[1:]
    ]


def _csv(content: bytes, name: str) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        raise Unreadable([Problematic(Fault.UNREADABLE, name)])
    # Inside a cell the semicolon parts ids, so only a heading without commas tells that it parts the columns.
    heading = text.split("\n", 1)[0]
    delimiter = next((mark for mark in (",", "\t", ";") if mark in heading), ",")
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise Unreadable([Problematic(Fault.UNREADABLE, name)]) from error


def _workbook(content: bytes, name: str) -> list[list[str]]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            sheet = book.get_sheet_by_index(0)
            if sheet.total_height * sheet.total_width > MOST_CELLS:
                raise Unreadable([Problematic(Fault.UNREADABLE, name)])
            return [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    except (CalamineError, OSError, ValueError) as error:
        raise Unreadable([Problematic(Fault.UNREADABLE, name)]) from error


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _people(rows: list[Row], source: str, faults: list[Problematic]) -> tuple[Person, ...]:
    return tuple(
        Person(
            id=cells["id"],
            choices=parts(cells.get("choices")),
            slots=frozenset(parts(cells.get("slots"))),
            can_facilitate=_yes(cells, "can_facilitate", (source, row), faults),
            apart=parts(cells.get("apart")),
            together=parts(cells.get("together")),
            pin=cells.get("pin", ""),
            chosen=parts(cells.get("chosen")),
            attributes={
                name: cell for name, cell in cells.items() if name not in PEOPLE_COLUMNS and not name.startswith("met:")
            },
            met={name.removeprefix("met:"): cell for name, cell in cells.items() if name.startswith("met:")},
        )
        for row, cells in rows
    )


def _groups(rows: list[Row], source: str, faults: list[Problematic]) -> tuple[Group, ...]:
    return tuple(
        Group(
            id=cells["id"],
            theme=cells.get("theme", ""),
            slot=cells.get("slot", ""),
            min_size=_number(cells, "min", 0, (source, row), faults),
            max_size=_number(cells, "max", 10_000, (source, row), faults),
            needs_facilitator=_yes(cells, "needs_facilitator", (source, row), faults),
        )
        for row, cells in rows
    )


def parts(cell: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for piece in (cell or "").split(";") if (part := piece.strip())))


def _yes(cells: dict[str, str], column: str, at: tuple[str, int], faults: list[Problematic]) -> bool:
    text = cells.get(column, "").lower()
    if text not in YES | NO:
        faults.append(Problematic(Fault.NOT_YES_OR_NO, *at, column, cells[column]))
    return text in YES


def _number(cells: dict[str, str], column: str, default: int, at: tuple[str, int], faults: list[Problematic]) -> int:
    text = cells.get(column, "")
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        faults.append(Problematic(Fault.NOT_A_NUMBER, *at, column, text))
        return default
    return int(text)


def _check(
    problem: Problem, people: list[Row], groups: list[Row], sources: tuple[str, str], faults: list[Problematic]
) -> None:
    if not problem.people:
        faults.append(Problematic(Fault.NOBODY, sources[0]))
    if not problem.groups:
        faults.append(Problematic(Fault.NO_GROUP, sources[1]))
    _check_ids([row for row, _ in people], [person.id for person in problem.people], sources[0], faults)
    _check_ids([row for row, _ in groups], [group.id for group in problem.groups], sources[1], faults)
    known = {person.id for person in problem.people}
    places = {group.id for group in problem.groups}
    for (row, _), person in zip(people, problem.people, strict=True):
        for column, others in (("apart", person.apart), ("together", person.together), ("chosen", person.chosen)):
            for other in others:
                fault = Fault.THEMSELVES if other == person.id else Fault.UNKNOWN_PERSON
                if other == person.id or other not in known:
                    faults.append(Problematic(fault, sources[0], row, column, other))
        if person.pin and person.pin not in places:
            faults.append(Problematic(Fault.UNKNOWN_GROUP, sources[0], row, "pin", person.pin))
    for (row, _), group in zip(groups, problem.groups, strict=True):
        if group.max_size < group.min_size:
            faults.append(Problematic(Fault.MAX_BELOW_MIN, sources[1], row, "max", str(group.max_size)))


def _check_ids(rows: list[int], ids: list[str], source: str, faults: list[Problematic]) -> None:
    seen: set[str] = set()
    for row, name in zip(rows, ids, strict=True):
        if not name:
            faults.append(Problematic(Fault.NO_ID, source, row, "id"))
        elif name in seen:
            faults.append(Problematic(Fault.DOUBLE_ID, source, row, "id", name))
        seen.add(name)


def checked(problem: Problem) -> Problem:
    """A problem that was put together by hand, when it can be used; rows count from 1. Raises Unreadable."""
    faults: list[Problematic] = []
    people = [(number, {"id": person.id}) for number, person in enumerate(problem.people, 1)]
    groups = [(number, {"id": group.id}) for number, group in enumerate(problem.groups, 1)]
    _check(problem, people, groups, ("people", "groups"), faults)
    if faults:
        raise Unreadable(faults)
    return problem


def read_objective(path: Path) -> Objective:
    """The weights of a JSON file. Raises Unreadable."""
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise Unreadable([Problematic(Fault.UNREADABLE, path.name)]) from error
    if not isinstance(found, dict):
        raise Unreadable([Problematic(Fault.UNREADABLE, path.name)])
    return objective_of(found, path.name)


def objective_of(found: Mapping[str, Any], source: str) -> Objective:
    """The weights by name. Raises Unreadable."""
    faults = []
    values: dict[str, Any] = {}
    for key, value in found.items():
        if key not in {one.name for one in fields(Objective)}:
            faults.append(Problematic(Fault.UNKNOWN_KEY, source, None, key))
        elif key == "attributes" and isinstance(value, dict) and all(_is_weight(one) for one in value.values()):
            values[key] = dict(value)
        elif key == "rank_costs" and isinstance(value, list) and value and all(_is_weight(one) for one in value):
            values[key] = tuple(value)
        elif key not in ("attributes", "rank_costs") and _is_weight(value) and (key != "wishes" or value <= 1):
            values[key] = value
        else:
            faults.append(Problematic(Fault.NOT_A_NUMBER, source, None, key, json.dumps(value)))
    if faults:
        raise Unreadable(faults)
    return Objective(**values)


def _is_weight(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1_000_000
