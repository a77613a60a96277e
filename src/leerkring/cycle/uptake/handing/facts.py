from dataclasses import dataclass

from leerkring.platform.facts import Fact


@dataclass(frozen=True, kw_only=True)
class HandoverFact(Fact):
    handover_id: int


@dataclass(frozen=True, kw_only=True)
class HandoverOffered(HandoverFact):
    """To a person, or to the team of another programme."""

    question_id: int | None
    uptake_id: int | None
    person_id: int | None
    team_community_id: int | None


@dataclass(frozen=True, kw_only=True)
class HandoverAccepted(HandoverFact):
    pass


@dataclass(frozen=True, kw_only=True)
class HandoverDeclined(HandoverFact):
    pass


@dataclass(frozen=True, kw_only=True)
class HandoverWithdrawn(HandoverFact):
    pass
