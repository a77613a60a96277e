"""The harvest in its second look: what still waits for a place, and what has one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leerkring.cycle.insights.enums import HarvestKind
from leerkring.cycle.insights.models import HarvestItem

FIRST_CHOICE = {
    HarvestKind.INSIGHT: "insight",
    HarvestKind.QUESTION: "question",
    HarvestKind.BARRIER: "question",
    HarvestKind.COMMITMENT: "commitment",
    HarvestKind.ACTION: "action",
}
"""What a line of this kind most likely becomes. A note may stay a note."""


@dataclass(frozen=True)
class SortLine:
    item: HarvestItem

    @property
    def first_choice(self) -> str:
        return FIRST_CHOICE.get(HarvestKind(self.item.kind), "")

    @property
    def is_commitment(self) -> bool:
        return self.item.kind == HarvestKind.COMMITMENT


@dataclass(frozen=True)
class Sorting:
    waiting: list[SortLine]
    notes: list[SortLine]
    done: list[SortLine]

    @property
    def total(self) -> int:
        return len(self.waiting) + len(self.notes) + len(self.done)


def sorting_of(items: Sequence[HarvestItem]) -> Sorting:
    """Lines in the order of typing; notes stand apart, because they may stay what they are."""
    lines = [SortLine(item) for item in items]
    open_lines = [line for line in lines if not line.item.is_promoted]
    return Sorting(
        waiting=[line for line in open_lines if line.item.kind != HarvestKind.NOTE],
        notes=[line for line in open_lines if line.item.kind == HarvestKind.NOTE],
        done=[line for line in lines if line.item.is_promoted],
    )
