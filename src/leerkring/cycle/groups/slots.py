"""What groups add to earlier pages: to a question who works on it, to a meeting what formed and was shown there."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import pgettext_lazy

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.requests import person_of
from leerkring.cycle.groups import access, queries
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.groups.rows import rows_of, strip_of
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.platform.ui import slots
from leerkring.platform.ui.slots import NavItem


def _in_a_programme(person: Any, community: Any) -> bool:
    return community is not None


slots.nav(NavItem(pgettext_lazy("menu", "Groups"), "groups:groups_page", order=30, shown=_in_a_programme))


@slots.fill("question_page", order=10)
def groups_of_question(request: HttpRequest, question: LearningQuestion, **more: Any) -> str | None:
    """Which groups work, or worked, on this question; and the way to begin one."""
    person = person_of(request)
    rows = strip_of(person, question)
    may_begin = question.is_open and access.may_propose_group(person, question.community)
    if not rows and not may_begin:
        return None
    context = {"rows": rows, "may_begin": may_begin, "question": question, "community": _programme(request, question)}
    return render_to_string("groups/strip_of_question.html", context, request)


@slots.fill("meeting_page", order=30)
def groups_of_meeting(request: HttpRequest, meeting: Meeting, **more: Any) -> str | None:
    """Groups that formed at this meeting, and pages that groups show there."""
    person = person_of(request)
    groups: list[Any] = list(queries.groups_with_facts(person, queries.groups_at(person, meeting)))
    if not groups:
        return None
    showing = sorted((group for group in groups if group.shows is not None), key=_by_theme)
    rows = rows_of(person, [group for group in groups if group.formed_in_id == meeting.pk])
    context = {"rows": rows, "showing": showing, "meeting": meeting, "community": _programme(request, meeting)}
    return render_to_string("groups/strip_of_meeting.html", context, request)


def _by_theme(group: LearningGroup) -> tuple[float, str, int]:
    return group.theme.position if group.theme else float("inf"), group.name, group.pk


def _programme(request: HttpRequest, row: Any) -> Any:
    """The programme of the page that is being made."""
    return getattr(request, "community", None) or row.community.root or row.community
