"""What insights add to earlier pages: to a question what is known, to a group what it found, to a meeting its yield."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.requests import person_of
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.insights import access, queries
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.platform.ui import slots
from leerkring.platform.ui.slots import NavItem


def _in_a_programme(person: Any, community: Any) -> bool:
    return community is not None


slots.nav(NavItem(_("Insights"), "insights:insights_page", order=35, shown=_in_a_programme))

SHOWN_AT_ONCE = 12


@slots.fill("question_page", order=20)
def insights_of_question(request: HttpRequest, question: LearningQuestion, **more: Any) -> str | None:
    """What is known about this question, and the insight that made somebody ask it."""
    person = person_of(request)
    found: list[Any] = list(queries.with_sources(person, queries.insights_about(person, question)))
    insights = [insight for insight in found if insight.is_about]
    behind = next((insight for insight in found if insight.is_behind), None)
    may_write = access.may_write_insight(person, question.community)
    if not insights and behind is None and not may_write:
        return None
    return _strip("question", request, question, {"insights": insights, "behind": behind, "may_write": may_write})


@slots.fill("group_page", order=20)
def insights_of_group(request: HttpRequest, group: LearningGroup, **more: Any) -> str | None:
    """What the group found out."""
    person = person_of(request)
    insights = list(queries.with_sources(person, queries.insights_of_group(person, group)))
    community = group.community
    may_write = access.may_write_insight(person, community) and access.may_write_insight(person, community, group)
    if not insights and not may_write:
        return None
    return _strip("group", request, group, {"insights": insights, "may_write": may_write})


@slots.fill("meeting_harvest", order=20)
def harvest_of_meeting(request: HttpRequest, meeting: Meeting, **more: Any) -> str | None:
    """The way to the harvest, for who makes it; for others how much there is to read."""
    if not meeting.keeps_text or meeting.is_cancelled:
        return None
    person = person_of(request)
    may_write = access.may_harvest(person, meeting)
    line_count = queries.line_counts(_programme(request, meeting)).get(meeting.pk, 0)
    if not may_write and not line_count:
        return None
    return _strip("harvest", request, meeting, {"may_write": may_write, "line_count": line_count})


@slots.fill("meeting_page", order=20)
def yield_of_meeting(request: HttpRequest, meeting: Meeting, **more: Any) -> str | None:
    """Insights that came from this meeting."""
    person = person_of(request)
    insights = list(queries.with_sources(person, queries.insights_of_meeting(person, meeting)))
    if not insights:
        return None
    return _strip("meeting", request, meeting, {"insights": insights})


def _programme(request: HttpRequest, row: Any) -> Any:
    return getattr(request, "community", None) or row.community.root or row.community


def _strip(name: str, request: HttpRequest, row: Any, context: dict[str, Any]) -> str:
    insights = context.get("insights", [])
    return render_to_string(
        f"insights/strip_of_{name}.html",
        context
        | {
            name if name != "harvest" else "meeting": row,
            "community": _programme(request, row),
            "insights": insights[:SHOWN_AT_ONCE],
            "rest_count": max(len(insights) - SHOWN_AT_ONCE, 0),
        },
        request,
    )
