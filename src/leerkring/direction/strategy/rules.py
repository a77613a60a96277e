"""What has to be true of a goal or an activity before an action keeps it."""

from __future__ import annotations

from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from leerkring.community.memberships import queries as memberships
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.direction.strategy.models import Activity, Goal
from leerkring.platform.rules import Refused, check_fields

Revised = TypeVar("Revised", Goal, Activity)


def require(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied


def check_activity(activity: Activity) -> None:
    check_fields(activity)
    if activity.starts_on and activity.ends_on and activity.ends_on < activity.starts_on:
        raise Refused(_("The end comes before the start. Change one of the two."))
    same = Activity.objects.filter(community=activity.community, number=activity.number).exclude(pk=activity.pk)
    if activity.number and same.exists():
        raise Refused(_("Number %(number)s is taken. Choose another one.") % {"number": activity.number})


def check_goals(community: Community, goals: list[Goal]) -> None:
    if any(goal.community_id != community.pk for goal in goals):
        raise Refused(_("This goal belongs to another programme."))


def check_owner(community: Community, owner: Person | None) -> None:
    if owner is not None and not memberships.standing_of(owner).belongs_to(community):
        raise Refused(_("%(name)s is not in this programme. Invite them first.") % {"name": owner.name})


def locked(rows: QuerySet[Revised], row: Revised) -> Revised:
    return rows.select_for_update().get(pk=row.pk)
