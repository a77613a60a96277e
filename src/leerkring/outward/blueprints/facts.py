from dataclasses import dataclass

from leerkring.platform.facts import Fact


@dataclass(frozen=True, kw_only=True)
class BlueprintKept(Fact):
    blueprint_id: int


@dataclass(frozen=True, kw_only=True)
class BlueprintRemoved(Fact):
    blueprint_id: int


@dataclass(frozen=True, kw_only=True)
class BlueprintRestored(Fact):
    blueprint_id: int


@dataclass(frozen=True, kw_only=True)
class MeetingsPlanned(Fact):
    """A whole series at once, from a blueprint; a learning programme gets an edition around it."""

    meeting_ids: list[int]
    edition_id: int | None
