"""The drawing of a goal: its measured values on the way to the target. Numbers only; words stand in the template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.utils.formats import number_format

from leerkring.direction.strategy.enums import ActivityState
from leerkring.direction.strategy.models import Goal, GoalValue

WIDTH, HEIGHT = 640, 240
LEFT, RIGHT, TOP, BOTTOM = 20, 620, 44, 200
BAR = 100


def amount(value: Decimal | None) -> str:
    """A value as people here write it, without zeros that mean nothing."""
    if value is None:
        return ""
    plain = value.normalize()
    exponent = plain.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return number_format(value, decimal_pos=places, force_grouping=abs(value) >= 10_000)


@dataclass(frozen=True)
class Point:
    x: float
    y: float
    words: str
    year: int


class GoalPicture:
    """Where the values and the target lie, in a box of 640 by 240."""

    def __init__(self, goal: Goal) -> None:
        self.goal = goal
        self.values: list[GoalValue] = list(goal.values.all())

    @property
    def can_be_drawn(self) -> bool:
        return bool(self.values) and (self.goal.target_value is not None or len(self.values) > 1)

    @cached_property
    def points(self) -> list[Point]:
        return [
            Point(self._x(value.measured_on), self._y(value.value), amount(value.value), value.measured_on.year)
            for value in self.values
        ]

    @property
    def first(self) -> Point:
        return self.points[0]

    @property
    def last(self) -> Point:
        return self.points[-1]

    @property
    def target(self) -> Point | None:
        value = self.goal.target_value
        if value is None:
            return None
        return Point(self._x(self._target_day), self._y(value), amount(value), self.goal.target_year)

    @property
    def line(self) -> str:
        """The points of the polyline of measured values."""
        return " ".join(f"{point.x},{point.y}" for point in self.points)

    @property
    def share(self) -> int | None:
        """How much of the way from the first value to the target is covered, in per cent; None when nobody can say."""
        if not self.values or self.goal.target_value is None:
            return None
        first, last = self.values[0].value, self.values[-1].value
        way = self.goal.target_value - first
        if not way:
            return 100
        return int(min(max((last - first) / way, Decimal(0)), Decimal(1)) * 100)

    @property
    def _target_day(self) -> date:
        return date(self.goal.target_year, 12, 31)

    @cached_property
    def _days(self) -> tuple[int, int]:
        first = self.values[0].measured_on.toordinal()
        ends = [self.values[-1].measured_on]
        if self.goal.target_value is not None:
            ends.append(self._target_day)
        return first, max(first + 1, *(day.toordinal() for day in ends))

    @cached_property
    def _range(self) -> tuple[float, float]:
        seen = [float(value.value) for value in self.values]
        if self.goal.target_value is not None:
            seen.append(float(self.goal.target_value))
        low, high = min(0.0, *seen), max(0.0, *seen)
        return low, high if high > low else low + 1

    def _x(self, day: date) -> float:
        first, last = self._days
        return round(LEFT + (RIGHT - LEFT) * (day.toordinal() - first) / (last - first), 1)

    def _y(self, value: Decimal) -> float:
        low, high = self._range
        return round(BOTTOM - (BOTTOM - TOP) * (float(value) - low) / (high - low), 1)


@dataclass(frozen=True)
class Share:
    """One state in the bar of all states: its count and the piece of the bar it takes."""

    state: ActivityState
    count: int
    x: float
    width: float


def shares_of(counts: dict[ActivityState, int]) -> list[Share]:
    """The bar of activities by state, from done to stopped, states without activities left out."""
    total = sum(counts.values())
    order = [ActivityState.DONE, ActivityState.RUNNING, ActivityState.PLANNED, ActivityState.STOPPED]
    found: list[Share] = []
    x = 0.0
    for state in order:
        if counts.get(state):
            width = round(BAR * counts[state] / total, 2)
            found.append(Share(state, counts[state], round(x, 2), width))
            x += width
    return found
