"""A QR code as one path of squares, for a picture that needs no image file and no style."""

from dataclasses import dataclass
from functools import lru_cache

import segno

QUIET = 2
"""White modules around the picture."""


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
