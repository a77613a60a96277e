"""What several tests of completion begin with."""

from leerkring.community.meetings import actions as meetings
from leerkring.community.meetings.enums import Presence
from leerkring.community.meetings.models import Meeting
from leerkring.community.people.models import Person
from leerkring.direction.programmes.completion import actions
from leerkring.direction.programmes.models import Edition, Enrolment
from leerkring.direction.programmes.tests.stories import edition_of, enrolled, held_meetings
from tests.cast import ProgrammeCast


def was_at(own: ProgrammeCast, person: Person, *those: Meeting) -> None:
    for meeting in those:
        meetings.note_attendance(meeting=meeting, person=person, presence=Presence.PRESENT, by=own.lead)


def completed(own: ProgrammeCast) -> tuple[Edition, list[Meeting], Enrolment, Enrolment]:
    """Three workshops, fully from two: the member was at two of them, the keeper at one."""
    workshops = held_meetings(own, 3)
    edition = edition_of(own, fully_from_count=2, meetings=workshops)
    full, part = enrolled(own, edition, own.member), enrolled(own, edition, own.keeper)
    was_at(own, own.member, *workshops[:2])
    was_at(own, own.keeper, workshops[0])
    actions.complete_enrolments(edition=edition, by=own.lead)
    full.refresh_from_db()
    part.refresh_from_db()
    return edition, workshops, full, part
