from __future__ import annotations

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Person
from leerkring.direction.strategy.models import Activity


def may_set_goals(person: Person | None, community: Community) -> bool:
    """Goals and activities are the programme team's to write."""
    return standing_of(person).is_team(community)


def may_move_activity(person: Person | None, activity: Activity) -> bool:
    """The team, and the owner: how far an activity is, its owner knows best."""
    standing = standing_of(person)
    if standing.is_team(activity.community):
        return True
    return person is not None and activity.owner_id == person.pk and standing.belongs_to(activity.community)


def may_see_names(person: Person | None, community: Community) -> bool:
    """Who owns an activity is told to those who belong to the programme; public pages name nobody (rule 12)."""
    return standing_of(person).belongs_to(community)
