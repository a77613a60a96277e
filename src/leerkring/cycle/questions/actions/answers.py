from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.people.models import Person
from leerkring.cycle.questions import access
from leerkring.cycle.questions.enums import DropReason, QuestionState
from leerkring.cycle.questions.facts import (
    QuestionAnswered,
    QuestionAnsweredProvisionally,
    QuestionDropped,
    QuestionExplored,
    QuestionReopened,
)
from leerkring.cycle.questions.ground import allow, become, lock
from leerkring.cycle.questions.models import LearningQuestion, StateChange
from leerkring.platform import facts
from leerkring.platform.rules import EditedMeanwhile, Refused


def explore_question(*, question: LearningQuestion, by: Person) -> LearningQuestion:
    """Say that somebody works on it. A provisional answer that did not hold is explored again.

    Raises PermissionDenied, or Refused when it is not on the agenda.
    """
    with transaction.atomic():
        lock(question)
        allow(access.may_explore_question(by, question))
        become(question, QuestionState.EXPLORED, by)
        question.save()
        facts.record(QuestionExplored(community_id=question.community_id, by_id=by.pk, question_id=question.pk))
    return question


def answer_provisionally(
    *, question: LearningQuestion, answer: str, by: Person, revision: int | None = None
) -> LearningQuestion:
    """Write down what the answer seems to be; write it anew as often as need be.

    Raises PermissionDenied, Refused, or EditedMeanwhile when `revision` (of the answer) is given and has passed.
    """
    with transaction.atomic():
        lock(question)
        allow(access.may_answer_question(by, question))
        _write_answer(question, answer, revision)
        if question.state != QuestionState.PROVISIONAL:
            become(question, QuestionState.PROVISIONAL, by)
        question.save()
        facts.record(
            QuestionAnsweredProvisionally(community_id=question.community_id, by_id=by.pk, question_id=question.pk)
        )
    return question


def answer_question(
    *, question: LearningQuestion, answer: str, by: Person, revision: int | None = None
) -> LearningQuestion:
    """Close the ring: this is the answer. Raises PermissionDenied, Refused or EditedMeanwhile as above."""
    with transaction.atomic():
        lock(question)
        allow(access.may_answer_question(by, question))
        _write_answer(question, answer, revision)
        become(question, QuestionState.ANSWERED, by)
        question.save()
        facts.record(QuestionAnswered(community_id=question.community_id, by_id=by.pk, question_id=question.pk))
    return question


def drop_question(*, question: LearningQuestion, reason: DropReason, by: Person, note: str = "") -> LearningQuestion:
    """Let a question go, for one of three reasons. Raises PermissionDenied or Refused."""
    if reason not in DropReason.values:
        raise Refused(_("Choose why this question is let go."))
    with transaction.atomic():
        lock(question)
        allow(access.may_keep_question(by, question))
        become(question, QuestionState.DROPPED, by, note)
        question.drop_reason = reason
        question.drop_note = note.strip()
        question.save()
        facts.record(
            QuestionDropped(
                community_id=question.community_id, by_id=by.pk, question_id=question.pk, reason=str(reason)
            )
        )
    return question


def reopen_question(*, question: LearningQuestion, by: Person, note: str = "") -> LearningQuestion:
    """Ask an answered or dropped question again: on the agenda if it has a code, else among those raised.

    Raises PermissionDenied or Refused.
    """
    with transaction.atomic():
        lock(question)
        allow(access.may_keep_question(by, question))
        become(question, QuestionState.ON_AGENDA if question.code else QuestionState.RAISED, by, note)
        question.drop_reason = ""
        question.drop_note = ""
        question.save()
        facts.record(QuestionReopened(community_id=question.community_id, by_id=by.pk, question_id=question.pk))
    return question


def _write_answer(question: LearningQuestion, answer: str, revision: int | None) -> None:
    answer = answer.strip()
    if not answer:
        raise Refused(_("Write the answer first, in a few sentences."))
    if len(answer) > 5000:
        raise Refused(_("Make it shorter: at most %(count)d characters.") % {"count": 5000})
    if answer == question.answer:
        return
    if revision is not None and revision != question.answer_revision:
        last = StateChange.objects.filter(question=question).select_related("by").latest("at", "id")
        raise EditedMeanwhile(
            theirs=question.answer,
            mine=answer,
            by_name=last.by.name if last.by else _("Somebody"),
            at=last.at,
            revision=question.answer_revision,
        )
    question.answer = answer
    question.answer_revision += 1
