from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.cycle.questions import access
from leerkring.cycle.questions.enums import Origin, QuestionState
from leerkring.cycle.questions.facts import QuestionRaised, QuestionReworded, QuestionSharpened
from leerkring.cycle.questions.ground import (
    allow,
    become,
    check_label,
    check_meeting,
    check_theme,
    lock,
    sentence,
    write_state,
    write_wording,
)
from leerkring.cycle.questions.models import LearningQuestion, Theme, Wording
from leerkring.platform import clock, facts
from leerkring.platform.rules import EditedMeanwhile, Refused


def raise_question(
    *,
    community: Community,
    wording: str,
    by: Person,
    theme: Theme | None = None,
    barrier: str = "",
    meeting: Meeting | None = None,
    label: Label = Label.PROGRAMME,
    origin: Origin | None = None,
) -> LearningQuestion:
    """Write a question down. Raises PermissionDenied, or Refused when theme, meeting or label do not fit here."""
    allow(access.may_raise_question(by, community))
    check_meeting(meeting, community)
    check_theme(theme, community)
    check_label(label, community)
    with transaction.atomic():
        question = LearningQuestion.objects.create(
            community=community,
            wording=sentence(wording),
            barrier=barrier.strip(),
            theme=theme,
            label=label,
            origin=origin or (Origin.MEETING if meeting else Origin.PERSON),
            raised_by=by,
            raised_at=clock.now(),
            raised_in=meeting,
        )
        write_wording(question, by=by, meeting=meeting)
        write_state(question, before="", after=QuestionState.RAISED, by=by)
        facts.record(
            QuestionRaised(
                community_id=community.pk,
                by_id=by.pk,
                question_id=question.pk,
                meeting_id=meeting.pk if meeting else None,
            )
        )
    return question


def reword_question(
    *,
    question: LearningQuestion,
    wording: str,
    by: Person,
    revision: int,
    meeting: Meeting | None = None,
    barrier: str | None = None,
) -> LearningQuestion:
    """Say it differently under the same code. Every wording stays, with date and meeting (rule 2).

    Raises PermissionDenied, EditedMeanwhile when somebody else changed it since `revision`, Refused when it is gone.
    """
    with transaction.atomic():
        lock(question)
        allow(access.may_reword_question(by, question))
        _change_texts(question, wording, barrier, by, revision, meeting)
        question.save()
    return question


def sharpen_question(
    *,
    question: LearningQuestion,
    by: Person,
    revision: int,
    wording: str | None = None,
    meeting: Meeting | None = None,
    barrier: str | None = None,
    theme: Theme | None = None,
) -> LearningQuestion:
    """Say that the question is sharp enough for the agenda, in other words if need be.

    Raises PermissionDenied, EditedMeanwhile as for rewording, Refused when it is not a raised question.
    """
    with transaction.atomic():
        lock(question)
        allow(access.may_sharpen_question(by, question))
        if theme is not None:
            check_theme(theme, question.community)
            question.theme = theme
        _change_texts(question, question.wording if wording is None else wording, barrier, by, revision, meeting)
        become(question, QuestionState.SHARPENED, by)
        question.save()
        facts.record(QuestionSharpened(community_id=question.community_id, by_id=by.pk, question_id=question.pk))
    return question


def _change_texts(
    question: LearningQuestion,
    wording: str,
    barrier: str | None,
    by: Person,
    revision: int,
    meeting: Meeting | None,
) -> None:
    if question.is_gone:
        raise Refused(_("This question left the agenda. Reopen it before you say it differently."))
    check_meeting(meeting, question.community)
    wording = sentence(wording)
    barrier = question.barrier if barrier is None else barrier.strip()
    if (wording, barrier) == (question.wording, question.barrier):
        return
    if revision != question.revision:
        raise _edited_meanwhile(question, wording, barrier)
    reworded = wording != question.wording
    question.wording, question.barrier = wording, barrier
    question.revision += 1
    if reworded:
        written = write_wording(question, by=by, meeting=meeting)
        facts.record(
            QuestionReworded(
                community_id=question.community_id, by_id=by.pk, question_id=question.pk, wording_id=written.pk
            )
        )


def _edited_meanwhile(question: LearningQuestion, wording: str, barrier: str) -> EditedMeanwhile:
    last = Wording.objects.filter(question=question).select_related("by").latest("at", "id")
    theirs, mine = question.wording, wording
    if barrier != question.barrier:
        theirs, mine = f"{theirs}\n\n{question.barrier}".strip(), f"{mine}\n\n{barrier}".strip()
    return EditedMeanwhile(
        theirs=theirs,
        mine=mine,
        by_name=last.by.name if last.by else _("Somebody"),
        at=last.at,
        revision=question.revision,
    )
