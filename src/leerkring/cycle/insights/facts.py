from __future__ import annotations

from dataclasses import dataclass

from leerkring.platform.facts import Fact


@dataclass(frozen=True, kw_only=True)
class HarvestFact(Fact):
    meeting_id: int
    harvest_id: int


@dataclass(frozen=True, kw_only=True)
class LineHarvested(HarvestFact):
    kind: str


@dataclass(frozen=True, kw_only=True)
class HarvestChanged(HarvestFact):
    revision: int


@dataclass(frozen=True, kw_only=True)
class HarvestRemoved(HarvestFact):
    pass


@dataclass(frozen=True, kw_only=True)
class HarvestRestored(HarvestFact):
    pass


@dataclass(frozen=True, kw_only=True)
class InsightTakenBack(HarvestFact):
    """It was promoted by mistake, and is a line again."""

    insight_id: int


@dataclass(frozen=True, kw_only=True)
class PromotedToQuestion(HarvestFact):
    question_id: int


@dataclass(frozen=True, kw_only=True)
class PromotedToAction(HarvestFact):
    question_id: int
    action_id: int


@dataclass(frozen=True, kw_only=True)
class HarvestFinished(Fact):
    meeting_id: int
    line_count: int


@dataclass(frozen=True, kw_only=True)
class InsightFact(Fact):
    """Something happened to an insight. `community_id` is the programme's."""

    insight_id: int


@dataclass(frozen=True, kw_only=True)
class InsightWritten(InsightFact):
    pass


@dataclass(frozen=True, kw_only=True)
class PromotedToInsight(InsightWritten):
    """Written from a line of a meeting's harvest."""

    meeting_id: int
    harvest_id: int


@dataclass(frozen=True, kw_only=True)
class InsightChanged(InsightFact):
    revision: int


@dataclass(frozen=True, kw_only=True)
class InsightLabelChanged(InsightFact):
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class InsightQuestionLinked(InsightFact):
    question_id: int


@dataclass(frozen=True, kw_only=True)
class InsightQuestionUnlinked(InsightFact):
    question_id: int


@dataclass(frozen=True, kw_only=True)
class InsightFollowedUp(InsightFact):
    question_id: int


@dataclass(frozen=True, kw_only=True)
class ThreadFact(Fact):
    thread_id: int


@dataclass(frozen=True, kw_only=True)
class ThreadPut(ThreadFact):
    pass


@dataclass(frozen=True, kw_only=True)
class ThreadChanged(ThreadFact):
    revision: int


@dataclass(frozen=True, kw_only=True)
class AddedToThread(ThreadFact):
    insight_id: int | None
    question_id: int | None


@dataclass(frozen=True, kw_only=True)
class RemovedFromThread(ThreadFact):
    insight_id: int | None
    question_id: int | None
