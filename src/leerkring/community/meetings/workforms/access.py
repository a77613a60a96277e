from __future__ import annotations

from leerkring.community.meetings.workforms.models import Workform
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Person


def may_see_workforms(person: Person | None, community: Community) -> bool:
    """Whoever belongs to the programme: who sits in a meeting may know how it is made."""
    return standing_of(person).belongs_to(community)


def may_write_workforms(person: Person | None, community: Community) -> bool:
    """Facilitators, keepers and the team."""
    return standing_of(person).is_facilitator(community)


def may_change_workform(person: Person | None, workform: Workform) -> bool:
    return may_write_workforms(person, workform.community) and standing_of(person).may_read(workform)
