"""The spread as one drawing: a row for each organisation, a column for each policy field, a dot for each person.

Who takes part is a full dot, who asked to is an open one. Who is missing is drawn too: a dashed ring where a row or a
column is empty.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from leerkring.direction.programmes.spread import Spread

NAMES = 236
COLUMN = 104
ROW = 30
HEAD = 40
DOT = 11
MOST = 6
LONGEST = 26


@dataclass(frozen=True)
class Dot:
    x: int
    y: int
    is_open: bool


@dataclass(frozen=True)
class Line:
    """A row: the name of the organisation, and its dots."""

    name: str
    y: int
    middle: int
    dots: list[Dot]
    numbers: list[tuple[int, int]]
    """Where a cell has more people than dots fit: place and number."""
    is_missing: bool


@dataclass(frozen=True)
class Head:
    name: str
    x: int
    is_missing: bool


class SpreadPicture:
    def __init__(self, spread: Spread, taking_part: Spread) -> None:
        """`spread` counts who asked to take part too."""
        full = {
            (row.organisation.pk, cell.field.pk if cell.field else None): cell.count
            for row in taking_part.rows
            for cell in row.cells
        }
        missing = set(spread.missing_fields)
        self.heads = [
            Head(_short(field.name if field else _("no field"), 15), NAMES + COLUMN * index, field in missing)
            for index, field in enumerate(spread.fields)
        ]
        self.lines = []
        for number, row in enumerate(spread.rows):
            y = HEAD + ROW * number
            dots, numbers = [], []
            for index, cell in enumerate(row.cells):
                x = NAMES + COLUMN * index
                inside = full.get((row.organisation.pk, cell.field.pk if cell.field else None), 0)
                dots += [
                    Dot(x + 6 + (DOT + 2) * place, y + ROW // 2, place >= inside)
                    for place in range(min(cell.count, MOST))
                ]
                if cell.count > MOST:
                    numbers.append((x + 6 + (DOT + 2) * MOST, cell.count))
            self.lines.append(
                Line(_short(row.organisation.name, LONGEST), y, y + ROW // 2, dots, numbers, not row.count)
            )
        self.width = NAMES + COLUMN * max(len(self.heads), 1)
        self.height = HEAD + ROW * len(self.lines) + 4
        self.names = NAMES


def _short(name: str, longest: int) -> str:
    return name if len(name) <= longest else name[: longest - 1].rstrip() + "…"
