"""What changed since the last werkplaats or workshop: the lines of the first list, newest first."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.questions.enums import DropReason, QuestionState
from leerkring.cycle.questions.models import StateChange
from leerkring.cycle.uptake.enums import Step
from leerkring.cycle.uptake.models import StepTaken
from leerkring.outward.desk.lines import Line, letter, ring, symbol


def changed_lines(
    slug: str,
    *,
    steps: Iterable[StepTaken],
    states: Iterable[StateChange],
    groups: Iterable[LearningGroup],
    since: datetime,
    newcomers_count: int,
    members_count: int,
) -> list[Line]:
    lines = [*_furthest_steps(slug, steps), *_fates(slug, states)]
    lines += [_group(slug, group) for group in groups if group.formed_on and group.formed_on > since.date()]
    lines.sort(key=lambda line: (line.day is not None, line.day, line.weight), reverse=True)
    if newcomers_count:
        lines.append(_newcomers(slug, newcomers_count, members_count))
    return lines


def _furthest_steps(slug: str, steps: Iterable[StepTaken]) -> list[Line]:
    """One line per cell: from where it stood to where it stands, not each step on the way."""
    seen: dict[int, list[StepTaken]] = {}
    for taken in steps:
        seen.setdefault(taken.uptake_id, []).append(taken)
    return [_step(slug, newest_first[0], newest_first[-1]) for newest_first in seen.values()]


def _step(slug: str, last: StepTaken, first: StepTaken) -> Line:
    cell = last.uptake
    before = Step(first.before if first.before is not None else Step.INSIGHT)
    remark = _("%(unit)s: from %(before)s to %(after)s") % {
        "unit": cell.unit.name,
        "before": before.label,
        "after": Step(last.after).label,
    }
    return Line(
        title=cell.change.title,
        url=reverse("uptake:uptake_page", args=[slug, cell.pk]),
        mark=ring(last.after),
        remark=remark,
        day=last.taken_on,
        at=last.at,
        weight=last.after,
        subject="step",
    )


def _fates(slug: str, states: Iterable[StateChange]) -> list[Line]:
    """The last thing that happened to each question."""
    lines: dict[int, Line] = {}
    for change in states:
        if change.question_id not in lines:
            lines[change.question_id] = _fate(slug, change)
    return list(lines.values())


def _fate(slug: str, change: StateChange) -> Line:
    question = change.question
    titles = {
        QuestionState.ANSWERED: _("Question %(code)s is answered"),
        QuestionState.PROVISIONAL: _("Question %(code)s has a first answer"),
        QuestionState.SPLIT: _("Question %(code)s was split"),
        QuestionState.MERGED: _("Question %(code)s was merged with another"),
        QuestionState.DROPPED: _("Question %(code)s was let go"),
        QuestionState.ON_AGENDA: _("Question %(code)s is on the agenda"),
    }
    remark = question.wording
    if change.after in (QuestionState.ANSWERED, QuestionState.PROVISIONAL):
        remark = question.answer or question.wording
    elif change.after == QuestionState.DROPPED and question.drop_reason:
        remark = str(DropReason(question.drop_reason).label)
    return Line(
        title=titles[QuestionState(change.after)] % {"code": question.code or ""},
        url=reverse("questions:question_page", args=[slug, question.pk]),
        mark=letter(question.code, question.state),
        remark=remark,
        day=change.at.date(),
        at=change.at,
        weight=10,
        subject=change.after,
    )


def _group(slug: str, group: LearningGroup) -> Line:
    return Line(
        title=_("New group: %(name)s") % {"name": group.name},
        url=reverse("groups:group_page", args=[slug, group.pk]),
        mark=symbol("i-plus"),
        remark=group.purpose,
        day=group.formed_on,
        weight=5,
        subject="group",
    )


def _newcomers(slug: str, count: int, total: int) -> Line:
    return Line(
        title=ngettext("%(count)s new person", "%(count)s new people", count) % {"count": count},
        url=reverse("memberships:people_page", args=[slug]),
        mark=symbol("i-plus"),
        subject="people",
        remark=_("Together we are now %(total)s. Whoever reads along takes part too.") % {"total": total},
    )
