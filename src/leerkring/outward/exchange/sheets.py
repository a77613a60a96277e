"""Reads a list from .xlsx or .csv into rows, or says in a sentence why it cannot."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import python_calamine
from django.utils.translation import gettext as _

from leerkring.outward.exchange import unpacking
from leerkring.outward.exchange.cleaning import Value, clean_text
from leerkring.outward.exchange.unpacking import Unreadable, column_letters

__all__ = ["MAX_BYTES", "MAX_ROWS", "Row", "SpreadSheet", "Table", "Unreadable", "check_size", "column_letters", "read"]

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_CELL = 5000


@dataclass(frozen=True)
class Row:
    """A row that holds something, with its number in the sheet."""

    number: int
    values: Sequence[Value]

    def cell(self, index: int) -> Value:
        return self.values[index] if index < len(self.values) else ""


@dataclass(frozen=True)
class Table:
    """One sheet: its rows that hold something."""

    name: str
    rows: list[Row]
    width: int
    empty_formulas: tuple[str, ...] = ()
    """Cells with a formula whose value was not kept in the file."""
    formulas: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.rows)


@dataclass(frozen=True)
class SpreadSheet:
    """A file with one or more sheets. `hidden` sheets are named too, but never taken unasked."""

    file_name: str
    names: tuple[str, ...]
    hidden: frozenset[str] = frozenset()
    _content: bytes = field(default=b"", repr=False)
    _inspection: unpacking.Inspection | None = field(default=None, repr=False)
    _csv: Table | None = field(default=None, repr=False)

    def table(self, name: str) -> Table:
        """The rows of one sheet. Raises Unreadable when there is no such sheet, or it is too large."""
        if self._csv is not None:
            return self._csv
        if name not in self.names or self._inspection is None:
            raise Unreadable(
                _("There is no sheet %(name)s in this file. It has: %(names)s.")
                % {"name": name, "names": ", ".join(self.names)}
            )
        scan = self._inspection.sheets.get(name, unpacking.Scan())
        _check_rows(scan.filled_rows)
        return _table(name, _calamine_rows(self._content, name), scan)

    @property
    def visible(self) -> tuple[str, ...]:
        return tuple(name for name in self.names if name not in self.hidden) or self.names

    def others(self, name: str) -> list[str]:
        """The sheets that were not read, in their order; empty ones left out."""
        if self._inspection is None:
            return []
        return [
            other
            for other in self.names
            if other != name and self._inspection.sheets.get(other, unpacking.Scan()).filled_rows
        ]


def check_size(byte_count: int) -> None:
    """Raises Unreadable for a file that is too large to be a list, before anything of it is read."""
    if byte_count > MAX_BYTES:
        raise Unreadable(
            _("This file is %(size)s MB; a list may be 5 MB. Take out pictures and other sheets, or save it as .csv.")
            % {"size": max(6, round(byte_count / 1024 / 1024))}
        )


def read(file_name: str, content: bytes) -> SpreadSheet:
    """Open a list by what it is, whatever its name says. Raises Unreadable with a sentence on what to do."""
    check_size(len(content))
    if not content.strip():
        raise Unreadable(_("This file is empty."))
    if content[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _read_xlsx(file_name, content)
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Unreadable(_("This file is protected by a password. Take the password away and try again."))
        raise Unreadable(_("This is an old Excel file (.xls). Save it as .xlsx or .csv and try again."))
    return _read_csv(file_name, content)


# .xlsx


def _read_xlsx(file_name: str, content: bytes) -> SpreadSheet:
    inspection = unpacking.inspect(content)
    with _workbook(content) as book:
        sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet]
    visible = python_calamine.SheetVisibleEnum.Visible
    if not sheets:
        raise Unreadable(_("This file is empty."))
    names = tuple(sheet.name for sheet in sheets)
    hidden = frozenset(sheet.name for sheet in sheets if sheet.visible != visible)
    return SpreadSheet(file_name, names, hidden, content, inspection)


def _workbook(content: bytes) -> python_calamine.CalamineWorkbook:
    try:
        return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    except python_calamine.PasswordError:
        raise Unreadable(_("This file is protected by a password. Take the password away and try again.")) from None
    except Exception:
        raise _damaged() from None
    except BaseException as error:
        _raise_unless_panic(error)
        raise _damaged() from None


def _calamine_rows(content: bytes, name: str) -> Sequence[Sequence[Value]]:
    try:
        with _workbook(content) as book:
            return book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except Exception as error:
        if isinstance(error, Unreadable):
            raise
        raise _damaged() from None
    except BaseException as error:
        _raise_unless_panic(error)
        raise _damaged() from None


def _raise_unless_panic(error: BaseException) -> None:
    """The reader is written in Rust; what goes wrong deep inside it does not arrive as an Exception."""
    if type(error).__name__ != "PanicException":
        raise error


def _damaged() -> Unreadable:
    return Unreadable(_("This file is damaged. Open it in your spreadsheet program and save it again."))


def _check_rows(count: int) -> None:
    if count > MAX_ROWS:
        raise Unreadable(
            _("This list has %(count)s rows; %(most)s fit in at once. Cut it in parts.")
            % {"count": count, "most": MAX_ROWS}
        )


def _table(name: str, rows: Sequence[Sequence[Value]], scan: unpacking.Scan) -> Table:
    kept = [Row(number, row) for number, row in enumerate(rows, start=1) if any(_holds(value) for value in row)]
    width = min(max((len(row.values) for row in kept), default=0), MAX_COLUMNS)
    return Table(name, kept, width, tuple(scan.empty_formulas), frozenset(scan.formulas))


def _holds(value: Value) -> bool:
    return value not in ("", None) and bool(clean_text(value) if isinstance(value, str) else True)


# .csv

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?: 00:00:00)?")
_NOT_TEXT = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"{\\rtf",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\x7fELF",
    b"MZ",
)


def _read_csv(file_name: str, content: bytes) -> SpreadSheet:
    text = _decode(content)
    start = text.lstrip()[:200].casefold()
    if start.startswith(("<!doctype", "<html", "<?xml", "<table")):
        raise Unreadable(_("This is a web page or an XML file. Save it as .xlsx or .csv and try again."))
    rows = list(_csv_rows(text))
    name = "csv"
    table = _table(name, rows, unpacking.Scan())
    if not table:
        raise Unreadable(_("This file is empty."))
    return SpreadSheet(file_name, (name,), _csv=table)


def _decode(content: bytes) -> str:
    """The text of a .csv: UTF-8 with or without a mark, UTF-16 with one, else what Windows in these parts writes."""
    not_text = Unreadable(_("This is not a spreadsheet. Choose an .xlsx or .csv file."))
    if content.startswith(_NOT_TEXT):
        raise not_text
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError:
            raise not_text from None
    strange = sum(1 for sign in text[:20_000] if ord(sign) < 32 and sign not in "\t\r\n\f\v")
    if "\x00" in text or strange > 20:
        raise not_text
    return text


def _csv_rows(text: str) -> Iterator[list[Value]]:
    delimiter, text = _delimiter(text)
    filled = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=_is_strict(text, delimiter))
    try:
        for row in reader:
            filled += any(row)
            _check_rows(filled)
            yield [_as_day(value[:MAX_CELL]) for value in row[:MAX_COLUMNS]]
    except csv.Error:
        raise Unreadable(
            _("Line %(line)s of this file cannot be read: a quotation mark opens there and never closes.")
            % {"line": reader.line_num}
        ) from None


def _is_strict(text: str, delimiter: str) -> bool:
    """Read strictly when the file allows it, or when a quotation mark is left open, so that it is told."""
    try:
        for _row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return "end of data" in str(error) or "field larger" in str(error)
    return True


def _as_day(value: str) -> Value:
    """Programs write date cells to .csv as 2023-03-12: such a cell is a date, as it was in the sheet."""
    if _ISO_DAY.fullmatch(value):
        try:
            return date.fromisoformat(value[:10])
        except ValueError:
            return value
    return value


def _delimiter(text: str) -> tuple[str, str]:
    """The sign between the cells, and the text without a first line that only names it (`sep=;`)."""
    first, _, rest = text.partition("\n")
    if first.strip().casefold().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[4], "\n" + rest
    lines = [line for line in text[:50_000].splitlines() if line.strip()][:40]
    return max(";\t,|", key=lambda sign: _fit(lines, sign)), text


def _fit(lines: list[str], sign: str) -> tuple[int, int]:
    """How many lines agree on the number of cells, when cut at this sign; then how many cells there are."""
    counts = [len(row) for row in csv.reader(lines, delimiter=sign)]
    several = [count for count in counts if count > 1]
    if not several:
        return (0, 0)
    usual = max(set(several), key=several.count)
    return (several.count(usual) + (usual > 2), usual)
