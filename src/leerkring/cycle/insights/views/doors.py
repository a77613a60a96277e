"""How a view comes to the row that it is about: through what the person may see, or not at all."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from leerkring.community.meetings.models import Meeting
from leerkring.community.meetings.queries import meetings_visible_to
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import community_or_404, person_of
from leerkring.cycle.insights import queries
from leerkring.cycle.insights.models import HarvestItem, Insight, Thread


def meeting_or_404(request: HttpRequest, slug: str, meeting_id: int) -> tuple[Community, Meeting]:
    """A meeting that can have a harvest: one that keeps text (rule 6)."""
    community = community_or_404(request, slug)
    meeting = get_object_or_404(meetings_visible_to(person_of(request), community), pk=meeting_id)
    if not meeting.keeps_text:
        raise Http404(_("What is said here stays here. There is nothing to harvest."))
    return community, meeting


def line_or_404(request: HttpRequest, slug: str, meeting_id: int, harvest_id: int) -> tuple[Community, HarvestItem]:
    """A line of that meeting, also one that was removed."""
    community, meeting = meeting_or_404(request, slug, meeting_id)
    item = get_object_or_404(queries.all_lines_of(meeting), pk=harvest_id)
    item.meeting = meeting
    return community, item


def insight_or_404(request: HttpRequest, slug: str, insight_id: int) -> tuple[Community, Insight]:
    community, person = community_or_404(request, slug), person_of(request)
    insights = queries.with_sources(person, queries.insights_visible_to(person, community))
    return community, get_object_or_404(insights, pk=insight_id)


def thread_or_404(request: HttpRequest, slug: str, thread_id: int) -> tuple[Community, Thread]:
    community = community_or_404(request, slug)
    threads = queries.threads_visible_to(person_of(request), community)
    return community, get_object_or_404(threads, pk=thread_id)


def require(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied
