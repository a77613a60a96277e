"""The spread as one drawing: a row for each organisation, a column for each policy field, a dot for each person.

Who takes part is a full dot, who asked to is an open one. Who is missing is drawn too: a dashed ring where a row or a
column is empty. Where there is no room for columns, each row names its fields itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from leerkring.community.people.models import Organisation
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
class Part:
    """The people of one organisation on one policy field, as a drawing of its own."""

    name: str
    dots: list[Dot]
    taking_part: int
    asking: int

    @property
    def width(self) -> int:
        return len(self.dots) * (DOT + 2)

    @property
    def count(self) -> int:
        return self.taking_part + self.asking

    @property
    def has_more(self) -> bool:
        return self.count > len(self.dots)


@dataclass(frozen=True)
class Line:
    """A row: the name of the organisation, and its dots."""

    organisation: Organisation
    name: str
    y: int
    middle: int
    dots: list[Dot]
    numbers: list[tuple[int, int]]
    """Where a cell has more people than dots fit: place and number."""
    is_missing: bool
    parts: list[Part]


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
            dots, numbers, parts = [], [], []
            for index, cell in enumerate(row.cells):
                x = NAMES + COLUMN * index
                inside = full.get((row.organisation.pk, cell.field.pk if cell.field else None), 0)
                dots += _dots(x + 6, y + ROW // 2, cell.count, inside)
                if cell.count > MOST:
                    numbers.append((x + 6 + (DOT + 2) * MOST, cell.count))
                if cell.count:
                    name = cell.field.name if cell.field else _("no field")
                    parts.append(Part(name, _dots(6, 7, cell.count, inside), inside, cell.count - inside))
            name, middle = _short(row.organisation.name, LONGEST), y + ROW // 2
            self.lines.append(Line(row.organisation, name, y, middle, dots, numbers, not row.count, parts))
        self.width = NAMES + COLUMN * max(len(self.heads), 1)
        self.height = HEAD + ROW * len(self.lines) + 4
        self.names = NAMES


def _dots(x: int, y: int, count: int, inside: int) -> list[Dot]:
    """Side by side, who takes part first; as many as fit."""
    return [Dot(x + (DOT + 2) * place, y, place >= inside) for place in range(min(count, MOST))]


def _short(name: str, longest: int) -> str:
    return name if len(name) <= longest else name[: longest - 1].rstrip() + "…"
