"""A list of people, read: one line for each person, with what is wrong named by row and cell. Knows no database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from leerkring.community.memberships.enums import Level
from leerkring.community.people.names import Name
from leerkring.outward.exchange.cleaning import (
    NO_DAY,
    Addresses,
    Value,
    clean_text,
    is_too_long,
    read_addresses,
    read_day,
    read_level,
    read_name,
    says_something,
)
from leerkring.outward.exchange.columns import Columns
from leerkring.outward.exchange.enums import Purpose, Trouble
from leerkring.outward.exchange.sheets import Row, Table, column_letters


@dataclass(frozen=True)
class Remark:
    """Something about a row that a person should know."""

    row: int
    trouble: Trouble
    cell: str = ""
    """Such as E95; empty when the column is not there."""
    text: str = ""
    """What stands in that cell."""


@dataclass(frozen=True)
class Line:
    """One person as the list has them."""

    row: int
    name: Name
    addresses: tuple[str, ...]
    organisation: str = ""
    unit: str = ""
    """Letter by letter as in the sheet, so that a decision is about what stands there."""
    policy_field: str = ""
    level: Level | None = None
    since: date | None = None

    @property
    def address(self) -> str:
        return self.addresses[0]


@dataclass(frozen=True)
class Double:
    """A row about somebody who stands in the list already."""

    row: int
    first_row: int
    address: str
    differs: tuple[tuple[Purpose, str, str], ...] = ()
    """What differs: what it is, in the first row, in this one. The first row counts."""


@dataclass
class PeopleList:
    """A list of people as it was read."""

    lines: list[Line] = field(default_factory=list)
    doubles: list[Double] = field(default_factory=list)
    rejected: list[Remark] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    """About rows that do come in."""
    text_dates: list[int] = field(default_factory=list)
    empty_formulas: list[str] = field(default_factory=list)
    """Cells whose formula has no value in the file."""


def read_people(table: Table, columns: Columns) -> PeopleList:
    """Read the rows under the headings. Nothing of columns without a purpose is touched."""
    return _Reader(table, columns).read()


class _Reader:
    def __init__(self, table: Table, columns: Columns) -> None:
        self.table, self.columns = table, columns
        self.found = PeopleList()
        self.by_address: dict[str, int] = {}

    def read(self) -> PeopleList:
        for row in self.table.rows:
            if row.number > self.columns.heading_row and not self.columns.is_heading(row) and self._holds(row):
                self._row(row)
        used = {column.letters for column in self.columns.columns if column.purpose is not None}
        self.found.empty_formulas = [
            cell for cell in self.table.empty_formulas if cell.rstrip("0123456789") in used and self._is_below(cell)
        ]
        return self.found

    def _is_below(self, cell: str) -> bool:
        return int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) > self.columns.heading_row

    def _holds(self, row: Row) -> bool:
        return any(clean_text(row.cell(column.index)) for column in self.columns.columns if column.purpose is not None)

    def _cell(self, row: Row, purpose: Purpose) -> str:
        columns = self.columns.of(purpose)
        return f"{column_letters(columns[0].index)}{row.number}" if columns else ""

    def _row(self, row: Row) -> None:
        addresses = self._addresses(row)
        if not addresses.good:
            trouble = Trouble.NOT_AN_ADDRESS if addresses.bad else Trouble.NO_ADDRESS
            self._reject(row, trouble, Purpose.ADDRESS, "; ".join(addresses.bad))
            return
        value = self.columns.cell
        name = read_name(
            value(row, Purpose.GIVEN_NAME),
            value(row, Purpose.PREFIX),
            value(row, Purpose.FAMILY_NAME),
            value(row, Purpose.FULL_NAME) or addresses.name,
        )
        if is_too_long(name):
            purpose = Purpose.GIVEN_NAME if self.columns.of(Purpose.GIVEN_NAME) else Purpose.FULL_NAME
            self._reject(row, Trouble.NAME_TOO_LONG, purpose, str(name.given_name)[:60])
            return
        if addresses.bad:
            self._remark(row, Trouble.ADDRESS_LEFT_OUT, Purpose.ADDRESS, "; ".join(addresses.bad))
        line = Line(
            row=row.number,
            name=name,
            addresses=addresses.good,
            organisation=_as_it_stands(value(row, Purpose.ORGANISATION)),
            unit=_as_it_stands(value(row, Purpose.UNIT)),
            policy_field=_as_it_stands(value(row, Purpose.FIELD)),
            level=self._level(row),
            since=self._since(row),
        )
        known = sorted({self.by_address[address] for address in line.addresses if address in self.by_address})
        if known:
            self._double(line, known)
        else:
            self._keep(line)

    def _addresses(self, row: Row) -> Addresses:
        cells = [read_addresses(row.cell(column.index)) for column in self.columns.of(Purpose.ADDRESS)]
        good = tuple(dict.fromkeys(address for cell in cells for address in cell.good))
        bad = tuple(text for cell in cells for text in cell.bad)
        return Addresses(good, bad, next((cell.name for cell in cells if cell.name), ""))

    def _keep(self, line: Line) -> None:
        if not line.name.given_name:
            self.found.remarks.append(Remark(line.row, Trouble.NO_NAME, text=line.address))
            line = _with(line, name=Name(line.address.partition("@")[0][:100], "", ""))
        for address in line.addresses:
            self.by_address[address] = len(self.found.lines)
        self.found.lines.append(line)

    def _double(self, line: Line, known: list[int]) -> None:
        """The first row counts; it takes over what it lacks, and addresses that are new."""
        first = self.found.lines[known[0]]
        shared = next(address for address in line.addresses if self.by_address.get(address) == known[0])
        if len(known) > 1:
            self.found.remarks.append(Remark(line.row, Trouble.TWO_PEOPLE, text="; ".join(line.addresses)))
        more = tuple(address for address in line.addresses if address not in self.by_address)
        for address in more:
            self.by_address[address] = known[0]
        self.found.lines[known[0]] = _with(
            first,
            addresses=(*first.addresses, *more),
            organisation=first.organisation or line.organisation,
            unit=first.unit or line.unit,
            policy_field=first.policy_field or line.policy_field,
            level=first.level or line.level,
            since=first.since or line.since,
        )
        self.found.doubles.append(Double(line.row, first.row, shared, tuple(_differences(first, line))))

    def _level(self, row: Row) -> Level | None:
        value = self.columns.cell(row, Purpose.LEVEL)
        level = read_level(value)
        if level is None and says_something(clean_text(value)):
            self._remark(row, Trouble.LEVEL_UNKNOWN, Purpose.LEVEL, clean_text(value))
        return level

    def _since(self, row: Row) -> date | None:
        value = self.columns.cell(row, Purpose.SINCE)
        day = read_day(value) if says_something(clean_text(value)) else NO_DAY
        if day.is_text:
            self.found.text_dates.append(row.number)
        if day.is_text and day.on is None:
            self._remark(row, Trouble.DAY_UNREADABLE, Purpose.SINCE, clean_text(value))
        return day.on

    def _reject(self, row: Row, trouble: Trouble, purpose: Purpose, text: str = "") -> None:
        self.found.rejected.append(Remark(row.number, trouble, self._cell(row, purpose), text))

    def _remark(self, row: Row, trouble: Trouble, purpose: Purpose, text: str = "") -> None:
        self.found.remarks.append(Remark(row.number, trouble, self._cell(row, purpose), text))


def _as_it_stands(value: Value) -> str:
    """Text with its spaces, if it is more than spaces."""
    text = clean_text(value)
    return (value if isinstance(value, str) else text) if says_something(text) else ""


def _with(line: Line, **changes: object) -> Line:
    return Line(**{**line.__dict__, **changes})


def _differences(first: Line, second: Line) -> Iterable[tuple[Purpose, str, str]]:
    pairs: list[tuple[Purpose, object, object]] = [
        (Purpose.FULL_NAME, _shown(first.name), _shown(second.name)),
        (Purpose.ORGANISATION, clean_text(first.organisation), clean_text(second.organisation)),
        (Purpose.UNIT, clean_text(first.unit), clean_text(second.unit)),
        (Purpose.FIELD, clean_text(first.policy_field), clean_text(second.policy_field)),
        (Purpose.LEVEL, first.level.label if first.level else "", second.level.label if second.level else ""),
        (Purpose.SINCE, _day(first.since), _day(second.since)),
    ]
    for purpose, one, other in pairs:
        if one != other and other:
            yield purpose, str(one), str(other)


def _day(day: date | None) -> str:
    return f"{day:%d-%m-%Y}" if day else ""


def _shown(name: Name) -> str:
    return " ".join(part for part in name if part)
