"""What has to be true of a goal or an activity before an action keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from leerkring.community.memberships import queries as memberships
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.direction.strategy.models import Activity, Goal
from leerkring.platform import clock
from leerkring.platform.rules import EditedMeanwhile, Refused, check_fields

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


def check_revision(theirs: Revised, revision: int | None, mine: Mapping[str, Any]) -> None:
    """Raises EditedMeanwhile, with both texts of the fields that differ, when somebody else was first."""
    if revision is None or revision == theirs.revision:
        return
    differing = [name for name, value in mine.items() if getattr(theirs, name) != value]
    raise EditedMeanwhile(
        theirs="\n".join(_line(theirs, name, getattr(theirs, name)) for name in differing),
        mine="\n".join(_line(theirs, name, mine[name]) for name in differing),
        by_name=theirs.changed_by.name if theirs.changed_by else "",
        at=theirs.changed_at or clock.now(),
        revision=theirs.revision,
    )


def _line(row: Goal | Activity, name: str, value: Any) -> str:
    field = str(row._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    if isinstance(value, date):
        value = date_format(value, "j F Y")
    return f"{field[:1].upper()}{field[1:]}: {'' if value is None else value}"
