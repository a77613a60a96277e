"""A look into an .xlsx file before it is opened: is it one, does it stay small when unpacked, where are formulas.

An .xlsx file is a zip of XML. What its directory says about sizes may be a lie, so everything is unpacked once,
piece by piece and counted, and read by a parser that keeps nothing.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from posixpath import normpath
from xml.parsers import expat

from django.utils.translation import gettext as _

from leerkring.platform.rules import Refused

MAX_UNPACKED = 80 * 1024 * 1024
MAX_ENTRIES = 1000
MAX_CELLS = 4_000_000
PIECE = 256 * 1024
STORED, DEFLATED = 0, 8
ENCRYPTED_FLAG = 0x1


class Unreadable(Refused):
    """A file that cannot be read; the message says why and what to do."""


@dataclass
class Scan:
    """What one sheet holds, without its values."""

    last_row: int = 0
    last_column: int = 0
    filled_rows: int = 0
    empty_formulas: list[str] = field(default_factory=list)
    formulas: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Inspection:
    """The scans of the sheets by their names."""

    sheets: dict[str, Scan]


def inspect(content: bytes) -> Inspection:
    """Look into an .xlsx file. Raises Unreadable for what is none, is damaged, or grows too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, OverflowError):
        raise Unreadable(_("This file is damaged. Open it in your spreadsheet program and save it again.")) from None
    _check_kind({entry.filename for entry in entries})
    _check_size(entries)
    scans: dict[str, Scan] = {}
    parts: dict[str, bytes] = {}
    left = MAX_UNPACKED
    for entry in entries:
        unpacked = _unpack(content, entry, left)
        left -= len(unpacked)
        if b"sheetData" in unpacked:
            scans[entry.filename] = scan = scan_sheet(unpacked)
            _check_extent(scan)
        elif entry.filename in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
            parts[entry.filename] = unpacked
    return Inspection(_by_name(scans, parts))


def _check_kind(names: set[str]) -> None:
    if "xl/workbook.xml" in names:
        return
    if "xl/workbook.bin" in names:
        raise Unreadable(_("This is a binary Excel file (.xlsb). Save it as .xlsx or .csv and try again."))
    if "content.xml" in names and "mimetype" in names:
        raise Unreadable(_("This is an OpenDocument file (.ods). Save it as .xlsx or .csv and try again."))
    raise Unreadable(_("This is not a spreadsheet. Choose an .xlsx or .csv file."))


def _check_size(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise _too_large()
    for entry in entries:
        if entry.flag_bits & ENCRYPTED_FLAG:
            raise Unreadable(_("This file is protected by a password. Take the password away and try again."))
        if entry.compress_type not in (STORED, DEFLATED):
            raise Unreadable(_("This file is damaged. Open it in your spreadsheet program and save it again."))


def _too_large() -> Unreadable:
    return Unreadable(_("Unpacked, this file is too large. Keep only the sheet with the list and save it as .csv."))


def _unpack(content: bytes, entry: zipfile.ZipInfo, limit: int) -> bytes:
    """The bytes of one entry, by our own count. Raises Unreadable beyond the limit."""
    start = entry.header_offset
    header = content[start : start + 30]
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        raise Unreadable(_("This file is damaged. Open it in your spreadsheet program and save it again."))
    start += 30 + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    packed = memoryview(content)[start : start + entry.compress_size]
    if entry.compress_type == STORED:
        if len(packed) > limit:
            raise _too_large()
        return bytes(packed)
    return b"".join(_inflate(packed, limit))


def _inflate(packed: memoryview, limit: int) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    total = 0
    waiting: bytes | memoryview = packed
    while len(waiting) and not inflater.eof:
        try:
            piece = inflater.decompress(waiting, PIECE)
        except zlib.error:
            raise Unreadable(
                _("This file is damaged. Open it in your spreadsheet program and save it again.")
            ) from None
        waiting = inflater.unconsumed_tail
        total += len(piece)
        if total > limit:
            raise _too_large()
        yield piece


_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ROW = re.compile(r"[1-9][0-9]{0,6}")


def _named(pattern: re.Pattern[str], text: str) -> re.Match[str]:
    """A place that reads otherwise than spreadsheet programs write it could be read otherwise by another reader."""
    found = pattern.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return found


def _check_extent(scan: Scan) -> None:
    """Who opens a sheet lays out every cell up to the last one that is filled, so that one may not be far away."""
    if scan.last_row * scan.last_column > MAX_CELLS:
        raise Unreadable(
            _("Something stands far away from the list, up to cell %(cell)s. Clear it, or copy the list to a new file.")
            % {"cell": f"{column_letters(scan.last_column - 1)}{scan.last_row}"}
        )


class _SheetReader:
    """Counts rows and cells of a sheet and finds formulas without a value."""

    def __init__(self) -> None:
        self.scan = Scan()
        self.row = self.column = 0
        self.cell_row = 0
        self.has_formula = self.has_value = self.in_value = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "row":
                self.row = int(_named(_ROW, attributes["r"])[0]) if "r" in attributes else self.row + 1
                self.column = 0
            case "c":
                place = _named(_CELL, attributes["r"]) if "r" in attributes else None
                self.column = column_number(place[1]) if place else self.column + 1
                self.cell_row = int(place[2]) if place else self.row
                self.has_formula = self.has_value = False
            case "f":
                self.has_formula = True
            case "v" | "t":
                self.in_value = True

    def text(self, text: str) -> None:
        if self.in_value and text:
            self.has_value = True

    def end(self, name: str) -> None:
        match name.rpartition(":")[2]:
            case "v" | "t":
                self.in_value = False
            case "c":
                self._cell_ends()

    def _cell_ends(self) -> None:
        scan = self.scan
        if self.has_formula:
            cell = f"{column_letters(self.column - 1)}{self.cell_row}"
            scan.formulas.add(cell)
            if not self.has_value:
                scan.empty_formulas.append(cell)
        if self.has_value:
            scan.filled_rows += self.cell_row != scan.last_row
            scan.last_row = max(scan.last_row, self.cell_row)
            scan.last_column = max(scan.last_column, self.column)


def scan_sheet(xml: bytes) -> Scan:
    """Count what a sheet holds. Raises Unreadable when it is no well-formed XML."""
    reader = _SheetReader()
    parser = expat.ParserCreate()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.EntityDeclHandler = _no_entities
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError):
        raise Unreadable(_("This file is damaged. Open it in your spreadsheet program and save it again.")) from None
    return reader.scan


def _no_entities(*_arguments: object) -> None:
    raise Unreadable(_("This file is damaged. Open it in your spreadsheet program and save it again."))


def _by_name(scans: dict[str, Scan], parts: dict[str, bytes]) -> dict[str, Scan]:
    """The scans by the names of the sheets, found through the workbook and its relations."""
    targets: dict[str, str] = {}
    for name, attributes in _elements(parts.get("xl/_rels/workbook.xml.rels", b"")):
        if name == "Relationship":
            target = attributes.get("Target", "")
            targets[attributes.get("Id", "")] = target.lstrip("/") if target[:1] == "/" else normpath("xl/" + target)
    found: dict[str, Scan] = {}
    for name, attributes in _elements(parts.get("xl/workbook.xml", b"")):
        if name == "sheet":
            relation = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            path = targets.get(relation, "")
            if path in scans:
                found[attributes.get("name", "")] = scans[path]
    return found


def _elements(xml: bytes) -> list[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []
    if not xml:
        return found
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: found.append((name.rpartition(":")[2], attributes))
    parser.EntityDeclHandler = _no_entities
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError):
        raise Unreadable(_("This file is damaged. Open it in your spreadsheet program and save it again.")) from None
    return found


def column_letters(index: int) -> str:
    """A, B, ... Z, AA for 0, 1, ... 25, 26."""
    letters = ""
    index += 1
    while index > 0:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
