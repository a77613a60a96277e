"""Rounds as rows of a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from leerkring.formats.intervisie.library import Sheet
from leerkring.formats.intervisie.models import Round
from leerkring.formats.intervisie.sheets import sheet_of_round


@dataclass(frozen=True)
class Row:
    round: Round
    sheet: Sheet


def rows_of(rounds: Iterable[Round]) -> list[Row]:
    return [Row(round_, sheet_of_round(round_)) for round_ in rounds]
