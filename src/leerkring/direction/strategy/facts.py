from dataclasses import dataclass

from leerkring.platform.facts import Fact


@dataclass(frozen=True, kw_only=True)
class GoalSet(Fact):
    goal_id: int


@dataclass(frozen=True, kw_only=True)
class GoalChanged(Fact):
    goal_id: int
    revision: int


@dataclass(frozen=True, kw_only=True)
class GoalMeasured(Fact):
    goal_id: int
    value_id: int


@dataclass(frozen=True, kw_only=True)
class ActivityPut(Fact):
    activity_id: int


@dataclass(frozen=True, kw_only=True)
class ActivitiesPut(Fact):
    """A list of activities came in at once."""

    activity_ids: list[int]


@dataclass(frozen=True, kw_only=True)
class ActivitiesTakenBack(Fact):
    """A list was taken back: nothing hung on these activities."""

    activity_ids: list[int]


@dataclass(frozen=True, kw_only=True)
class ActivityChanged(Fact):
    activity_id: int
    revision: int


@dataclass(frozen=True, kw_only=True)
class ActivityMoved(Fact):
    activity_id: int
    before: str
    state: str
