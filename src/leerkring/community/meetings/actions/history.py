"""Each line of the history of an attendance, written in the transaction of the change itself."""

from leerkring.community.meetings.enums import AttendanceWay
from leerkring.community.meetings.models import Attendance, AttendanceChange, Meeting
from leerkring.community.people.models import Person
from leerkring.platform import clock


def line(
    meeting: Meeting, before: Attendance | None, after: Attendance, *, way: AttendanceWay, by: Person | None
) -> AttendanceChange:
    """What changed, not written yet."""
    return AttendanceChange(
        meeting=meeting,
        person_id=after.person_id,
        before=before.presence if before else "",
        before_minutes=before.minutes if before else None,
        presence=after.presence,
        minutes=after.minutes,
        way=way,
        by=by,
        at=clock.now(),
    )


def keep(
    meeting: Meeting, before: Attendance | None, after: Attendance, *, way: AttendanceWay, by: Person | None
) -> None:
    line(meeting, before, after, way=way, by=by).save(force_insert=True)
