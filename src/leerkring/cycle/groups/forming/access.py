from __future__ import annotations

from leerkring.community.meetings.access import may_change_meeting
from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.cycle.groups.access import may_form_group
from leerkring.cycle.groups.forming.models import Forming


def may_open_forming(person: Person | None, community: Community, meeting: Meeting | None = None) -> bool:
    """Facilitators, keepers and the team; for a meeting its own facilitator too."""
    return may_form_group(person, community) or (meeting is not None and may_change_meeting(person, meeting))


def may_prepare_forming(person: Person | None, forming: Forming) -> bool:
    """Also who sees the reasons about persons (rule 7)."""
    return may_open_forming(person, forming.community, forming.meeting)
