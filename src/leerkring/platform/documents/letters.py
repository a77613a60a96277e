"""Which signs our fonts can print: a sign that none of them has would stop a tagged PDF from being made."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import cache
from pathlib import Path
from typing import Any

COVERAGE = Path(__file__).with_name("fonts") / "coverage.txt"
TURNERS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
"""They turn the direction of what follows: in a name they could make a paper read differently than it is."""
IN_PLACE = "\u25a1"


def printable(text: str) -> str:
    """The text as our fonts can print it: a letter that they lack becomes an open square, a picture goes."""
    kept = (_printable(sign) for sign in unicodedata.normalize("NFC", text))
    return "".join(kept)


def printable_data(data: Any) -> Any:
    """The same for everything inside."""
    match data:
        case str():
            return printable(data)
        case dict():
            return {key: printable_data(value) for key, value in data.items()}
        case list() | tuple():
            return [printable_data(value) for value in data]
        case _other:
            return data


def _printable(sign: str) -> str:
    if sign in "\n\t":
        return sign
    category = unicodedata.category(sign)
    if category in ("Cc", "Cs", "Co", "Cn") or sign in TURNERS:
        return ""
    if _is_covered(ord(sign)):
        return sign
    return IN_PLACE if category[0] in "LN" else ""


def _is_covered(code: int) -> bool:
    starts, ends = _ranges()
    place = bisect_right(starts, code) - 1
    return place >= 0 and code <= ends[place]


@cache
def _ranges() -> tuple[list[int], list[int]]:
    lines = [line.split("-") for line in COVERAGE.read_text(encoding="ascii").split()]
    return [int(start, 16) for start, _end in lines], [int(end, 16) for _start, end in lines]
