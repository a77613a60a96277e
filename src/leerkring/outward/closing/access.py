from __future__ import annotations

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Person


def may_close(person: Person | None, community: Community) -> bool:
    """See what is still open at the end: the programme team."""
    return community.root_id is None and standing_of(person).is_team(community)
