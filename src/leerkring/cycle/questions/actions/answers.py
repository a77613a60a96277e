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
    QuestionPutBack,
    QuestionReopened,
)
from leerkring.cycle.questions.ground import allow, become, lock, write_state
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


def put_back_question(*, question: LearningQuestion, state: QuestionState, answer: str, by: Person) -> LearningQuestion:
    """Take back what was said of a question last: its state and answer are what they were; its history keeps both.

    Raises PermissionDenied, and Refused when its state was another one before its last change.
    """
    with transaction.atomic():
        lock(question)
        allow(access.may_answer_question(by, question))
        if question.state != state:
            last = StateChange.objects.filter(question=question).latest("at", "id")
            if last.before != state or last.after != question.state:
                raise Refused(_("Somebody changed this question since. Open its page to see what can be done with it."))
            write_state(question, before=question.state, after=state, by=by)
            question.state, question.drop_reason, question.drop_note = state, "", ""
        if question.answer != answer:
            question.answer, question.answer_revision = answer, question.answer_revision + 1
        question.save()
        facts.record(QuestionPutBack(community_id=question.community_id, by_id=by.pk, question_id=question.pk))
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
