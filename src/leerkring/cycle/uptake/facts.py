from dataclasses import dataclass

from leerkring.platform.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ChangePut(Fact):
    change_id: int


@dataclass(frozen=True, kw_only=True)
class ChangeChanged(Fact):
    change_id: int


@dataclass(frozen=True, kw_only=True)
class ChangeLinked(Fact):
    """A change was linked to, or loosened from, one insight, goal or activity."""

    change_id: int
    insight_id: int | None = None
    goal_id: int | None = None
    activity_id: int | None = None
    is_linked: bool = True


@dataclass(frozen=True, kw_only=True)
class UptakeStarted(Fact):
    uptake_id: int
    change_id: int
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class UptakeSteppedUp(Fact):
    uptake_id: int
    change_id: int
    unit_id: int
    before: int
    after: int
    has_stopped: bool = False
    """A phase-out reached the norm: the old way is over here."""


@dataclass(frozen=True, kw_only=True)
class UptakeSteppedDown(Fact):
    uptake_id: int
    change_id: int
    unit_id: int
    before: int
    after: int


@dataclass(frozen=True, kw_only=True)
class RecipientNamed(Fact):
    uptake_id: int
    recipient_id: int | None


@dataclass(frozen=True, kw_only=True)
class UptakeBlocked(Fact):
    uptake_id: int
    block_id: int


@dataclass(frozen=True, kw_only=True)
class UptakeUnblocked(Fact):
    uptake_id: int
    block_id: int


@dataclass(frozen=True, kw_only=True)
class UptakeGivenUp(Fact):
    uptake_id: int


@dataclass(frozen=True, kw_only=True)
class UptakeResumed(Fact):
    uptake_id: int


@dataclass(frozen=True, kw_only=True)
class NormReviewed(Fact):
    uptake_id: int
    review_id: int
    is_kept: bool


@dataclass(frozen=True, kw_only=True)
class BlockLinkedToQuestion(Fact):
    """A block and a question belong together; `is_new` when the block put the question on the agenda."""

    uptake_id: int
    block_id: int
    question_id: int
    is_new: bool
    is_linked: bool = True


@dataclass(frozen=True, kw_only=True)
class CommitmentMade(Fact):
    commitment_id: int
    person_id: int
    meeting_id: int


@dataclass(frozen=True, kw_only=True)
class CommitmentShared(Fact):
    commitment_id: int
    is_shared: bool


@dataclass(frozen=True, kw_only=True)
class CommitmentLookedBack(Fact):
    commitment_id: int


@dataclass(frozen=True, kw_only=True)
class CommitmentDue(Fact):
    """Time to look back: once for each commitment and moment (weeks after it was made)."""

    commitment_id: int
    moment: int


@dataclass(frozen=True, kw_only=True)
class CommitmentRemoved(Fact):
    commitment_id: int


@dataclass(frozen=True, kw_only=True)
class CommitmentRestored(Fact):
    commitment_id: int


@dataclass(frozen=True, kw_only=True)
class CommitmentPromoted(Fact):
    """Something that others may read came of it. Tells nobody but its own trail from which commitment."""

    promotion_id: int


@dataclass(frozen=True, kw_only=True)
class InitiativePut(Fact):
    initiative_id: int


@dataclass(frozen=True, kw_only=True)
class InitiativeChanged(Fact):
    initiative_id: int


@dataclass(frozen=True, kw_only=True)
class InitiativeJoined(Fact):
    initiative_id: int
    organisation_id: int
    is_joined: bool = True


@dataclass(frozen=True, kw_only=True)
class InitiativeJudged(Fact):
    """Somebody said what it asks and brings, or took that back."""

    initiative_id: int
    is_judged: bool = True


@dataclass(frozen=True, kw_only=True)
class InitiativeLinked(Fact):
    """To a goal that it serves, or to a change that came of it; or loosened again."""

    initiative_id: int
    goal_id: int | None = None
    change_id: int | None = None
    is_linked: bool = True
