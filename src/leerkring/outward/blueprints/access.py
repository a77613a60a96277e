from __future__ import annotations

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Person


def may_plan_from_blueprints(person: Person | None, community: Community) -> bool:
    """The programme team plans editions, and hands its method on."""
    return community.root_id is None and standing_of(person).is_team(community)
