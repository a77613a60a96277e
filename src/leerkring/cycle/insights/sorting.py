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
    HarvestKind.ACTION: "action",
}
"""What a line of this kind most likely becomes. A note may stay a note."""
APART = (HarvestKind.NOTE, HarvestKind.COMMITMENT)


@dataclass(frozen=True)
class SortLine:
    item: HarvestItem

    @property
    def first_choice(self) -> str:
        return FIRST_CHOICE.get(HarvestKind(self.item.kind), "")


@dataclass(frozen=True)
class Sorting:
    waiting: list[SortLine]
    commitments: list[HarvestItem]
    notes: list[SortLine]
    done: list[SortLine]

    @property
    def total(self) -> int:
        return self.waiting_count + len(self.notes) + len(self.done)

    @property
    def waiting_count(self) -> int:
        return len(self.waiting) + len(self.commitments)


def sorting_of(items: Sequence[HarvestItem]) -> Sorting:
    """Lines in the order of typing. Notes stand apart, because they may stay what they are; so do commitments,
    for which a floor higher has its own form.
    """
    lines = [SortLine(item) for item in items]
    open_lines = [line for line in lines if not line.item.is_promoted]
    return Sorting(
        waiting=[line for line in open_lines if line.item.kind not in APART],
        commitments=[line.item for line in open_lines if line.item.kind == HarvestKind.COMMITMENT],
        notes=[line for line in open_lines if line.item.kind == HarvestKind.NOTE],
        done=[line for line in lines if line.item.is_promoted],
    )
