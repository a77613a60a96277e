from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.people.models import Person
from leerkring.cycle.questions import access as questions_access
from leerkring.cycle.questions import actions as questions
from leerkring.cycle.questions.enums import DropReason, QuestionState
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.formats.werkplaats.actions.rounds import lock_round
from leerkring.formats.werkplaats.enums import RoundKind, Verdict
from leerkring.formats.werkplaats.facts import QuestionWalked
from leerkring.formats.werkplaats.ground import require_open
from leerkring.formats.werkplaats.models import Room, Round, Step, Walked
from leerkring.formats.werkplaats.steps import Changes, inverse_of, later, write_step
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused


def walk(
    *,
    round: Round,
    question: LearningQuestion,
    verdict: Verdict,
    by: Person,
    wording: str = "",
    answer: str = "",
    reason: DropReason = DropReason.NAMED,
    note: str = "",
    revision: int | None = None,
) -> Walked:
    """What the room says of a question on the agenda; its own state and words follow at once. The same twice is once.

    `revision` is that of the question that was on the screen. Raises PermissionDenied, EditedMeanwhile, and Refused
    when it was walked already in another way, or when it cannot come to this.
    """
    with transaction.atomic():
        room = lock_round(round, by)
        require_open(round, RoundKind.WALK)
        if question.community.root_pk != room.meeting.community.root_pk:
            raise Refused(_("Choose a question of this programme."))
        known = Walked.objects.filter(round=round, question=question).first()
        if known is not None and known.verdict != Verdict.ALIVE:
            if known.verdict == verdict:
                return known
            raise Refused(_("The room said something else of this question. Undo that first."))
        if not questions_access.may_read_question(by, question):
            raise PermissionDenied
        question.refresh_from_db()
        before = {"state": question.state, "wording": question.wording, "answer": question.answer}
        _follow(room, question, verdict, by, wording, answer, reason, note, revision)
        changes = Changes()
        if known is not None:
            changes.alter([known], verdict=verdict)
            walked = known
        else:
            walked = Walked(round=round, question=question, verdict=verdict, by=by, at=clock.now())
            changes.make(walked)
        if not changes.is_empty():
            write_step(
                room, "walk", by, changes, question_id=question.pk, verdict=str(verdict), before=before,
                after={"state": question.state, "wording": question.wording, "answer": question.answer},
            )  # fmt: skip
            facts.record(
                QuestionWalked(
                    community_id=room.community_id, by_id=by.pk, room_id=room.pk, round_id=round.pk,
                    question_id=question.pk, verdict=str(verdict),
                )
            )  # fmt: skip
    return walked


def _follow(
    room: Room,
    question: LearningQuestion,
    verdict: Verdict,
    by: Person,
    wording: str,
    answer: str,
    reason: DropReason,
    note: str,
    revision: int | None,
) -> None:
    match verdict:
        case Verdict.REWORDED:
            questions.reword_question(
                question=question, wording=wording, by=by, meeting=room.meeting,
                revision=question.revision if revision is None else revision,
            )  # fmt: skip
        case Verdict.ANSWERED:
            questions.answer_question(question=question, answer=answer or question.answer, by=by)
        case Verdict.PROVISIONAL:
            questions.answer_provisionally(question=question, answer=answer or question.answer, by=by)
        case Verdict.DROPPED:
            if not questions_access.may_keep_question(by, question):
                raise Refused(_("Letting a question go is for the keeper of the agenda. Ask them."))
            questions.drop_question(question=question, reason=reason, by=by, note=note)
        case _alive:
            pass


@inverse_of("walk")
def _unwalk(room: Room, step: Step, by: Person) -> None:
    """The question is what it was; its history keeps both."""
    question = LearningQuestion.objects.select_related("community").get(pk=step.payload["question_id"])
    before, after = step.payload["before"], step.payload["after"]
    if any(getattr(question, name) != value for name, value in after.items()):
        raise later()
    walked = Walked.objects.filter(question=question, round__room=room)
    made = {id_ for name, id_ in step.payload["made"] if name == "Walked"}
    walked.filter(pk__in=made).delete()
    for entry in step.payload["altered"]:
        walked.filter(pk=entry["id"]).update(verdict=entry["before"]["verdict"])
    if question.wording != before["wording"]:
        questions.reword_question(
            question=question, wording=before["wording"], by=by, revision=question.revision, meeting=room.meeting
        )
    if (question.state, question.answer) != (before["state"], before["answer"]):
        questions.put_back_question(
            question=question, state=QuestionState(before["state"]), answer=before["answer"], by=by
        )
