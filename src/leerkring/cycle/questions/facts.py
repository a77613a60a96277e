from dataclasses import dataclass

from leerkring.platform.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ThemePut(Fact):
    theme_id: int


@dataclass(frozen=True, kw_only=True)
class ThemeChanged(Fact):
    theme_id: int


@dataclass(frozen=True, kw_only=True)
class ThemeClosed(Fact):
    theme_id: int


@dataclass(frozen=True, kw_only=True)
class ThemeReopened(Fact):
    theme_id: int


@dataclass(frozen=True, kw_only=True)
class QuestionFact(Fact):
    """Something about one question."""

    question_id: int


@dataclass(frozen=True, kw_only=True)
class QuestionRaised(QuestionFact):
    meeting_id: int | None


@dataclass(frozen=True, kw_only=True)
class QuestionReworded(QuestionFact):
    wording_id: int


@dataclass(frozen=True, kw_only=True)
class QuestionSharpened(QuestionFact):
    pass


@dataclass(frozen=True, kw_only=True)
class QuestionThemed(QuestionFact):
    theme_id: int | None


@dataclass(frozen=True, kw_only=True)
class OwnerGiven(QuestionFact):
    owner_id: int | None
    owner_unit_id: int | None


@dataclass(frozen=True, kw_only=True)
class QuestionPlaced(QuestionFact):
    """It stands on the draft agenda, with a code for life."""


@dataclass(frozen=True, kw_only=True)
class QuestionTakenOff(QuestionFact):
    pass


@dataclass(frozen=True, kw_only=True)
class QuestionExplored(QuestionFact):
    pass


@dataclass(frozen=True, kw_only=True)
class QuestionAnsweredProvisionally(QuestionFact):
    pass


@dataclass(frozen=True, kw_only=True)
class QuestionAnswered(QuestionFact):
    pass


@dataclass(frozen=True, kw_only=True)
class QuestionSplit(QuestionFact):
    successor_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class QuestionsMerged(QuestionFact):
    """`question_id` is the question that came of it."""

    predecessor_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class QuestionDropped(QuestionFact):
    reason: str


@dataclass(frozen=True, kw_only=True)
class QuestionPutBack(QuestionFact):
    """What was said of it last is taken back."""


@dataclass(frozen=True, kw_only=True)
class QuestionReopened(QuestionFact):
    pass


@dataclass(frozen=True, kw_only=True)
class QuestionLabelled(QuestionFact):
    label: str


@dataclass(frozen=True, kw_only=True)
class GoalLinked(QuestionFact):
    goal_id: int
    is_linked: bool


@dataclass(frozen=True, kw_only=True)
class ActivityLinked(QuestionFact):
    activity_id: int
    is_linked: bool


@dataclass(frozen=True, kw_only=True)
class ActionPut(QuestionFact):
    action_id: int


@dataclass(frozen=True, kw_only=True)
class ActionChanged(QuestionFact):
    action_id: int


@dataclass(frozen=True, kw_only=True)
class ActionFinished(QuestionFact):
    action_id: int


@dataclass(frozen=True, kw_only=True)
class ActionStopped(QuestionFact):
    action_id: int


@dataclass(frozen=True, kw_only=True)
class ActionReopened(QuestionFact):
    action_id: int
