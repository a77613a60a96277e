"""A table of the dossier: its columns in one line, and what happens to a column that points outside the dossier."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone

from leerkring.outward.dossier.scope import Scope
from leerkring.overview.figures.counting import Hidden, veiled

Row = dict[str, Any]


@dataclass(frozen=True)
class Table:
    """`columns` names them with where they come from: `code`, `unit=unit.name`, `owner@owner.name` for a person's
    name, `goal_ids=goals[]` for a list of ids, `present#present_count` for a number of people.

    `refs` says to which table a column points: a reference to what is not in the dossier is emptied. `needs` are
    references without which the row itself is left out.
    """

    name: str
    about: str
    """In Dutch, as the dossier is."""
    rows: Callable[[Scope], Iterable[Any]]
    columns: str
    refs: Mapping[str, str] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    words: Mapping[str, Any] = field(default_factory=dict)
    """Columns whose value is a word of ours: the enum that says it."""
    silent: tuple[str, ...] = ()
    """Columns that stay empty for a meeting that keeps no text."""

    @property
    def names(self) -> list[str]:
        return [name for name, _kind, _path in _parsed(self.columns)]

    def read(self, scope: Scope) -> list[Row]:
        parsed = _parsed(self.columns)
        return [self._row(item, parsed, scope) for item in self.rows(scope)]

    def _row(self, item: Any, parsed: list[tuple[str, str, str]], scope: Scope) -> Row:
        row = {name: _value(item, kind, path, scope) for name, kind, path in parsed}
        if self.silent and not item.keeps_text:
            row |= dict.fromkeys(self.silent, "")
        return row


def _parsed(columns: str) -> list[tuple[str, str, str]]:
    found = []
    for column in columns.split():
        kind = next((sign for sign in "@#=" if sign in column), "=")
        name, _sign, path = column.partition(kind)
        found.append((name, kind, path or name))
    return found


def _value(item: Any, kind: str, path: str, scope: Scope) -> Any:
    if kind == "@" and not scope.names_people:
        return ""
    if path.endswith("[]"):
        return sorted(other.pk for other in getattr(item, path[:-2]).all())
    value = item
    for name in path.split("."):
        try:
            value = getattr(value, name, None) if value is not None else None
        except ObjectDoesNotExist:
            value = None
    if kind == "#":
        counted = veiled(value or 0)
        return counted.value if isinstance(counted, Hidden) else counted
    return plain(value)


def plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bool | int | float | str | list | dict) or value is None:
        return value
    return str(value)


def closed(tables: Mapping[str, list[Row]], specs: Iterable[Table]) -> dict[str, list[Row]]:
    """The same tables, in which nothing points to a row that is not there."""
    specs = list(specs)
    kept = {name: list(rows) for name, rows in tables.items()}
    while True:
        ids = {name: {row["id"] for row in rows if "id" in row} for name, rows in kept.items()}
        left = {
            spec.name: [row for row in kept[spec.name] if all(row[need] in ids[spec.refs[need]] for need in spec.needs)]
            for spec in specs
        }
        if left == kept:
            break
        kept = left
    return {spec.name: [_closed_row(row, spec, ids) for row in kept[spec.name]] for spec in specs}


def _closed_row(row: Row, spec: Table, ids: Mapping[str, set[int]]) -> Row:
    return row | {name: _known(row[name], ids[table]) for name, table in spec.refs.items()}


def _known(value: Any, ids: set[int]) -> Any:
    if isinstance(value, list):
        return [one for one in value if one in ids]
    return value if value in ids else None
