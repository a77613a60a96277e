from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.insights import access
from leerkring.cycle.insights.facts import (
    InsightChanged,
    InsightFollowedUp,
    InsightLabelChanged,
    InsightQuestionLinked,
    InsightQuestionUnlinked,
    InsightWritten,
)
from leerkring.cycle.insights.models import FollowUpQuestion, Insight
from leerkring.cycle.questions.actions import raise_question
from leerkring.cycle.questions.enums import Origin
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused, check_fields


def write_insight(
    *,
    community: Community,
    sentence: str,
    by: Person,
    context: str = "",
    evidence: str = "",
    evidence_url: str = "",
    meeting: Meeting | None = None,
    group: LearningGroup | None = None,
    questions: Sequence[LearningQuestion] = (),
    label: Label = Label.PROGRAMME,
    found_on: date | None = None,
) -> Insight:
    """Write down one insight. The same sentence twice by the same person is one insight.

    Raises PermissionDenied; Refused for links to another programme, and for the label *group* without a group.
    """
    if not access.may_write_insight(by, community, group):
        raise PermissionDenied
    _refuse_foreign(community, meeting=meeting, group=group, questions=questions)
    if label == Label.GROUP and group is None:
        raise Refused(_("Only a group's own insight can be for the group alone. Choose the group, or a wider circle."))
    if label == Label.PUBLIC and not access.may_show_to_all(by, community):
        raise PermissionDenied
    with transaction.atomic():
        Community.objects.select_for_update().get(pk=community.root_pk)
        home = group.circle if group is not None else Community(pk=community.root_pk)
        own = Insight.objects.filter(community=home.pk, sentence=sentence, by=by).first()
        if own is not None:
            return own
        insight = Insight(
            community_id=home.pk, sentence=sentence, context=context, evidence=evidence, evidence_url=evidence_url,
            meeting=meeting, group=group, label=label, found_on=found_on or clock.today(), by=by,
            changed_at=clock.now(), changed_by=by,
        )  # fmt: skip
        check_fields(insight)
        insight.save()
        insight.questions.set(questions)
        facts.record(InsightWritten(community_id=community.root_pk, by_id=by.pk, insight_id=insight.pk))
    return insight


def change_insight(
    *,
    insight: Insight,
    sentence: str,
    by: Person,
    context: str = "",
    evidence: str = "",
    evidence_url: str = "",
    revision: int | None = None,
) -> Insight:
    """Word an insight anew. Raises PermissionDenied, and EditedMeanwhile when somebody else did since `revision`."""
    if not access.may_change_insight(by, insight):
        raise PermissionDenied
    texts = {"sentence": sentence, "context": context, "evidence": evidence, "evidence_url": evidence_url}
    with transaction.atomic():
        insight.lock()
        if all(getattr(insight, name) == text for name, text in texts.items()):
            return insight
        insight.check_revision(revision, **texts)
        for name, text in texts.items():
            setattr(insight, name, text)
        insight.changed(by=by, at=clock.now())
        check_fields(insight)
        insight.save()
        facts.record(
            InsightChanged(
                community_id=insight.community.root_pk,
                by_id=by.pk,
                insight_id=insight.pk,
                revision=insight.revision,
            )
        )
    return insight


def change_label(*, insight: Insight, label: Label, by: Person) -> Insight:
    """Say anew who may read an insight. Raises PermissionDenied; Refused for *group* without a group."""
    if not access.may_label_insight(by, insight, label):
        raise PermissionDenied
    with transaction.atomic():
        insight.lock()
        if insight.label == label:
            return insight
        if label == Label.GROUP and insight.group is None:
            raise Refused(
                _("Only a group's own insight can be for the group alone. Choose the group, or a wider circle.")
            )
        before = insight.label
        insight.label = label
        insight.save(update_fields=["label"])
        facts.record(
            InsightLabelChanged(
                community_id=insight.community.root_pk,
                by_id=by.pk,
                insight_id=insight.pk,
                before=before,
                after=label,
            )
        )
    return insight


def link_question(*, insight: Insight, question: LearningQuestion, by: Person) -> None:
    """Say that an insight says something about a question. Raises PermissionDenied, Refused."""
    if not access.may_change_insight(by, insight):
        raise PermissionDenied
    _refuse_foreign(insight.community, questions=[question])
    with transaction.atomic():
        insight.lock()
        if insight.questions.filter(pk=question.pk).exists():
            return
        insight.questions.add(question)
        facts.record(
            InsightQuestionLinked(
                community_id=insight.community.root_pk,
                by_id=by.pk,
                insight_id=insight.pk,
                question_id=question.pk,
            )
        )


def unlink_question(*, insight: Insight, question: LearningQuestion, by: Person) -> None:
    """Say that an insight says nothing about a question after all. Raises PermissionDenied."""
    if not access.may_change_insight(by, insight):
        raise PermissionDenied
    with transaction.atomic():
        if not insight.questions.filter(pk=question.pk).exists():
            return
        insight.questions.remove(question)
        facts.record(
            InsightQuestionUnlinked(
                community_id=insight.community.root_pk,
                by_id=by.pk,
                insight_id=insight.pk,
                question_id=question.pk,
            )
        )


def follow_up(*, insight: Insight, wording: str, by: Person) -> LearningQuestion:
    """Raise a question that comes of an insight. The same wording twice is one question.

    The question is for the whole programme, unless the insight is wider still: who words it decides what it tells.
    Raises PermissionDenied.
    """
    if not access.may_follow_up(by, insight):
        raise PermissionDenied
    with transaction.atomic():
        insight.lock()
        known = FollowUpQuestion.objects.filter(insight=insight, question__wording=wording).first()
        if known is not None:
            return known.question
        question = raise_question(
            community=_programme_of(insight.community),
            wording=wording,
            label=Label.PROGRAMME if insight.label == Label.GROUP else Label(insight.label),
            origin=Origin.INSIGHT,
            by=by,
        )
        FollowUpQuestion.objects.create(insight=insight, question=question, at=clock.now())
        facts.record(
            InsightFollowedUp(
                community_id=insight.community.root_pk,
                by_id=by.pk,
                insight_id=insight.pk,
                question_id=question.pk,
            )
        )
    return question


def _programme_of(community: Community) -> Community:
    return community.root or community


def _refuse_foreign(
    community: Community,
    *,
    meeting: Meeting | None = None,
    group: LearningGroup | None = None,
    questions: Iterable[LearningQuestion] = (),
) -> None:
    rows = [row for row in (meeting, group, *questions) if row is not None]
    if any(row.community.root_pk != community.root_pk for row in rows):
        raise Refused(_("This belongs to another programme. Choose something of this programme."))
