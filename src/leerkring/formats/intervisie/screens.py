"""A running round as everybody sees it: the step that is on, what is allowed now, and when it ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from leerkring.formats.intervisie import queries
from leerkring.formats.intervisie.library import Sheet, SheetStep
from leerkring.formats.intervisie.models import Round
from leerkring.formats.intervisie.sheets import plan_of, sheet_of_round, step_at
from leerkring.formats.intervisie.timing import Slot, end_of, lost_minutes
from leerkring.platform import clock
from leerkring.platform.ui.pictures import Part


@dataclass(frozen=True)
class Now:
    """A round that runs, at this moment."""

    position: int
    count: int
    step: SheetStep
    minutes: int
    left: int
    is_paused: bool
    before: SheetStep | None
    after: SheetStep | None
    parts: tuple[Part, ...]
    total: int
    ends_at: datetime
    lost: int
    spare: int
    """How many minutes the steps to come could give."""
    at: datetime
    step_ends_at: datetime | None

    @property
    def number(self) -> int:
        return self.position + 1

    @property
    def seconds(self) -> int:
        return self.minutes * 60

    @property
    def gives(self) -> int:
        """How many minutes catching up would bring."""
        return min(self.lost, self.spare)

    @property
    def moment(self) -> str:
        """When the minutes of the step are over, in seconds since 1970."""
        return str(round(self.step_ends_at.timestamp())) if self.step_ends_at else ""


def now_in(round_: Round) -> Now:
    """Of a round that runs."""
    sheet, rows, now = sheet_of_round(round_), queries.steps_of(round_), clock.now()
    current = round_.current or 0
    slots = [Slot(row.minutes, row.spent_seconds) for row in rows]
    steps = [step_at(sheet, row.step_number) for row in rows]
    left = round_.left(now)
    ends_at = end_of(slots, current, left, now)
    row = rows[current]
    return Now(
        position=current,
        count=len(rows),
        step=steps[current],
        minutes=row.minutes,
        left=left,
        is_paused=round_.is_paused,
        before=steps[current - 1] if current else None,
        after=steps[current + 1] if current + 1 < len(rows) else None,
        parts=tuple(
            Part(step.name, slot.minutes, _state(index, current), _done(row.minutes, left) if index == current else 0)
            for index, (step, slot) in enumerate(zip(steps, slots, strict=True))
        ),
        total=sum(slot.minutes for slot in slots),
        ends_at=ends_at,
        lost=lost_minutes(ends_at, round_.due_at) if round_.due_at else 0,
        spare=sum(max(0, slot.rest // 60 - 1) for slot in slots[current + 1 :]),
        at=now,
        step_ends_at=round_.ends_at,
    )


@dataclass(frozen=True)
class Plan:
    """A round that did not begin: its steps and their sum."""

    sheet: Sheet
    steps: tuple[tuple[SheetStep, int], ...]
    is_first: bool

    @property
    def minutes(self) -> int:
        return sum(minutes for _step, minutes in self.steps)

    @property
    def parts(self) -> tuple[Part, ...]:
        return tuple(Part(step.name, minutes) for step, minutes in self.steps)


def plan_for(round_: Round) -> Plan:
    sheet, is_first = sheet_of_round(round_), queries.is_first_round(round_)
    plan = plan_of(sheet, is_first=is_first)
    return Plan(sheet, tuple((step_at(sheet, number), minutes) for number, minutes in plan), is_first)


def _state(index: int, current: int) -> str:
    if index == current:
        return "is"
    return "past" if index < current else ""


def _done(minutes: int, left: int) -> int:
    gone = minutes * 60 - max(0, left)
    return max(0, min(100, gone * 100 // (minutes * 60)))
