from dataclasses import dataclass

from leerkring.platform.facts import Fact


@dataclass(frozen=True, kw_only=True)
class StoryFact(Fact):
    story_id: int


@dataclass(frozen=True, kw_only=True)
class StoryTold(StoryFact):
    pass


@dataclass(frozen=True, kw_only=True)
class StoryChanged(StoryFact):
    pass


@dataclass(frozen=True, kw_only=True)
class StoryShown(StoryFact):
    """Its teller said who may read it."""

    label: str


@dataclass(frozen=True, kw_only=True)
class StoryWithdrawn(StoryFact):
    pass


@dataclass(frozen=True, kw_only=True)
class StoryRemoved(StoryFact):
    pass
