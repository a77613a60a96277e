"""What people do with evaluations, and what the clock does."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import SystemRandom
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from leerkring.community.meetings import rules
from leerkring.community.meetings.evaluation import access, queries
from leerkring.community.meetings.evaluation.enums import AskedAs
from leerkring.community.meetings.evaluation.facts import (
    EvaluationAnswered,
    EvaluationClosed,
    EvaluationDropped,
    EvaluationOpened,
    EvaluationPrepared,
    EvaluationTypedOver,
    GuestAddressLeft,
)
from leerkring.community.meetings.evaluation.library import FEWEST, LIBRARY, MOST
from leerkring.community.meetings.evaluation.models import (
    TERM_IN_DAYS,
    Evaluation,
    EvaluationAnswer,
    EvaluationQuestion,
    EvaluationTurn,
    GuestAddress,
)
from leerkring.community.meetings.models import Meeting, Seat
from leerkring.community.people.models import Person
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused, check_fields, check_revision

SECRET_LENGTH = 32
LONGEST_LINE = 300


@dataclass(frozen=True)
class Asked:
    """A question as it is chosen: a key of the library, or own words."""

    key: str = ""
    text: str = ""
    kind: AskedAs = AskedAs.SCALE


def prepare_evaluation(
    *,
    meeting: Meeting,
    questions: Sequence[Asked],
    by: Person,
    days: int = TERM_IN_DAYS,
    revision: int | None = None,
) -> Evaluation:
    """Say what is asked at the end of this meeting; until it opens it can be said anew.

    Raises PermissionDenied; Refused for too few or too many questions, words at an intervisie, or too late;
    EditedMeanwhile when somebody else changed it since `revision`.
    """
    rules.require(access.may_prepare_evaluation(by, meeting))
    chosen = _checked(questions, keeps_text=meeting.keeps_text)
    with transaction.atomic():
        _lock_meeting(meeting)
        evaluation, is_new = Evaluation.objects.get_or_create(meeting=meeting)
        evaluation.meeting = meeting
        if evaluation.opened_at is not None or evaluation.is_over or meeting.is_cancelled:
            raise Refused(_("This evaluation has begun, or the meeting is cancelled. Change that of the next meeting."))
        if not is_new:
            check_revision(evaluation, revision, {"days": days})
        evaluation.days, evaluation.revision = days, evaluation.revision + (not is_new)
        evaluation.changed_by, evaluation.changed_at = by, clock.now()
        check_fields(evaluation)
        evaluation.save()
        evaluation.questions.all().delete()
        EvaluationQuestion.objects.bulk_create(
            EvaluationQuestion(
                evaluation=evaluation, position=position, key=asked.key, text=asked.text, kind=asked.kind
            )
            for position, asked in enumerate(chosen, start=1)
        )
        facts.record(EvaluationPrepared(community_id=meeting.community_id, by_id=by.pk, meeting_id=meeting.pk))
    return evaluation


def prepare_evaluations(*, meetings: Iterable[Meeting], questions: Sequence[Asked], by: Person) -> list[Evaluation]:
    """Ask the same at several meetings, so that they can be laid side by side; those that have begun are left alone.

    Raises PermissionDenied and Refused.
    """
    made = []
    with transaction.atomic():
        for meeting in meetings:
            known = queries.evaluation_of(meeting)
            if meeting.is_cancelled or meeting.is_held or (known is not None and known.has_begun):
                continue
            fitting = [asked for asked in questions if meeting.keeps_text or _is_wordless(asked)]
            if len(fitting) >= FEWEST:
                made.append(prepare_evaluation(meeting=meeting, questions=fitting, by=by))
    return made


def drop_evaluation(*, meeting: Meeting, by: Person) -> None:
    """Ask nothing after all; once people answered, that is theirs. Raises PermissionDenied and Refused."""
    rules.require(access.may_prepare_evaluation(by, meeting))
    with transaction.atomic():
        _lock_meeting(meeting)
        evaluation = queries.evaluation_of(meeting)
        if evaluation is None:
            return
        if evaluation.opened_at is not None:
            raise Refused(_("People have been asked already. Close the evaluation instead."))
        evaluation.delete()
        facts.record(EvaluationDropped(community_id=meeting.community_id, by_id=by.pk, meeting_id=meeting.pk))


def answer_evaluation(*, meeting: Meeting, by: Person, answers: Mapping[int, int | str]) -> None:
    """Answer once: a number for each scale, a line where one likes; by the id of the question.

    What is said is kept apart from who said something. Raises PermissionDenied for who was not there; Refused: not
    open, answered already, a scale left open.
    """
    rules.require(access.may_be_asked(by, meeting))
    with transaction.atomic():
        evaluation = _open_now(meeting)
        rules.require(queries.was_there(by, meeting))
        _take(evaluation, queries.voices_of(by, meeting), answers)


def answer_at_seat(*, seat: Seat, answers: Mapping[int, int | str]) -> None:
    """A guest answers, from the phone with which they came in or by the link that they had mailed. Once, as members do.

    Raises PermissionDenied for who did not come in or was put out; Refused as for members.
    """
    rules.require(access.may_answer_at(seat))
    with transaction.atomic():
        _take(_open_now(seat.meeting), queries.voices_at(seat), answers)


def type_over(*, meeting: Meeting, answers: Mapping[int, int | str], by: Person) -> Evaluation:
    """What somebody wrote on paper counts as any other answer. Raises PermissionDenied and Refused."""
    rules.require(access.may_type_over(by, meeting))
    with transaction.atomic():
        evaluation = _open_now(meeting)
        said = _answers(evaluation, answers, keeps_text=meeting.keeps_text)
        _count(evaluation, said, paper_count=F("paper_count") + 1)
        facts.record(EvaluationTypedOver(community_id=meeting.community_id, by_id=by.pk, meeting_id=meeting.pk))
    return evaluation


def leave_address(*, seat: Seat, address: str, language: str) -> GuestAddress:
    """A guest wants the questions by mail when the meeting ends; the last address counts, until it closes.

    Raises PermissionDenied for who did not come in; Refused once it has begun, and for what is no address.
    """
    rules.require(access.may_answer_at(seat) and seat.person is None)
    with transaction.atomic():
        evaluation = queries.evaluation_of(seat.meeting)
        if evaluation is None or evaluation.has_begun or seat.meeting.is_cancelled:
            raise Refused(_("Nothing is mailed any more. Answer here."))
        left = queries.address_left_at(seat) or GuestAddress(evaluation=evaluation, seat=seat)
        left.address, left.language = address.strip(), language
        check_fields(left)
        left.save()
        facts.record(GuestAddressLeft(community_id=seat.meeting.community_id, by_id=None, meeting_id=seat.meeting_id))
    return left


def _take(evaluation: Evaluation, voices: Sequence[str], answers: Mapping[int, int | str]) -> None:
    """With the evaluation locked: of two answers of the same voice one counts."""
    meeting = evaluation.meeting
    said = _answers(evaluation, answers, keeps_text=meeting.keeps_text)
    if queries.has_answered(voices, evaluation):
        raise Refused(_("You have answered already. Nobody can see what, so it cannot be changed either."))
    EvaluationTurn.objects.create(evaluation=evaluation, voter=evaluation.voter_of(voices[0]))
    _count(evaluation, said)
    facts.record(EvaluationAnswered(community_id=meeting.community_id, by_id=None, meeting_id=meeting.pk))


def _count(evaluation: Evaluation, said: list[EvaluationAnswer], **more: Any) -> None:
    EvaluationAnswer.objects.bulk_create(said)
    Evaluation.objects.filter(pk=evaluation.pk).update(answers_count=F("answers_count") + 1, **more)


def close_evaluation(*, meeting: Meeting, by: Person) -> None:
    """Ask nobody any more, and show what was said. Twice is once. Raises PermissionDenied and Refused."""
    rules.require(access.may_prepare_evaluation(by, meeting))
    with transaction.atomic():
        _lock_meeting(meeting)
        evaluation = queries.evaluation_of(meeting)
        if evaluation is None or not evaluation.has_begun:
            raise Refused(_("There is nothing to close yet."))
        _open(evaluation)
        _close(evaluation, by)


def open_and_close_evaluations() -> int:
    """What the clock does: evaluations open when their meeting ends, and close when their term is over."""
    done = 0
    for evaluation in queries.evaluations_to_open():
        if not evaluation.is_over:
            with transaction.atomic():
                done += _open(evaluation)
    for evaluation in queries.evaluations_to_close():
        with transaction.atomic():
            done += _close(evaluation, None)
    return done


def _open_now(meeting: Meeting) -> Evaluation:
    evaluation = queries.evaluation_of(meeting)
    if evaluation is None or not evaluation.has_begun or meeting.is_cancelled:
        raise Refused(_("The evaluation opens at the end of the meeting."))
    if not evaluation.is_over:
        _open(evaluation)
    now = Evaluation.objects.select_for_update(no_key=True).get(pk=evaluation.pk)
    now.meeting = meeting
    if now.is_over or now.secret is None:
        raise Refused(_("The evaluation is closed. Tell the facilitator what you would have said."))
    return now


def _open(evaluation: Evaluation) -> bool:
    """Once, whoever comes first: the worker or somebody who answers."""
    meeting = evaluation.meeting
    opened = Evaluation.objects.filter(pk=evaluation.pk, opened_at__isnull=True).update(
        opened_at=clock.now(),
        closes_at=evaluation.last_moment,
        secret=secrets.token_bytes(SECRET_LENGTH),
    )
    if opened:
        facts.record(EvaluationOpened(community_id=meeting.community_id, by_id=None, meeting_id=meeting.pk))
    return bool(opened)


def _close(evaluation: Evaluation, by: Person | None) -> bool:
    """The secret and the turns are destroyed, and the answers written anew in no order, so that no trace is left."""
    closed = Evaluation.objects.filter(pk=evaluation.pk, closed_at__isnull=True).update(
        closed_at=clock.now(), secret=None
    )
    if not closed:
        return False
    EvaluationTurn.objects.filter(evaluation=evaluation).delete()
    GuestAddress.objects.filter(evaluation=evaluation).delete()
    answers = list(queries.answers_to([evaluation]))
    EvaluationAnswer.objects.filter(question__evaluation=evaluation).delete()
    SystemRandom().shuffle(answers)
    EvaluationAnswer.objects.bulk_create(
        EvaluationAnswer(question_id=answer.question_id, number=answer.number, text=answer.text) for answer in answers
    )
    facts.record(
        EvaluationClosed(
            community_id=evaluation.meeting.community_id,
            by_id=by.pk if by else None,
            meeting_id=evaluation.meeting_id,
        )
    )
    return True


def _checked(questions: Sequence[Asked], *, keeps_text: bool) -> list[Asked]:
    chosen: dict[str, Asked] = {}
    for asked in questions:
        text = "" if asked.key else " ".join(asked.text.split())
        if asked.key and asked.key not in LIBRARY:
            raise Refused(_("Choose a question from the list, or write your own."))
        if not asked.key and not text:
            continue
        fitting = Asked(asked.key, text, _kind_of(asked))
        if not (keeps_text or _is_wordless(fitting)):
            raise Refused(_("At an intervisie nothing is written down. Ask for numbers only."))
        chosen.setdefault(asked.key or text.casefold(), fitting)
    if not FEWEST <= len(chosen) <= MOST:
        raise Refused(_("Choose two, three or four questions. More is not answered in two minutes."))
    return list(chosen.values())


def _is_wordless(asked: Asked) -> bool:
    """A question of the list that is answered with a number: nobody's own words, neither asked nor said (rule 6)."""
    return bool(asked.key) and _kind_of(asked) != AskedAs.LINE


def _kind_of(asked: Asked) -> AskedAs:
    return LIBRARY[asked.key].kind if asked.key in LIBRARY else AskedAs(asked.kind)


def _answers(evaluation: Evaluation, answers: Mapping[int, int | str], *, keeps_text: bool) -> list[EvaluationAnswer]:
    said = []
    for question in evaluation.questions.all():
        given = answers.get(question.pk)
        if question.kind == AskedAs.SCALE:
            if not isinstance(given, int) or not 1 <= given <= 5:
                raise Refused(_("Choose a number from 1 to 5."))
            said.append(EvaluationAnswer(question=question, number=given))
        elif keeps_text and (line := " ".join(str(given or "").split())):
            if len(line) > LONGEST_LINE:
                raise Refused(_("Say it in at most 300 characters."))
            said.append(EvaluationAnswer(question=question, text=line))
    return said


def _lock_meeting(meeting: Meeting) -> None:
    Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
