"""What was answered, added up: only of what is closed, and never of fewer than five."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from leerkring.community.meetings.evaluation.enums import AskedAs
from leerkring.community.meetings.evaluation.models import THRESHOLD, Evaluation, EvaluationAnswer, EvaluationQuestion
from leerkring.community.meetings.models import Meeting

SCALE = range(1, 6)


@dataclass(frozen=True)
class Result:
    """Of one question: how many chose each number, or the lines in no order."""

    question: EvaluationQuestion
    counts: tuple[int, ...]
    lines: tuple[str, ...]

    @property
    def is_scale(self) -> bool:
        return self.question.kind == AskedAs.SCALE

    @property
    def answered(self) -> int:
        return sum(self.counts)

    @property
    def is_shown(self) -> bool:
        return self.answered >= THRESHOLD if self.is_scale else bool(self.lines)

    @property
    def mean(self) -> float:
        return sum(number * count for number, count in zip(SCALE, self.counts, strict=True)) / (self.answered or 1)


@dataclass(frozen=True)
class Point:
    meeting: Meeting
    mean: float
    answered: int


@dataclass(frozen=True)
class Trend:
    """One question over several meetings, in their order."""

    wording: str
    points: tuple[Point, ...]


def results_of(
    evaluation: Evaluation, questions: Iterable[EvaluationQuestion], answers: Iterable[EvaluationAnswer]
) -> list[Result]:
    """Nothing at all while it is open, or when fewer than five answered."""
    if not evaluation.shows_results:
        return []
    by_question: defaultdict[int, list[EvaluationAnswer]] = defaultdict(list)
    for answer in answers:
        by_question[answer.question_id].append(answer)
    return [_result(question, by_question[question.pk]) for question in questions]


def trends_of(evaluations: Sequence[Evaluation], answers: Iterable[EvaluationAnswer]) -> list[Trend]:
    """The questions with numbers that were asked at two meetings or more, where five or more answered."""
    by_evaluation: defaultdict[int, list[EvaluationAnswer]] = defaultdict(list)
    for answer in answers:
        by_evaluation[answer.question.evaluation_id].append(answer)
    points: defaultdict[str, list[Point]] = defaultdict(list)
    wordings: dict[str, str] = {}
    for evaluation in evaluations:
        for result in results_of(evaluation, evaluation.questions.all(), by_evaluation[evaluation.pk]):
            if result.is_scale and result.is_shown:
                same = result.question.sameness
                wordings.setdefault(same, result.question.wording)
                points[same].append(Point(evaluation.meeting, result.mean, result.answered))
    return [Trend(wordings[same], tuple(found)) for same, found in points.items() if len(found) > 1]


def _result(question: EvaluationQuestion, answers: Sequence[EvaluationAnswer]) -> Result:
    numbers = [answer.number for answer in answers]
    lines = sorted((answer.text for answer in answers if answer.text), key=str.casefold)
    return Result(question, tuple(numbers.count(number) for number in SCALE), tuple(lines))
