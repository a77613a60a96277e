from __future__ import annotations

from leerkring.community.meetings.access import may_change_meeting
from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Person
from leerkring.formats.werkplaats.models import Room


def may_prepare_room(person: Person | None, meeting: Meeting) -> bool:
    """The facilitator of the meeting; facilitators, keepers and the team of the programme. Several at once."""
    return may_change_meeting(person, meeting)


def may_run(person: Person | None, room: Room) -> bool:
    return may_prepare_room(person, room.meeting)


def may_bring_in_early(person: Person | None, room: Room) -> bool:
    """Before the meeting: whoever belongs to the programme and can read of the meeting."""
    standing = standing_of(person)
    return standing.may_read(room.meeting) and standing.belongs_to(room.meeting.community)


def may_set_version(person: Person | None, room: Room) -> bool:
    """The keeper of the agenda and the team."""
    return standing_of(person).is_keeper(room.meeting.community)
