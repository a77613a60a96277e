from dataclasses import dataclass

from leerkring.platform.facts import Fact


@dataclass(frozen=True, kw_only=True)
class StoryTold(Fact):
    """A sample case stands there: what is on a higher floor tells its own part of it, in the same transaction."""
