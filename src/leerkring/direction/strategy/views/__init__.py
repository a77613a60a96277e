from leerkring.direction.strategy.views.activities import (
    activities_page,
    activity_change,
    activity_move,
    activity_page,
    activity_put,
)
from leerkring.direction.strategy.views.goals import goal_change, goal_measure, goal_page, goal_set, goals_page

__all__ = [
    "activities_page",
    "activity_change",
    "activity_move",
    "activity_page",
    "activity_put",
    "goal_change",
    "goal_measure",
    "goal_page",
    "goal_set",
    "goals_page",
]
