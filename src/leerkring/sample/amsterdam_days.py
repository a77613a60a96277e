"""The days of the Amsterdam story, and everything that one chapter hands to the next."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Organisation, Person, Unit
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.insights.models import Insight
from leerkring.cycle.questions.models import LearningQuestion, Theme
from leerkring.direction.programmes.models import Programme
from leerkring.direction.strategy.models import Activity, Goal
from leerkring.sample.stage import Stage

YEAR = timedelta(days=365)
SINCE_SECOND = 19
BETWEEN = timedelta(days=182)


@dataclass
class Calendar:
    """The days of the story: start, kick-off, both werkplaatsen, today, and what is planned."""

    today: date

    @property
    def second(self) -> date:
        day = self.today - timedelta(days=SINCE_SECOND)
        return day - timedelta(days=(day.weekday() - 3) % 7)

    @property
    def first(self) -> date:
        return self.second - BETWEEN

    @property
    def start(self) -> date:
        return self.today - YEAR

    @property
    def kick_off(self) -> date:
        return self.start + timedelta(days=21)

    @property
    def halfway(self) -> date:
        return self.second + timedelta(days=77)

    @property
    def third(self) -> date:
        return self.second + timedelta(days=119)


@dataclass
class City:
    """Everything of the story that later chapters speak of."""

    stage: Stage
    days: Calendar
    programme: Programme
    organisation: Organisation
    drift: Organisation
    units: dict[str, Unit]
    themes: list[Theme] = field(default_factory=list)
    goals: dict[int, Goal] = field(default_factory=dict)
    activities: list[Activity] = field(default_factory=list)
    members: list[Person] = field(default_factory=list)
    """Everybody who joined, in the order of joining."""
    meetings: dict[str, Meeting] = field(default_factory=dict)
    questions: dict[str, LearningQuestion] = field(default_factory=dict)
    groups: dict[str, LearningGroup] = field(default_factory=dict)
    insights: list[Insight | None] = field(default_factory=list)

    @property
    def community(self) -> Community:
        return self.programme.community

    def who(self, key: str) -> Person:
        return self.stage.who[key]

    @property
    def noor(self) -> Person:
        return self.who("noor")

    @property
    def keeper(self) -> Person:
        return self.who("sanne")

    def question(self, code: str) -> LearningQuestion:
        """The question as it is now, whatever earlier chapters did to it."""
        return LearningQuestion.objects.select_related("community").get(community=self.community, code=code)
