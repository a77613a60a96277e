from dataclasses import dataclass

from leerkring.platform.facts import Fact


@dataclass(frozen=True, kw_only=True)
class RhythmSet(Fact):
    moments: list[str]
    """Names of the letters that go out from now on."""
    days: list[int]
    """How many days before or after a meeting each of them goes."""
