"""Whose turn it is, and what is mine: the third and fourth list of a first screen."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from leerkring.community.meetings.enums import MeetingKind, MeetingState
from leerkring.community.meetings.models import Meeting
from leerkring.community.people.models import Person
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.questions.models import Action, LearningQuestion
from leerkring.cycle.uptake.models import Block, Commitment, Uptake
from leerkring.outward.desk.lines import Line, Mark, letter, ring, symbol
from leerkring.platform import clock


def turn_lines(slug: str, *, actions: Iterable[Action], reviews: Iterable[Uptake]) -> list[Line]:
    """Who must act, soonest first. Persons stand here with what they took on, never with how much."""
    lines = [_action(slug, action) for action in actions if action.owner_id is not None]
    lines += [_review(slug, cell) for cell in reviews]
    return sorted(lines, key=lambda line: (line.day is None, line.day or clock.today()))


def _action(slug: str, action: Action) -> Line:
    return Line(
        title=action.text,
        url=reverse("questions:question_page", args=[slug, action.question_id]),
        mark=Mark("person", action.owner.initials if action.owner else ""),
        remark=_("%(name)s, for question %(code)s")
        % {"name": action.owner.name if action.owner else "", "code": action.question.code or _("without letter")},
        day=action.due_on,
    )


def _review(slug: str, cell: Uptake) -> Line:
    return Line(
        title=_("Look back at the norm: %(title)s") % {"title": cell.change.title},
        url=reverse("uptake:uptake_page", args=[slug, cell.pk]),
        mark=Mark("unit", cell.unit.initials),
        remark=cell.unit.name,
        day=cell.review_on,
    )


def my_lines(
    slug: str,
    person: Person,
    *,
    meetings: Iterable[Meeting],
    line_counts: Callable[[], Mapping[int, int]],
    questions: Iterable[LearningQuestion],
    actions: Iterable[Action],
    blocks: Iterable[Block],
    groups: Iterable[LearningGroup],
    commitments: Iterable[Commitment],
) -> list[Line]:
    meetings = list(meetings)
    waiting = [meeting for meeting in meetings if waits_for_harvest(meeting, person)]
    counts = line_counts() if waiting else {}
    lines = [_harvest(slug, meeting, counts.get(meeting.pk, 0)) for meeting in waiting]
    lines += [_commitment(slug, commitment) for commitment in commitments]
    lines += [_my_action(slug, action) for action in actions if action.owner_id == person.pk]
    lines += [_carried(slug, block) for block in blocks if block.uptake.change.carrier_id == person.pk]
    lines += [
        _question(slug, question) for question in questions if question.owner_id == person.pk and question.is_open
    ]
    lines += [_meeting(slug, meeting) for meeting in reversed(meetings) if _is_mine_and_soon(meeting)]
    lines += [_my_group(slug, group) for group in groups if getattr(group, "is_mine", False)]
    return lines


def waits_for_harvest(meeting: Meeting, person: Person) -> bool:
    """A held meeting without a finished harvest is a to-do of its facilitator; an intervisie has none (rule 14)."""
    is_facilitator = meeting.facilitator_id == person.pk
    return is_facilitator and meeting.state == MeetingState.HELD and meeting.keeps_text


def _is_mine_and_soon(meeting: Meeting) -> bool:
    planned = meeting.state in (MeetingState.PLANNED, MeetingState.PREPARED, MeetingState.LIVE)
    near = clock.now() - timedelta(hours=8) <= meeting.starts_at <= clock.now() + timedelta(days=120)
    return planned and near and getattr(meeting, "is_expected", False)


def _harvest(slug: str, meeting: Meeting, line_count: int) -> Line:
    return Line(
        title=_("Finish the harvest of %(title)s") % {"title": meeting.title},
        url=reverse("insights:harvest_page", args=[slug, meeting.pk]),
        mark=symbol("l-open"),
        remark=_("Lines so far: %(count)s. It takes about ten minutes") % {"count": line_count},
        day=meeting.starts_at.date(),
        action=_("Harvest"),
    )


def _commitment(slug: str, commitment: Commitment) -> Line:
    return Line(
        title=commitment.text,
        url=reverse("uptake:commitments_page", args=[slug]),
        mark=symbol("l-open"),
        remark=_("Your commitment. Only you and the team see it"),
        day=commitment.due_on,
    )


def _my_action(slug: str, action: Action) -> Line:
    return Line(
        title=action.text,
        url=reverse("questions:question_page", args=[slug, action.question_id]),
        mark=letter(action.question.code, action.question.state),
        remark=_("Your action"),
        day=action.due_on,
    )


def _carried(slug: str, block: Block) -> Line:
    return Line(
        title=block.uptake.change.title,
        url=reverse("uptake:uptake_page", args=[slug, block.uptake_id]),
        mark=ring(block.uptake.step, blocked=True),
        remark=_("You carry this. %(unit)s is stuck: %(reason)s")
        % {"unit": block.uptake.unit.name, "reason": block.reason},
    )


def _question(slug: str, question: LearningQuestion) -> Line:
    return Line(
        title=question.wording,
        url=reverse("questions:question_page", args=[slug, question.pk]),
        mark=letter(question.code, question.state),
        remark=_("Your question"),
    )


def _meeting(slug: str, meeting: Meeting) -> Line:
    return Line(
        title=meeting.title if meeting.title else str(MeetingKind(meeting.kind).label),
        url=reverse("meetings:meeting_page", args=[slug, meeting.pk]),
        mark=symbol("i-day"),
        remark=meeting.place or _("Place follows"),
        day=meeting.starts_at.date(),
    )


def _my_group(slug: str, group: LearningGroup) -> Line:
    return Line(
        title=group.name,
        url=reverse("groups:group_page", args=[slug, group.pk]),
        mark=symbol("i-people"),
        remark=_("Your learning group"),
    )
