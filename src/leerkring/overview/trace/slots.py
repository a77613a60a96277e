"""The strip on every page of the cycle: where it came from and where it went."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import person_of
from leerkring.community.people.models import Unit
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.insights.models import Insight
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.cycle.uptake import access
from leerkring.cycle.uptake.models import Block, Change, StepTaken, Uptake
from leerkring.overview.trace import queries
from leerkring.overview.trace.strip import place_of, steps_around, steps_of
from leerkring.platform.ui import slots
from leerkring.platform.ui.pictures import Step
from leerkring.platform.ui.pictures import trace as trace_picture

LAST = 90


@slots.fill("question_page", order=LAST)
def trace_of_question(request: HttpRequest, question: LearningQuestion, **more: Any) -> str | None:
    return _strip(request, question, "question_trace")


@slots.fill("group_page", order=LAST)
def trace_of_group(request: HttpRequest, group: LearningGroup, **more: Any) -> str | None:
    return _strip(request, group, "group_trace")


@slots.fill("meeting_page", order=LAST)
def trace_of_meeting(request: HttpRequest, meeting: Meeting, **more: Any) -> str | None:
    return _strip(request, meeting, "meeting_trace")


@slots.fill("insight_page", order=LAST)
def trace_of_insight(request: HttpRequest, insight: Insight, **more: Any) -> str | None:
    return _strip(request, insight, "insight_trace")


@slots.fill("change_page", order=LAST)
def trace_of_change(request: HttpRequest, change: Change, **more: Any) -> str | None:
    return _strip(request, change, "change_trace")


@slots.fill("uptake_page", order=LAST)
def trace_of_uptake(
    request: HttpRequest, uptake: Uptake, taken: StepTaken | None, block: Block | None, **more: Any
) -> str | None:
    community = _community_of(request)
    if community is None:
        return None
    return _panel(request, uptake, "uptake_trace", lambda trace: _line(request, community, trace, uptake, taken, block))


@slots.fill("unit_page", order=LAST)
def trace_of_unit(request: HttpRequest, unit: Unit, **more: Any) -> str | None:
    return _strip(request, unit, "unit_trace")


@slots.fill("uptake_strip")
def line_of_uptake(
    request: HttpRequest, uptake: Uptake, taken: StepTaken | None, block: Block | None, **more: Any
) -> str | None:
    """Only the line, for a panel that has its own heading."""
    community = _community_of(request)
    if community is None:
        return None
    trace = queries.trace_of(uptake, person_of(request), community)
    return trace_picture(_line(request, community, trace, uptake, taken, block, is_short=True)) if trace else None


def _community_of(request: HttpRequest) -> Community | None:
    """The programme of the page that the slot stands on."""
    community: Community | None = getattr(request, "community", None)
    return community


def _strip(request: HttpRequest, thing: queries.Thing, page: str) -> str | None:
    community = _community_of(request)
    if community is None:
        return None
    slug = community.slug or ""
    return _panel(request, thing, page, lambda trace: steps_of(trace, slug))


def _panel(
    request: HttpRequest, thing: queries.Thing, page: str, steps_in: Callable[[queries.Trace], list[Step]]
) -> str | None:
    community = _community_of(request)
    if community is None:
        return None
    trace = queries.trace_of(thing, person_of(request), community)
    if trace is None or trace.is_alone:
        return None
    return render_to_string(
        "trace/strip.html",
        {
            "steps": steps_in(trace),
            "url": reverse(f"trace:{page}", args=[community.slug or "", thing.pk]),
            "title": _("Where it came from and where it went"),
        },
        request,
    )


def _line(
    request: HttpRequest,
    community: Community,
    trace: queries.Trace,
    uptake: Uptake,
    taken: StepTaken | None,
    block: Block | None,
    is_short: bool = False,
) -> list[Step]:
    """The stops of one place, with its last step and what blocks it."""
    with_names = access.may_see_names(person_of(request), community)
    place = place_of(uptake, taken, block, with_names)
    return steps_around(trace, community.slug or "", place, is_short=is_short)
