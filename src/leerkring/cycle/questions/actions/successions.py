from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.memberships.enums import Label
from leerkring.community.people.models import Person
from leerkring.cycle.questions import access
from leerkring.cycle.questions.enums import Origin, QuestionState
from leerkring.cycle.questions.facts import QuestionsMerged, QuestionSplit
from leerkring.cycle.questions.ground import allow, become, lock, sentence, write_state, write_wording
from leerkring.cycle.questions.models import LearningQuestion, Succession
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused

NARROW_TO_WIDE = [Label.GROUP, Label.PROGRAMME, Label.ORGANISATIONS, Label.PUBLIC]


def split_question(
    *, question: LearningQuestion, wordings: Sequence[str], by: Person, note: str = ""
) -> list[LearningQuestion]:
    """Let two or more sharpened questions come of one; the old one stays, with links both ways.

    On the agenda, use agenda.actions.split_on_agenda, which gives the successors their codes.
    Raises PermissionDenied or Refused.
    """
    texts = [sentence(wording) for wording in wordings]
    if len(texts) < 2:
        raise Refused(_("Write at least two questions to split it into."))
    if len({text.casefold() for text in texts}) < len(texts):
        raise Refused(_("Two of these questions are the same. Say what differs."))
    with transaction.atomic():
        lock(question)
        allow(access.may_keep_question(by, question))
        become(question, QuestionState.SPLIT, by, note)
        question.save()
        successors = [_successor([question], text, by) for text in texts]
        facts.record(
            QuestionSplit(
                community_id=question.community_id,
                by_id=by.pk,
                question_id=question.pk,
                successor_ids=tuple(successor.pk for successor in successors),
            )
        )
    return successors


def merge_questions(
    *, questions: Iterable[LearningQuestion], wording: str, by: Person, note: str = ""
) -> LearningQuestion:
    """Let one sharpened question come of two or more; the old ones stay, with links both ways.

    On the agenda, use agenda.actions.merge_on_agenda, which gives the successor its code.
    Raises PermissionDenied, or Refused when they are too few, of two programmes, or for different readers.
    """
    merged = sorted({question.pk: question for question in questions}.values(), key=lambda question: question.pk)
    text = sentence(wording)
    if len(merged) < 2:
        raise Refused(_("Choose at least two questions to merge."))
    if len({question.community.root_pk for question in merged}) > 1:
        raise Refused(_("Choose questions of one programme."))
    with transaction.atomic():
        for question in merged:
            lock(question)
            allow(access.may_keep_question(by, question))
        _check_readers(merged)
        for question in merged:
            become(question, QuestionState.MERGED, by, note)
            question.save()
        successor = _successor(merged, text, by)
        facts.record(
            QuestionsMerged(
                community_id=successor.community_id,
                by_id=by.pk,
                question_id=successor.pk,
                predecessor_ids=tuple(question.pk for question in merged),
            )
        )
    return successor


def _check_readers(questions: Sequence[LearningQuestion]) -> None:
    of_groups = {question.community_id for question in questions if question.label == Label.GROUP}
    if of_groups and len({question.community_id for question in questions}) > 1:
        raise Refused(_("One of these is for its group alone. First show it to the whole programme."))


def _successor(predecessors: Sequence[LearningQuestion], wording: str, by: Person) -> LearningQuestion:
    first = predecessors[0]
    owned = next((question for question in predecessors if question.has_owner), first)
    shared = len({question.community_id for question in predecessors}) == 1
    successor = LearningQuestion.objects.create(
        community_id=first.community_id if shared else first.community.root_pk,
        wording=wording,
        barrier="\n\n".join(dict.fromkeys(question.barrier for question in predecessors if question.barrier))[:2000],
        theme_id=next((question.theme_id for question in predecessors if question.theme_id), None),
        owner_id=owned.owner_id,
        owner_unit_id=owned.owner_unit_id,
        state=QuestionState.SHARPENED,
        label=min((question.label for question in predecessors), key=lambda label: NARROW_TO_WIDE.index(Label(label))),
        origin=Origin.SUCCESSION,
        raised_by=by,
        raised_at=clock.now(),
    )
    now = clock.now()
    for question in predecessors:
        Succession.objects.create(predecessor=question, successor=successor, at=now)
        successor.goals.add(*question.goals.all())
        successor.activities.add(*question.activities.all())
    write_wording(successor, by=by, meeting=None)
    write_state(successor, before="", after=QuestionState.SHARPENED, by=by)
    return successor
