from __future__ import annotations

from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from leerkring.community.meetings import queries as meetings
from leerkring.community.memberships import queries as memberships
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.direction.strategy.enums import ActivityState
from leerkring.direction.strategy.models import Activity, Goal, GoalValue


def goals_visible_to(person: Person | None, community: Community) -> QuerySet[Goal]:
    """The goals of a programme that this person may read, with their measured values at hand."""
    goals = memberships.readable_in(person, community, Goal.objects.all())
    return goals.select_related("community").prefetch_related("values")


def activities_visible_to(person: Person | None, community: Community) -> QuerySet[Activity]:
    """The activities of a programme that this person may read."""
    activities = memberships.readable_in(person, community, Activity.objects.all())
    return activities.select_related("community", "owner", "unit")


def activities_of_goal(activities: QuerySet[Activity], goal: Goal) -> QuerySet[Activity]:
    return activities.filter(goals=goal)


def goals_of_activity(goals: QuerySet[Goal], activity: Activity) -> QuerySet[Goal]:
    return goals.filter(activities=activity)


def number_of(activities: QuerySet[Activity]) -> int:
    return activities.count()


def narrowed(
    activities: QuerySet[Activity], *, goal: Goal | None = None, chain: str = "", state: str = "", words: str = ""
) -> QuerySet[Activity]:
    """Only those under this goal, in this chain, in this state, with these words; each as far as it is asked for."""
    if goal is not None:
        activities = activities_of_goal(activities, goal)
    if chain:
        activities = activities.filter(chain=chain)
    if state:
        activities = activities.filter(state=state)
    return found(activities, words.strip()) if words.strip() else activities


def by_chain(activities: QuerySet[Activity]) -> QuerySet[Activity]:
    return activities.order_by("chain", "position", "number", "title", "id")


def chains_of(activities: QuerySet[Activity]) -> list[str]:
    return list(activities.exclude(chain="").order_by("chain").values_list("chain", flat=True).distinct())


def counts_by_state(activities: QuerySet[Activity]) -> dict[ActivityState, int]:
    """How many of these activities are in each state, every state named."""
    rows = activities.order_by().values_list("state").annotate(Count("pk", distinct=True))
    counts = dict(rows)
    return {state: counts.get(state.value, 0) for state in ActivityState}


def counts_by_goal(activities: QuerySet[Activity]) -> dict[int, int]:
    """How many of these activities stand under each goal, by the goal's id."""
    rows = activities.order_by().filter(goals__isnull=False).values_list("goals").annotate(Count("pk", distinct=True))
    return dict(rows)


def found(activities: QuerySet[Activity], words: str) -> QuerySet[Activity]:
    """Those with these words in their title, or with this number."""
    return activities.filter(Q(title__icontains=words) | Q(number__iexact=words))


def latest_value(goal: Goal) -> GoalValue | None:
    """The last measured value; reads the values that goals_visible_to brought along."""
    values = list(goal.values.all())
    return values[-1] if values else None


def is_reached(goal: Goal) -> bool | None:
    """Whether the last value is at or past the target, seen from the first one; None when that cannot be said."""
    values: list[Decimal] = [value.value for value in goal.values.all()]
    if not values or goal.target_value is None:
        return None
    falls = goal.target_value < values[0]
    return values[-1] <= goal.target_value if falls else values[-1] >= goal.target_value


def possible_owners(community: Community, activity: Activity | None = None) -> QuerySet[Person]:
    """People of the programme, and who owns the activity now."""
    owner = activity.owner_id if activity else None
    return Person.objects.filter(Q(pk__in=meetings.people_of(community).values("pk")) | Q(pk=owner))
