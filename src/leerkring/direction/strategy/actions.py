from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person, Unit
from leerkring.direction.strategy import access, rules
from leerkring.direction.strategy.enums import ACTIVITY_TRANSITIONS, ActivityState
from leerkring.direction.strategy.facts import (
    ActivitiesPut,
    ActivitiesTakenBack,
    ActivityChanged,
    ActivityMoved,
    ActivityPut,
    GoalChanged,
    GoalMeasured,
    GoalSet,
)
from leerkring.direction.strategy.models import Activity, Goal, GoalValue
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused, check_fields, check_revision

GOAL_FIELDS = frozenset({"title", "explanation", "target_year", "target_value", "measured_in", "label"})
ACTIVITY_FIELDS = frozenset(
    {"number", "title", "description", "chain", "owner", "unit", "starts_on", "ends_on", "label"}
)


def set_goal(
    *,
    community: Community,
    title: str,
    target_year: int,
    by: Person,
    explanation: str = "",
    target_value: Decimal | None = None,
    measured_in: str = "",
    label: Label = Label.PUBLIC,
) -> Goal:
    """Set a goal with a target year. Raises PermissionDenied and Refused."""
    rules.require(access.may_set_goals(by, community))
    with transaction.atomic():
        goal = Goal(
            community=community,
            title=title.strip(),
            explanation=explanation.strip(),
            target_year=target_year,
            target_value=target_value,
            measured_in=measured_in.strip(),
            label=label,
            position=_next_position(Goal.objects.filter(community=community)),
            changed_by=by,
            changed_at=clock.now(),
        )
        check_fields(goal)
        goal.save()
        facts.record(GoalSet(community_id=community.pk, by_id=by.pk, goal_id=goal.pk))
    return goal


def change_goal(*, goal: Goal, by: Person, revision: int | None = None, **changes: Any) -> Goal:
    """Change the named fields. Raises PermissionDenied, EditedMeanwhile and Refused."""
    if unknown := set(changes) - GOAL_FIELDS:
        raise TypeError(f"a goal has no {', '.join(sorted(unknown))} to change")
    rules.require(access.may_set_goals(by, goal.community))
    with transaction.atomic():
        theirs = rules.locked(Goal.objects.all(), goal)
        mine = _stripped(changes)
        check_revision(theirs, revision, mine)
        for name, value in mine.items():
            setattr(theirs, name, value)
        check_fields(theirs)
        theirs.revision, theirs.changed_by, theirs.changed_at = theirs.revision + 1, by, clock.now()
        theirs.save()
        facts.record(
            GoalChanged(community_id=theirs.community_id, by_id=by.pk, goal_id=theirs.pk, revision=theirs.revision)
        )
    goal.refresh_from_db()
    return goal


def measure_goal(*, goal: Goal, measured_on: date, value: Decimal, by: Person, source: str = "") -> GoalValue:
    """Keep a measured value of a day, with where it comes from. A second one on that day takes its place.

    Raises PermissionDenied, and Refused for a day to come.
    """
    rules.require(access.may_set_goals(by, goal.community))
    if measured_on > clock.today():
        raise Refused(_("This day is still to come. Give the day of the measurement."))
    with transaction.atomic():
        rules.locked(Goal.objects.all(), goal)
        row = GoalValue.objects.filter(goal=goal, measured_on=measured_on).first()
        row = row or GoalValue(goal=goal, measured_on=measured_on)
        row.value, row.source = value, source.strip()
        check_fields(row)
        row.save()
        facts.record(GoalMeasured(community_id=goal.community_id, by_id=by.pk, goal_id=goal.pk, value_id=row.pk))
    return row


def put_activity(
    *,
    community: Community,
    title: str,
    by: Person,
    number: str = "",
    description: str = "",
    chain: str = "",
    goals: Iterable[Goal] = (),
    owner: Person | None = None,
    unit: Unit | None = None,
    state: ActivityState = ActivityState.PLANNED,
    starts_on: date | None = None,
    ends_on: date | None = None,
    label: Label = Label.PUBLIC,
) -> Activity:
    """Put an activity under its goals. Raises PermissionDenied, and Refused, for a number that is taken too."""
    rules.require(access.may_set_goals(by, community))
    under = list(goals)
    rules.check_goals(community, under)
    rules.check_owner(community, owner)
    with transaction.atomic():
        activity = Activity(
            community=community,
            number=number.strip(),
            title=title.strip(),
            description=description.strip(),
            chain=chain.strip(),
            owner=owner,
            unit=unit,
            state=state,
            starts_on=starts_on,
            ends_on=ends_on,
            label=label,
            position=_next_position(Activity.objects.filter(community=community)),
            changed_by=by,
            changed_at=clock.now(),
        )
        rules.check_activity(activity)
        activity.save()
        activity.goals.set(under)
        facts.record(ActivityPut(community_id=community.pk, by_id=by.pk, activity_id=activity.pk))
    return activity


def change_activity(
    *, activity: Activity, by: Person, revision: int | None = None, goals: Iterable[Goal] | None = None, **changes: Any
) -> Activity:
    """Change the named fields, and the goals when they are given.

    Raises PermissionDenied, EditedMeanwhile and Refused.
    """
    if unknown := set(changes) - ACTIVITY_FIELDS:
        raise TypeError(f"an activity has no {', '.join(sorted(unknown))} to change")
    rules.require(access.may_set_goals(by, activity.community))
    under = None if goals is None else list(goals)
    rules.check_goals(activity.community, under or [])
    if changes.get("owner") != activity.owner:
        rules.check_owner(activity.community, changes.get("owner"))
    with transaction.atomic():
        theirs = rules.locked(Activity.objects.all(), activity)
        mine = _stripped(changes)
        check_revision(theirs, revision, mine)
        for name, value in mine.items():
            setattr(theirs, name, value)
        rules.check_activity(theirs)
        theirs.revision, theirs.changed_by, theirs.changed_at = theirs.revision + 1, by, clock.now()
        theirs.save()
        if under is not None:
            theirs.goals.set(under)
        facts.record(
            ActivityChanged(
                community_id=theirs.community_id, by_id=by.pk, activity_id=theirs.pk, revision=theirs.revision
            )
        )
    activity.refresh_from_db()
    return activity


def move_activity(*, activity: Activity, state: ActivityState, by: Person) -> Activity:
    """Say how far an activity is. A second click on the same state changes nothing.

    Raises PermissionDenied, and Refused for a step that the table does not have.
    """
    rules.require(access.may_move_activity(by, activity))
    with transaction.atomic():
        theirs = rules.locked(Activity.objects.all(), activity)
        before = ActivityState(theirs.state)
        if before == state:
            return activity
        if state not in ACTIVITY_TRANSITIONS[before]:
            raise Refused(
                _("An activity that is %(before)s cannot become %(state)s.")
                % {"before": before.label, "state": ActivityState(state).label}
            )
        theirs.state = state
        theirs.save(update_fields=["state"])
        facts.record(
            ActivityMoved(
                community_id=theirs.community_id, by_id=by.pk, activity_id=theirs.pk, before=before, state=state
            )
        )
    activity.state = state
    return activity


def put_activities(
    *, community: Community, activities: Sequence[tuple[Activity, Sequence[Goal]]], by: Person | None
) -> list[Activity]:
    """Put a whole list of activities, each under its goals, at once; `by` is None for the operator at the console.

    Raises PermissionDenied, and Refused for a text that is too long or a number that is taken.
    """
    rules.require(by is None or access.may_set_goals(by, community))
    position, now = _next_position(Activity.objects.filter(community=community)), clock.now()
    for offset, (activity, goals) in enumerate(activities):
        activity.community, activity.position = community, position + offset
        activity.changed_by, activity.changed_at = by, now
        check_fields(activity)
        rules.check_goals(community, list(goals))
    try:
        with transaction.atomic():
            put = Activity.objects.bulk_create([activity for activity, _goals in activities], 500)
            under = Activity.goals.through
            under.objects.bulk_create(
                [
                    under(activity_id=activity.pk, goal_id=goal.pk)
                    for activity, (_same, goals) in zip(put, activities, strict=True)
                    for goal in goals
                ],
                500,
            )
            facts.record(
                ActivitiesPut(
                    community_id=community.pk,
                    by_id=by.pk if by else None,
                    activity_ids=[activity.pk for activity in put],
                )
            )
    except IntegrityError:
        raise Refused(_("One of these numbers is taken by now. Look at the list once more.")) from None
    return put


def take_activities_back(*, community: Community, activity_ids: Sequence[int], by: Person) -> None:
    """Undo put_activities for those on which nothing hangs. Raises PermissionDenied."""
    rules.require(access.may_set_goals(by, community))
    with transaction.atomic():
        facts.record(ActivitiesTakenBack(community_id=community.pk, by_id=by.pk, activity_ids=list(activity_ids)))
        for start in range(0, len(activity_ids), 500):
            Activity.objects.filter(community=community, pk__in=activity_ids[start : start + 500]).delete()


def _stripped(changes: dict[str, Any]) -> dict[str, Any]:
    return {name: value.strip() if isinstance(value, str) else value for name, value in changes.items()}


def _next_position(rows: models.QuerySet[Any]) -> int:
    return int(rows.aggregate(last=models.Max("position"))["last"] or 0) + 1
