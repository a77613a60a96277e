from dataclasses import dataclass

from leerkring.platform.facts import Fact


@dataclass(frozen=True, kw_only=True)
class WorkformWritten(Fact):
    workform_id: int


@dataclass(frozen=True, kw_only=True)
class WorkformChanged(Fact):
    workform_id: int


@dataclass(frozen=True, kw_only=True)
class WorkformRetired(Fact):
    workform_id: int


@dataclass(frozen=True, kw_only=True)
class WorkformRestored(Fact):
    workform_id: int
