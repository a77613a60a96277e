"""What people thought of a meeting: asked at its end, answered in the days after, closed after a week."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from leerkring.community.meetings.evaluation import actions as evaluation
from leerkring.community.meetings.evaluation import queries as evaluations
from leerkring.community.meetings.evaluation.actions import Asked
from leerkring.community.meetings.models import Meeting
from leerkring.community.people.models import Person
from leerkring.sample.stage import on

CLOSES_AFTER = 8


class Answers(NamedTuple):
    """What is asked, by the words of the library, and what each says in that order: a number or a line."""

    asked: tuple[str, ...]
    given: tuple[tuple[int | str, ...], ...]


def ask(meeting: Meeting, answers: Answers, *, by: Person) -> None:
    """Before the meeting is held."""
    evaluation.prepare_evaluation(meeting=meeting, questions=[Asked(key) for key in answers.asked], by=by)


def answer(meeting: Meeting, answers: Answers, people: Iterable[Person], day: date, *, by: Person) -> None:
    """The day after it: as many people as there are answers, whoever comes first."""
    found = evaluations.evaluation_of(meeting)
    if found is None:
        return
    questions = list(evaluations.questions_of(found))
    with on(day + timedelta(days=1)):
        for person, given in zip(people, answers.given, strict=False):
            said = {question.pk: said for question, said in zip(questions, given, strict=False)}
            evaluation.answer_evaluation(meeting=meeting, by=person, answers=said)
    with on(day + timedelta(days=CLOSES_AFTER)):
        evaluation.close_evaluation(meeting=meeting, by=by)
