from __future__ import annotations

from leerkring.community.meetings.access import is_part_of, may_see_attendance
from leerkring.community.meetings.models import Meeting, Seat
from leerkring.community.meetings.speakers.models import Speaker
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Person


def may_prepare_evaluation(person: Person | None, meeting: Meeting) -> bool:
    """Choose what is asked, close it: the facilitator of this very meeting and the programme team."""
    return may_see_attendance(person, meeting)


def may_prepare_evaluations(person: Person | None, community: Community) -> bool:
    """Of several meetings at once: the programme team."""
    return standing_of(person).is_team(community)


def may_see_evaluation(person: Person | None, meeting: Meeting) -> bool:
    """What was answered: the same, and nobody else."""
    return may_see_attendance(person, meeting)


def may_be_asked(person: Person | None, meeting: Meeting) -> bool:
    """Whoever belongs to the programme or to its group, and who speaks there; that they were there is looked up too."""
    return person is not None and (is_part_of(person, meeting.community) or speaks_at(person, meeting))


def speaks_at(person: Person, meeting: Meeting) -> bool:
    """Somebody from outside who was asked for this very meeting."""
    return Speaker.objects.filter(meeting=meeting, person=person, ended_at__isnull=True).exists()


def may_answer_at(seat: Seat) -> bool:
    """Who came in with the code, with or without an account, and was not put out."""
    return seat.came_in_at is not None and not seat.is_out


def may_type_over(person: Person | None, meeting: Meeting) -> bool:
    """What somebody without a phone wrote on paper: the facilitator of this very meeting and the programme team."""
    return may_prepare_evaluation(person, meeting)
