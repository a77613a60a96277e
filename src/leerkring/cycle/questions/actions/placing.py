"""What the agenda, one floor up, does to a question. The agenda asks who may, and records the fact."""

from __future__ import annotations

from django.db import transaction

from leerkring.community.people.models import Person
from leerkring.cycle.questions.actions.ground import become, lock
from leerkring.cycle.questions.enums import QuestionState
from leerkring.cycle.questions.models import LearningQuestion


def give_code(*, question: LearningQuestion, code: str, by: Person) -> LearningQuestion:
    """Bring a question onto the agenda; a code that it has already stays (rule 2). Raises Refused."""
    with transaction.atomic():
        lock(question)
        become(question, QuestionState.ON_AGENDA, by)
        question.code = question.code or code
        question.save(update_fields=["code", "state"])
    return question


def take_back(*, question: LearningQuestion, by: Person) -> LearningQuestion:
    """Bring a question from the draft back among the sharpened ones; its code stays its own. Raises Refused."""
    with transaction.atomic():
        lock(question)
        become(question, QuestionState.SHARPENED, by)
        question.save(update_fields=["state"])
    return question
