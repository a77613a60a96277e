"""What the agenda, one floor up, does to a question. The agenda asks who may."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.people.models import Person
from leerkring.cycle.questions.enums import QuestionState
from leerkring.cycle.questions.facts import QuestionPlaced, QuestionTakenOff
from leerkring.cycle.questions.ground import become, lock
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.platform import facts
from leerkring.platform.rules import Refused


def give_code(*, question: LearningQuestion, code: str, by: Person) -> LearningQuestion:
    """Bring a question onto the agenda; a code that it has already stays (rule 2). Raises Refused."""
    with transaction.atomic():
        lock(question)
        if question.state not in (QuestionState.RAISED, QuestionState.SHARPENED):
            raise Refused(_("Only a question that waits can be placed. Open its page to see what can be done."))
        become(question, QuestionState.ON_AGENDA, by)
        question.code = question.code or code
        question.save(update_fields=["code", "state"])
        facts.record(QuestionPlaced(community_id=question.community_id, by_id=by.pk, question_id=question.pk))
    return question


def take_back(*, question: LearningQuestion, by: Person) -> LearningQuestion:
    """Bring a question from the draft back among the sharpened ones; its code stays its own. Raises Refused."""
    with transaction.atomic():
        lock(question)
        become(question, QuestionState.SHARPENED, by)
        question.save(update_fields=["state"])
        facts.record(QuestionTakenOff(community_id=question.community_id, by_id=by.pk, question_id=question.pk))
    return question
