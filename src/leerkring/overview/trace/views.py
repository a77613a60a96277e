from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import community_or_404, person_of
from leerkring.overview.trace import queries
from leerkring.overview.trace.drawing import drawing_of
from leerkring.overview.trace.enums import Kind
from leerkring.overview.trace.nodes import TraceNode
from leerkring.overview.trace.strip import title_of, url_of
from leerkring.platform.admission import Admission, admits


@admits(Admission.READERS, get=200)
@require_GET
def meeting_trace(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """What a meeting yielded, up to the norm."""
    return _trace_page(request, slug, Kind.MEETING, meeting_id)


@admits(Admission.READERS, get=200)
@require_GET
def question_trace(request: HttpRequest, slug: str, question_id: int) -> HttpResponse:
    """Where a question came from and what came of it."""
    return _trace_page(request, slug, Kind.QUESTION, question_id)


@admits(Admission.READERS, get=200)
@require_GET
def group_trace(request: HttpRequest, slug: str, group_id: int) -> HttpResponse:
    """From which questions a group came and what it led to."""
    return _trace_page(request, slug, Kind.GROUP, group_id)


@admits(Admission.READERS, get=200)
@require_GET
def insight_trace(request: HttpRequest, slug: str, insight_id: int) -> HttpResponse:
    """Where an insight came from and what changes because of it."""
    return _trace_page(request, slug, Kind.INSIGHT, insight_id)


@admits(Admission.READERS, get=200)
@require_GET
def change_trace(request: HttpRequest, slug: str, change_id: int) -> HttpResponse:
    """From the question that a colleague asked to every unit that works so now."""
    return _trace_page(request, slug, Kind.CHANGE, change_id)


@admits(Admission.READERS, get=200)
@require_GET
def uptake_trace(request: HttpRequest, slug: str, uptake_id: int) -> HttpResponse:
    """From one place back to the question, and on to the question that it raised."""
    return _trace_page(request, slug, Kind.UPTAKE, uptake_id)


@admits(Admission.READERS, get=200)
@require_GET
def unit_trace(request: HttpRequest, slug: str, unit_id: int) -> HttpResponse:
    """What a unit took over, and from where."""
    return _trace_page(request, slug, Kind.UNIT, unit_id)


def _trace_page(request: HttpRequest, slug: str, kind: Kind, pk: int) -> HttpResponse:
    community = community_or_404(request, slug)
    trace = _trace_or_404(request, community, kind, pk)
    before, after = _lists(queries.stations_before(trace), slug), _lists(queries.stations_after(trace), slug)
    return render(
        request,
        "trace/trace_page.html",
        {
            "community": community,
            "trace": trace,
            "title": title_of(trace.here),
            "url": url_of(trace.here, slug),
            "drawing": drawing_of(trace, slug),
            "before": before,
            "after": after,
            "stations": before + after,
        },
    )


Line = tuple[TraceNode, str, str]


def _lists(stations: Sequence[queries.Station], slug: str) -> list[tuple[queries.Station, list[Line]]]:
    """Each stop with its things, and what each is called and where it stands."""
    return [(station, [(node, title_of(node), url_of(node, slug)) for node in station.nodes]) for station in stations]


def _trace_or_404(request: HttpRequest, community: Community, kind: Kind, pk: int) -> queries.Trace:
    thing = get_object_or_404(queries.things_of(kind, community), pk=pk)
    trace = queries.trace_of(thing, person_of(request), community)
    if trace is None:
        raise Http404(_("There is nothing here that you can read."))
    return trace
