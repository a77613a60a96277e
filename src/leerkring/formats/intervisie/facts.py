"""What happens in intervisie: ids and numbers only. No fact says who brought a case."""

from dataclasses import dataclass

from leerkring.platform.facts import Fact


@dataclass(frozen=True, kw_only=True)
class MethodFact(Fact):
    method_id: int


@dataclass(frozen=True, kw_only=True)
class MethodCopied(MethodFact):
    pass


@dataclass(frozen=True, kw_only=True)
class MethodChanged(MethodFact):
    pass


@dataclass(frozen=True, kw_only=True)
class MethodRemoved(MethodFact):
    pass


@dataclass(frozen=True, kw_only=True)
class MethodRestored(MethodFact):
    pass


@dataclass(frozen=True, kw_only=True)
class IntervisieGroupFact(Fact):
    intervisie_group_id: int


@dataclass(frozen=True, kw_only=True)
class IntervisieGroupFormed(IntervisieGroupFact):
    people_count: int


@dataclass(frozen=True, kw_only=True)
class IntervisieGroupClosed(IntervisieGroupFact):
    pass


@dataclass(frozen=True, kw_only=True)
class IntervisieGroupReopened(IntervisieGroupFact):
    pass


@dataclass(frozen=True, kw_only=True)
class AgreementsWritten(IntervisieGroupFact):
    revision: int


@dataclass(frozen=True, kw_only=True)
class AgreementsAccepted(IntervisieGroupFact):
    revision: int


@dataclass(frozen=True, kw_only=True)
class IntervisieRoundFact(IntervisieGroupFact):
    """Also what screens of a running round listen to."""

    intervisie_round_id: int


@dataclass(frozen=True, kw_only=True)
class IntervisieRoundPlanned(IntervisieRoundFact):
    meeting_id: int


@dataclass(frozen=True, kw_only=True)
class IntervisieRoundRemoved(IntervisieRoundFact):
    pass


@dataclass(frozen=True, kw_only=True)
class IntervisieRoundChanged(IntervisieRoundFact):
    """Another method before it began."""


@dataclass(frozen=True, kw_only=True)
class IntervisieRoundBegun(IntervisieRoundFact):
    pass


@dataclass(frozen=True, kw_only=True)
class IntervisieStepOpened(IntervisieRoundFact):
    position: int


@dataclass(frozen=True, kw_only=True)
class IntervisieTimerSet(IntervisieRoundFact):
    """Paused, going on, or with more minutes."""

    is_paused: bool


@dataclass(frozen=True, kw_only=True)
class TimeCaughtUp(IntervisieRoundFact):
    minutes: int


@dataclass(frozen=True, kw_only=True)
class TurnNoted(IntervisieRoundFact):
    """Somebody brought a case. Whose turn it was is not in here."""


@dataclass(frozen=True, kw_only=True)
class TurnTakenBack(IntervisieRoundFact):
    pass


@dataclass(frozen=True, kw_only=True)
class IntervisieRoundEnded(IntervisieRoundFact):
    minutes: int


@dataclass(frozen=True, kw_only=True)
class LearningPointReleased(IntervisieGroupFact):
    point_id: int
    label: str


@dataclass(frozen=True, kw_only=True)
class LearningPointWithdrawn(IntervisieGroupFact):
    point_id: int
