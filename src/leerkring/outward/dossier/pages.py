"""The pages of a dossier, from its own tables and from nothing else, so that they show no more than those hold.

They are Dutch, as the whole dossier is (docs/adr/0014-dossier.md), and need no product and no network to be read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.text import capfirst

from leerkring.community.memberships.enums import Label
from leerkring.outward.dossier.gathering import Gathered
from leerkring.outward.dossier.table import Row
from leerkring.outward.dossier.tables import NAMED

LABEL_WORDS = {
    Label.GROUP: "alleen voor de groep",
    Label.PROGRAMME: "voor het programma",
    Label.ORGANISATIONS: "voor de organisaties",
    Label.PUBLIC: "openbaar",
}
FEWER = {"fewer than five": "minder dan vijf", "not shown": "niet getoond"}


@dataclass(frozen=True)
class Lines:
    """A small table on a page."""

    caption: str
    heads: list[str]
    rows: list[list[str]]


@dataclass(frozen=True)
class Part:
    """One thing on a page: what it is called, facts about it in a few words, its texts, its tables."""

    anchor: str
    title: str
    label: str = ""
    facts: list[tuple[str, str]] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    tables: list[Lines] = field(default_factory=list)
    files: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Page:
    path: str
    title: str
    lead: str
    parts: list[Part]


class Book:
    """The tables, with rows at hand by what they belong to."""

    def __init__(self, gathered: Gathered) -> None:
        self.gathered = gathered
        self.tables = gathered.tables
        self._by: dict[tuple[str, str], dict[Any, list[Row]]] = {}

    def of(self, table: str, column: str, value: Any) -> list[Row]:
        key = (table, column)
        if key not in self._by:
            found: dict[Any, list[Row]] = defaultdict(list)
            for row in self.tables[table]:
                found[row[column]].append(row)
            self._by[key] = found
        return self._by[key].get(value, [])

    def named(self, table: str, ids: Iterable[int] | int | None, column: str) -> str:
        wanted = [ids] if isinstance(ids, int) else list(ids or [])
        return "; ".join(str(row[column] or "") for pk in wanted for row in self.of(table, "id", pk))


def day_words(value: str | None) -> str:
    day = parse_date((value or "")[:10])
    return date_format(day, "j F Y") if isinstance(day, date) else ""


def label_words(label: str) -> str:
    return LABEL_WORDS[Label(label)] if label else ""


def said(table: str, column: str, value: Any) -> str:
    """The Dutch of a word of ours."""
    if value in (None, ""):
        return ""
    return str(capfirst(NAMED[table].words[column](value).label))


def facts_of(*pairs: tuple[str, Any]) -> list[tuple[str, str]]:
    return [(name, str(FEWER.get(str(value), value))) for name, value in pairs if value not in (None, "")]


def filled(*tables: Lines) -> list[Lines]:
    return [table for table in tables if table.rows]
