"""The minutes of a round, as arithmetic: what is left, when it ends, what is lost, and how to catch up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

LEAST = 1
"""No step becomes shorter than a minute."""


@dataclass(frozen=True)
class Slot:
    """One step: what it was given, and what it took so far (the step that is on: nothing yet)."""

    minutes: int
    spent_seconds: int = 0

    @property
    def rest(self) -> int:
        return max(0, self.minutes * 60 - self.spent_seconds)


def end_of(slots: Sequence[Slot], current: int, left: int, now: datetime) -> datetime:
    """When the round ends if each step takes what it has."""
    return now + timedelta(seconds=max(0, left) + sum(slot.rest for slot in slots[current + 1 :]))


def lost_minutes(end: datetime, due: datetime) -> int:
    """How many minutes later than it would have ended, from half a minute on; 0 when nothing is lost."""
    seconds = (end - due).total_seconds()
    return max(0, int((seconds + 30) // 60))


def spread(lost: int, minutes: Sequence[int]) -> list[int]:
    """What to take off each of these steps: as many whole minutes together as are lost, or as there are to take.

    The longest gives the most. Every step keeps at least a minute.
    """
    spare = [max(0, each - LEAST) for each in minutes]
    wanted, total = min(max(0, lost), sum(spare)), sum(spare)
    if not wanted:
        return [0] * len(minutes)
    taken = [each * wanted // total for each in spare]
    rest = sorted(range(len(spare)), key=lambda index: (-(spare[index] * wanted % total), index))
    for index in rest[: wanted - sum(taken)]:
        taken[index] += 1
    return taken
