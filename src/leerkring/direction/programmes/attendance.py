"""Who was at which meeting of an edition, as a table for the programme team. It is told in words and never scored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from leerkring.community.meetings.models import Attendance, Meeting
from leerkring.direction.programmes.models import Enrolment


@dataclass(frozen=True)
class Row:
    enrolment: Enrolment
    cells: list[Attendance | None]
    held_count: int

    @property
    def attended_count(self) -> int:
        """As it was counted when the edition was completed, else as it is now."""
        if self.enrolment.attended_count is not None:
            return self.enrolment.attended_count
        return sum(1 for cell in self.cells if cell is not None and cell.counts_as_attended)

    @property
    def of_count(self) -> int:
        return self.held_count if self.enrolment.meetings_count is None else self.enrolment.meetings_count


@dataclass(frozen=True)
class AttendanceTable:
    meetings: list[Meeting]
    rows: list[Row]


def attendance_table(
    enrolments: Iterable[Enrolment], meetings: Iterable[Meeting], attendances: Iterable[Attendance]
) -> AttendanceTable:
    columns = list(meetings)
    found = {(attendance.person_id, attendance.meeting_id): attendance for attendance in attendances}
    held = sum(1 for meeting in columns if meeting.is_held)
    return AttendanceTable(
        columns,
        [
            Row(enrolment, [found.get((enrolment.person_id, meeting.pk)) for meeting in columns], held)
            for enrolment in enrolments
        ],
    )
