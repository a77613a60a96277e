"""What somebody attended of an edition, and what that comes to by the rule that was announced. Asks no database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from leerkring.community.meetings.enums import Presence
from leerkring.community.meetings.models import Attendance, Meeting
from leerkring.direction.programmes.completion.models import CompletionException
from leerkring.direction.programmes.enums import Completion


class Counts(StrEnum):
    """How a meeting counts for somebody."""

    YES = "yes"
    TOO_SHORT = "too short"
    NO = "no"
    NOT_NOTED = "not noted"
    TO_COME = "to come"


@dataclass(frozen=True)
class Line:
    meeting: Meeting
    attendance: Attendance | None

    @property
    def counts(self) -> Counts:
        if not self.meeting.is_held:
            return Counts.TO_COME
        if self.attendance is None or self.attendance.presence == Presence.EXPECTED:
            return Counts.NOT_NOTED
        if self.attendance.counts_as_attended:
            return Counts.YES
        return Counts.TOO_SHORT if self.attendance.presence == Presence.PARTLY else Counts.NO

    @property
    def minutes(self) -> int:
        """How long somebody was there."""
        if self.attendance is None or self.counts not in (Counts.YES, Counts.TOO_SHORT):
            return 0
        if self.attendance.presence == Presence.PRESENT:
            return self.meeting.minutes
        return min(self.attendance.minutes or 0, self.meeting.minutes)


@dataclass(frozen=True)
class Tally:
    lines: list[Line]
    needed: int
    exception: CompletionException | None = None

    @property
    def total(self) -> int:
        return len(self.lines)

    @property
    def attended(self) -> list[Line]:
        return [line for line in self.lines if line.counts == Counts.YES]

    @property
    def attended_count(self) -> int:
        return len(self.attended)

    @property
    def open_count(self) -> int:
        """What can still count: to come, or held and not noted of this person."""
        return sum(1 for line in self.lines if line.counts in (Counts.TO_COME, Counts.NOT_NOTED))

    @property
    def held_count(self) -> int:
        return sum(1 for line in self.lines if line.meeting.is_held)

    @property
    def minutes(self) -> int:
        return sum(line.minutes for line in self.attended)

    @property
    def by_rule(self) -> Completion | None:
        if self.attended_count >= self.needed:
            return Completion.FULLY
        return Completion.PARTLY if self.attended_count else None

    @property
    def completion(self) -> Completion | None:
        """As it stands now: an exception goes before the rule."""
        return Completion(self.exception.completion) if self.exception else self.by_rule

    @property
    def missing_count(self) -> int:
        return max(self.needed - self.attended_count, 0)

    @property
    def can_become_full(self) -> bool:
        return self.missing_count <= self.open_count

    def as_data(self) -> dict[str, Any]:
        """What a certificate keeps of it."""
        return {
            "completion": str(self.completion or ""),
            "is_by_team": self.exception is not None and self.completion != self.by_rule,
            "needed_count": self.needed,
            "attended_count": self.attended_count,
            "meetings_count": self.total,
            "meetings": [
                {
                    "id": line.meeting.pk,
                    "title": line.meeting.title,
                    "kind": line.meeting.kind,
                    "day": line.meeting.day.isoformat(),
                    "minutes": line.minutes,
                }
                for line in self.attended
            ],
        }


def tally(
    meetings: Iterable[Meeting],
    attendances: Iterable[Attendance],
    needed: int,
    exception: CompletionException | None = None,
) -> Tally:
    """The meetings of an edition beside what is noted of one person."""
    found = {attendance.meeting_id: attendance for attendance in attendances}
    return Tally([Line(meeting, found.get(meeting.pk)) for meeting in meetings], needed, exception)
