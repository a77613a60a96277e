"""The sign with which a line of the harvest begins says what kind it is: `! Bel eerder` is an insight."""

from __future__ import annotations

from leerkring.cycle.insights.enums import HarvestKind

SIGNS: dict[str, HarvestKind] = {
    "!": HarvestKind.INSIGHT,
    "?": HarvestKind.QUESTION,
    "#": HarvestKind.BARRIER,
    ">": HarvestKind.COMMITMENT,
    "-": HarvestKind.ACTION,
    "=": HarvestKind.ACTION,
}
SIGN_OF: dict[str, str] = {str(kind): sign for sign, kind in reversed(SIGNS.items())}
PLAIN = "\\"
"""Begins a note whose own first character is a sign."""


def read_line(typed: str) -> tuple[HarvestKind, str]:
    """The kind and the text of a line as it was typed."""
    typed = typed.strip()
    if typed.startswith(PLAIN):
        return HarvestKind.NOTE, typed[1:].lstrip()
    kind = SIGNS.get(typed[:1])
    if kind is None:
        return HarvestKind.NOTE, typed
    return kind, typed[1:].lstrip()


def typed_line(kind: str, text: str) -> str:
    """What one would type for this line: `read_line` the other way round."""
    sign = SIGN_OF.get(kind)
    if sign is not None:
        return f"{sign} {text}"
    return f"{PLAIN}{text}" if text[:1] in SIGNS or text.startswith(PLAIN) else text
