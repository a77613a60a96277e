from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.cycle.groups.queries import group_of_circle
from leerkring.cycle.insights import access, queries
from leerkring.cycle.insights.facts import InsightTakenBack, PromotedToAction, PromotedToInsight, PromotedToQuestion
from leerkring.cycle.insights.models import HarvestItem, Insight
from leerkring.cycle.questions import actions as questions
from leerkring.cycle.questions.models import Action, LearningQuestion
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused

SENTENCE_LENGTH = 300


def promote_to_insight(*, item: HarvestItem, by: Person, sentence: str = "") -> Insight:
    """Make an insight of a line, for whom the meeting is. Twice is one insight.

    Raises PermissionDenied; Refused when the line is too long for one sentence.
    """
    if not access.may_harvest(by, item.meeting):
        raise PermissionDenied
    with transaction.atomic():
        item.lock()
        if item.insight is not None:
            return item.insight
        meeting = item.meeting
        group = group_of_circle(meeting.community)
        insight = Insight.objects.create(
            community=meeting.community, label=meeting.label, sentence=_fitting(sentence or item.text),
            meeting=meeting, group=group, found_on=timezone.localtime(meeting.starts_at).date(), by=by,
            changed_at=clock.now(), changed_by=by,
        )  # fmt: skip
        item.insight = insight
        item.save(update_fields=["insight"])
        facts.record(
            PromotedToInsight(
                community_id=meeting.community.root_pk,
                by_id=by.pk,
                meeting_id=meeting.pk,
                harvest_id=item.pk,
                insight_id=insight.pk,
            )
        )
    return insight


def take_back_insight(*, item: HarvestItem, by: Person) -> None:
    """Make a line of it again, as long as it is as it came and nothing rests on it.

    Twice is once. Raises PermissionDenied; Refused when somebody went on with the insight.
    """
    if not access.may_harvest(by, item.meeting):
        raise PermissionDenied
    with transaction.atomic():
        item.lock()
        insight = item.insight
        if insight is None:
            return
        if insight.revision > 1 or queries.something_rests_on(insight):
            raise Refused(_("Somebody went on with this insight. Change it on its own page."))
        item.insight = None
        item.save(update_fields=["insight"])
        facts.record(
            InsightTakenBack(
                community_id=item.meeting.community.root_pk,
                by_id=by.pk,
                meeting_id=item.meeting_id,
                harvest_id=item.pk,
                insight_id=insight.pk,
            )
        )
        insight.delete()


def promote_to_question(*, item: HarvestItem, by: Person, wording: str = "", barrier: str = "") -> LearningQuestion:
    """Raise a question from a line, with the meeting as its origin. A barrier becomes the barrier of the question.

    Twice is one question. Raises PermissionDenied; Refused when the line is too long for one sentence.
    """
    if not access.may_harvest(by, item.meeting):
        raise PermissionDenied
    with transaction.atomic():
        item.lock()
        if item.question is not None:
            return item.question
        meeting = item.meeting
        question = questions.raise_question(
            community=_home_of(meeting), wording=_fitting(wording or item.text), barrier=barrier, meeting=meeting,
            label=Label(meeting.label), by=by,
        )  # fmt: skip
        item.question = question
        item.save(update_fields=["question"])
        facts.record(
            PromotedToQuestion(
                community_id=meeting.community.root_pk,
                by_id=by.pk,
                meeting_id=meeting.pk,
                harvest_id=item.pk,
                question_id=question.pk,
            )
        )
    return question


def promote_to_action(*, item: HarvestItem, question: LearningQuestion, by: Person) -> Action:
    """Make an action on a question of a line. Twice is one action.

    Raises PermissionDenied; Refused for a question of another programme, or a line that is too long.
    """
    if not access.may_harvest(by, item.meeting):
        raise PermissionDenied
    if question.community.root_pk != item.meeting.community.root_pk:
        raise Refused(_("This belongs to another programme. Choose something of this programme."))
    with transaction.atomic():
        item.lock()
        if item.action is not None:
            return item.action
        action = questions.put_action(question=question, text=_fitting(item.text), by=by)
        item.action = action
        item.save(update_fields=["action"])
        facts.record(
            PromotedToAction(
                community_id=item.meeting.community.root_pk,
                by_id=by.pk,
                meeting_id=item.meeting_id,
                harvest_id=item.pk,
                question_id=question.pk,
                action_id=action.pk,
            )
        )
    return action


def _home_of(meeting: Meeting) -> Community:
    """Where a question of this meeting belongs: what is for the group alone stays in its circle."""
    if meeting.label == Label.GROUP or meeting.community.root is None:
        return meeting.community
    return meeting.community.root


def _fitting(text: str) -> str:
    if len(text) > SENTENCE_LENGTH:
        raise Refused(
            _("This line has %(count)d characters. Shorten it to %(most)d, so that others can use it.")
            % {"count": len(text), "most": SENTENCE_LENGTH}
        )
    return text
