"""A run sheet on the clock: when each part begins and ends, and whether the sum meets the planned end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from leerkring.community.meetings.enums import MeetingState
from leerkring.community.meetings.models import Meeting, RunSheetItem
from leerkring.community.meetings.workforms.card import Card, Thing, to_bring
from leerkring.platform import clock
from leerkring.platform.ui.days import time_words
from leerkring.platform.ui.pictures import Part


@dataclass(frozen=True)
class TimedItem:
    """A part with its clock times. States as in the picture: "", past, is."""

    item: RunSheetItem
    starts_at: datetime
    ends_at: datetime
    state: str = ""
    done: int = 0
    """Per cent gone of the part that is on now."""
    card: Card | None = None
    """The working form that it follows, for facilitators."""

    @property
    def begins(self) -> str:
        return clock_words(self.starts_at)


@dataclass(frozen=True)
class RunSheet:
    meeting: Meeting
    items: list[TimedItem]

    @property
    def minutes(self) -> int:
        return sum(timed.item.minutes for timed in self.items)

    @property
    def ends_at(self) -> datetime:
        return self.meeting.starts_at + timedelta(minutes=self.minutes)

    @property
    def ends(self) -> str:
        return clock_words(self.ends_at)

    @property
    def minutes_over(self) -> int:
        """How far the parts run past the planned end; negative when time is left."""
        return self.minutes - self.meeting.minutes

    @property
    def adds_up(self) -> bool:
        return not self.items or self.minutes_over == 0

    @property
    def minutes_off(self) -> int:
        return abs(self.minutes_over)

    @property
    def bring(self) -> list[Thing]:
        """What to take along, as far as the working forms say it."""
        return to_bring((timed.item.name, timed.card) for timed in self.items if timed.card)

    @property
    def parts(self) -> list[Part]:
        """For the picture."""
        return [Part(timed.item.name, timed.item.minutes, timed.state, timed.done) for timed in self.items]


def clock_words(moment: datetime) -> str:
    """A clock time for a column of them: 13.00."""
    return time_words(moment).removesuffix(" uur")


def run_sheet_of(meeting: Meeting, items: Iterable[RunSheetItem], cards: Mapping[int, Card] | None = None) -> RunSheet:
    """Clock times count real minutes, so that they hold on the night the clock changes too.

    `cards` are for the facilitator's version: by id of the part, its working form.
    """
    timed: list[TimedItem] = []
    starts_at = meeting.starts_at
    for item in items:
        ends_at = starts_at + timedelta(minutes=item.minutes)
        card = cards.get(item.pk) if cards else None
        timed.append(TimedItem(item, starts_at, ends_at, *_progress(meeting, starts_at, ends_at), card))
        starts_at = ends_at
    return RunSheet(meeting, timed)


def _progress(meeting: Meeting, starts_at: datetime, ends_at: datetime) -> tuple[str, int]:
    if meeting.state != MeetingState.LIVE:
        return "", 0
    now = clock.now()
    if now >= ends_at:
        return "past", 100
    if now < starts_at:
        return "", 0
    return "is", int((now - starts_at) / (ends_at - starts_at) * 100)
