"""The way in, as one sees it on a wall: code, address and a picture of it for cameras."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

import segno
from django.conf import settings

QUIET = 2
"""White modules around the picture."""


@dataclass(frozen=True)
class Doorway:
    sign: str

    @property
    def code(self) -> str:
        """In two halves: that is how one reads and types it."""
        return f"{self.sign[:3]} {self.sign[3:]}"

    @property
    def spelled(self) -> str:
        """Sign by sign, for who hears it."""
        return " ".join(self.sign)

    @property
    def address(self) -> str:
        return f"{urlsplit(settings.BASE_URL).netloc}/w"

    @property
    def url(self) -> str:
        return f"{settings.BASE_URL}/w/{self.sign}/"

    @property
    def picture(self) -> Picture:
        return picture_of(self.url)


@dataclass(frozen=True)
class Picture:
    """Squares of a QR code as one path."""

    size: int
    path: str


@lru_cache(maxsize=64)
def picture_of(url: str) -> Picture:
    code = segno.make(url, error="m", micro=False)
    rows = [list(row) for row in code.matrix_iter(border=QUIET)]
    path = "".join(_row(y, row) for y, row in enumerate(rows))
    return Picture(len(rows), path)


def _row(y: int, row: list[int]) -> str:
    """Runs of dark squares as one rectangle each."""
    path, x = "", 0
    while x < len(row):
        if not row[x]:
            x += 1
            continue
        start = x
        while x < len(row) and row[x]:
            x += 1
        path += f"M{start} {y}h{x - start}v1h-{x - start}z"
    return path
