from __future__ import annotations

from leerkring.community.meetings import access as meetings
from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Person


def may_see_notices(person: Person | None, community: Community) -> bool:
    """The programme team: who got a letter says who is expected where (rule 7)."""
    return standing_of(person).is_team(community)


def may_answer(person: Person, meeting: Meeting) -> bool:
    """Whoever may sign up for it, or stands on its list."""
    return meetings.may_sign_up(person, meeting) or meeting.attendances.filter(person=person).exists()
