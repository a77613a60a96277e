"""The files of a dossier, in a fixed order, byte for byte the same for the same state."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from typing import Any

import xlsxwriter
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.dateparse import parse_datetime

from leerkring.outward.dossier.contents import pages_of
from leerkring.outward.dossier.gathering import COMPARED, COMPARISONS, LANGUAGE, Gathered
from leerkring.outward.dossier.pages import LABEL_WORDS, day_words
from leerkring.outward.dossier.table import Row
from leerkring.outward.dossier.tables import TABLES

SCHEMA = 1
"""Rises when a column goes or means something else; new tables and columns come without that."""
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
LONGEST_CELL = 32_000
AT_ONCE = 1 << 20
ABOUT_COMPARISONS = "Wat er van elke leervraag werd, van de ene versie van de leeragenda naar de volgende."

File = tuple[str, Iterator[bytes]]


def files_of(gathered: Gathered) -> Iterator[File]:
    """Everything but the manifest, each file as a path and its bytes in pieces."""
    with translation.override(LANGUAGE):
        made = dict(_papers(gathered))
    made["dossier.json"] = document_of(gathered)
    for name in gathered.tables:
        made[f"tabellen/{name}.csv"] = csv_of(columns_of(name, gathered), gathered.tables[name])
    made["tabellen.xlsx"] = workbook_of(gathered)
    made |= {path: text.encode() for path, text in gathered.methods.items()}
    kept = {kept.path: kept.file for kept in gathered.kept if kept.is_there}
    for path in sorted(made.keys() | kept.keys()):
        yield path, iter([made[path]]) if path in made else _read(kept[path])


class Manifest:
    """Counts and weighs each file as it goes by."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []

    def watch(self, path: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
        digest, size = hashlib.sha256(), 0
        for piece in pieces:
            digest.update(piece)
            size += len(piece)
            yield piece
        self.rows.append({"path": path, "bytes": size, "sha256": digest.hexdigest()})

    def files(self) -> Iterator[File]:
        document = json.dumps({"files": self.rows}, ensure_ascii=False, indent=2).encode() + b"\n"
        own = {"path": "manifest.json", "sha256": hashlib.sha256(document).hexdigest()}
        lines = [f"{row['sha256']}  {row['path']}\n" for row in [*self.rows, own]]
        yield "manifest.json", iter([document])
        yield "SHA256SUMS", iter(["".join(lines).encode()])


def columns_of(name: str, gathered: Gathered) -> list[str]:
    """As the rows have them, and as the table says where there are none."""
    if name == COMPARISONS:
        return COMPARED
    rows = gathered.tables[name]
    return list(rows[0]) if rows else next(table.names for table in TABLES if table.name == name)


def document_of(gathered: Gathered) -> bytes:
    document = {
        "leerkring_dossier": SCHEMA,
        "programme": gathered.programme["slug"],
        "as_of": gathered.as_of,
        "labels": [label.value for label in gathered.scope.labels],
        "tables": gathered.tables,
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def csv_of(columns: list[str], rows: list[Row]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_quoted(_cell(row[column])) for column in columns] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def workbook_of(gathered: Gathered) -> bytes:
    """Every cell is text or a number and never a formula, whatever people typed."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        created = parse_datetime(f"{gathered.as_of}T00:00:00")
        book.set_properties({"title": gathered.programme["name"], "created": created})
        head = book.add_format({"bold": True, "bottom": 2})
        text = book.add_format({"text_wrap": True, "valign": "top"})
        for name, rows in gathered.tables.items():
            sheet = book.add_worksheet(name[:31])
            columns = columns_of(name, gathered)
            sheet.write_row(0, 0, columns, head)
            sheet.set_column(0, len(columns) - 1, 24)
            sheet.freeze_panes(1, 0)
            for line, row in enumerate(rows, start=1):
                for place, column in enumerate(columns):
                    _write(sheet, line, place, row[column], text)
    return out.getvalue()


def _write(sheet: Any, line: int, place: int, value: Any, text: Any) -> None:
    if isinstance(value, int) and not isinstance(value, bool):
        sheet.write_number(line, place, value, text)
    elif (words := _quoted(_cell(value))) != "":
        sheet.write_string(line, place, words[:LONGEST_CELL], text)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and all(isinstance(one, int | str) for one in value):
        return " ".join(str(one) for one in value)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return str(value)


def _quoted(words: str) -> str:
    return f"'{words}" if words.startswith(FORMULA_SIGNS) else words


def _papers(gathered: Gathered) -> Iterator[tuple[str, bytes]]:
    programme, scope = gathered.programme, gathered.scope
    pages = pages_of(gathered)
    around = {
        "programme": programme,
        "as_of_words": day_words(gathered.as_of),
        "starts_words": day_words(programme["starts_on"]),
        "ended_words": day_words(programme["ended_on"]),
        "labels": [LABEL_WORDS[label] for label in scope.labels],
    }
    yield "dossier.css", _rendered("dossier.css", {})
    yield "index.html", _rendered("index.html", {**around, "title": "Inhoud", "pages": pages})
    for page in pages:
        yield page.path, _rendered("page.html", {**around, "title": page.title, "page": page})
    about = {table.name: table.about for table in TABLES} | {COMPARISONS: ABOUT_COMPARISONS}
    tables = [
        (name, about[name], ", ".join(f"`{column}`" for column in columns_of(name, gathered)), len(rows))
        for name, rows in gathered.tables.items()
    ]
    told = {"schema": SCHEMA, "tables": tables, "missing": gathered.missing, "methods": gathered.methods}
    who = {"is_whole": scope.is_whole, "names_people": scope.names_people}
    yield "README.md", _rendered("README.md", {**around, **told, **who})


def _rendered(name: str, context: dict[str, Any]) -> bytes:
    return render_to_string(f"dossier/papers/{name}", context).encode()


def _read(file: Any) -> Iterator[bytes]:
    with file.storage.open(file.name, "rb") as content:
        while piece := content.read(AT_ONCE):
            yield piece
