"""What is stuck: blocked cells, questions that stay open or have no owner, groups that went quiet."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.cycle.uptake.models import Block
from leerkring.outward.desk.lines import Line, letter, ring, symbol
from leerkring.platform import clock
from leerkring.platform.ui.days import date_words, local_day, since_words


def stuck_lines(
    slug: str,
    *,
    blocks: Iterable[Block],
    questions: Iterable[LearningQuestion],
    groups: Iterable[LearningGroup],
) -> list[Line]:
    questions = list(questions)
    lines = [_block(slug, block) for block in blocks]
    lines += [_stubborn(slug, question) for question in questions if is_stubborn(question)]
    lines += [_quiet(slug, group) for group in groups if is_quiet(group)]
    lines += [_ownerless(slug, question) for question in questions if question.is_open and not question.has_owner]
    return lines


def is_stubborn(question: LearningQuestion) -> bool:
    """Reads the columns that `agenda_questions` adds."""
    after = getattr(question, "stubborn_after", 0)
    return bool(after) and question.is_open and getattr(question, "open_count", 0) >= after


def is_quiet(group: LearningGroup) -> bool:
    """Reads the columns that `living_groups` adds."""
    moments = (getattr(group, "met_at", None), getattr(group, "moved_at", None))
    return group.is_quiet(
        last_on=max((local_day(moment) for moment in moments if moment), default=None),
        meets_again=getattr(group, "meets_again", False),
        today=clock.today(),
    )


def _block(slug: str, block: Block) -> Line:
    cell = block.uptake
    return Line(
        title=cell.change.title,
        url=reverse("uptake:uptake_page", args=[slug, cell.pk]),
        mark=ring(cell.step, blocked=True),
        remark=f"{cell.unit.name}: {block.reason}, {since_words(block.since_on)}",
        action=_("View") if getattr(block, "is_asked", False) else _("Make it a question"),
    )


def _stubborn(slug: str, question: LearningQuestion) -> Line:
    return Line(
        title=question.wording,
        url=reverse("questions:question_page", args=[slug, question.pk]),
        mark=letter(question.code, question.state),
        remark=_("Stubborn: open in %(count)s versions in a row") % {"count": getattr(question, "open_count", 0)},
        action=_("Plan a step"),
    )


def _quiet(slug: str, group: LearningGroup) -> Line:
    met_at = getattr(group, "met_at", None)
    remark = _("No meeting since %(day)s") % {"day": date_words(met_at)} if met_at else _("No meeting planned")
    return Line(
        title=_("%(name)s has gone quiet") % {"name": group.name},
        url=reverse("groups:group_page", args=[slug, group.pk]),
        mark=symbol("i-quiet"),
        remark=remark,
        action=_("Ask how it goes"),
    )


def _ownerless(slug: str, question: LearningQuestion) -> Line:
    return Line(
        title=question.wording,
        url=reverse("questions:question_page", args=[slug, question.pk]),
        mark=letter(question.code, question.state),
        remark=_("Nobody owns this question yet"),
        action=_("Find an owner"),
    )
