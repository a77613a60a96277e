from __future__ import annotations

from leerkring.community.meetings.access import may_change_meeting, may_take_seat
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
    """Before the meeting: whoever may take a seat in it without a code."""
    return may_take_seat(person, room.meeting)


def may_set_version(person: Person | None, room: Room) -> bool:
    """The keeper of the agenda and the team."""
    return standing_of(person).is_keeper(room.meeting.community)
