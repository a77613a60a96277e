"""A trace in one line: a stop for each kind of thing, with the nearest one named."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leerkring.cycle.uptake.enums import Step as UptakeStep
from leerkring.cycle.uptake.models import Block, StepTaken, Uptake
from leerkring.overview.trace.enums import Kind
from leerkring.overview.trace.nodes import TraceNode
from leerkring.overview.trace.queries import Station, Trace, stations_of
from leerkring.platform.ui.days import date_words
from leerkring.platform.ui.pictures import Step

PAGES = {
    Kind.MEETING: "meetings:meeting_page",
    Kind.QUESTION: "questions:question_page",
    Kind.GROUP: "groups:group_page",
    Kind.INSIGHT: "insights:insight_page",
    Kind.CHANGE: "uptake:change_page",
    Kind.UPTAKE: "uptake:uptake_page",
    Kind.UNIT: "uptake:unit_page",
}


def url_of(node: TraceNode, slug: str) -> str:
    return reverse(PAGES[node.kind], args=[slug, node.pk])


def steps_of(trace: Trace, slug: str) -> list[Step]:
    """The stops of a strip, from first to last. The units are those of the uptakes, so they need no stop."""
    stations = stations_of(trace)
    return [_step(station, slug) for station in stations if station.is_here or station.kind != Kind.UNIT]


def steps_around(trace: Trace, slug: str, place: list[Step], *, is_short: bool) -> list[Step]:
    """The same for one place: what stands there itself is given. A short one stands under its own heading."""
    steps: list[Step] = []
    for station in stations_of(trace):
        if station.is_here:
            steps += place
        elif station.kind != Kind.UNIT and not (is_short and station.kind in (Kind.CHANGE, Kind.MEETING)):
            steps.append(_step(station, slug))
    return steps


def place_of(uptake: Uptake, taken: StepTaken | None, block: Block | None, with_names: bool) -> list[Step]:
    """Its last step, and what blocks it or why it was given up."""
    is_over = block is not None or uptake.is_given_up
    said = [taken.name if with_names else "", date_words(taken.taken_on, "long")] if taken else []
    step = str(UptakeStep(uptake.step).label).capitalize()
    steps = [Step(step, ", ".join(filter(None, said)), "" if is_over else "is")]
    if uptake.is_given_up:
        steps.append(Step(_("Given up"), uptake.given_up_reason, "is"))
    elif block is not None:
        steps.append(Step(_("Blocked"), f"{block.reason}, {date_words(block.since_on, 'long')}", "end"))
    return steps


def _step(station: Station, slug: str) -> Step:
    node = station.nearest
    more = len(station.nodes) - 1
    if station.kind == Kind.UPTAKE and more and not station.is_here:
        return Step(_("Uptake"), _of_many(station), _state_of_many(station))
    text = _text(node)
    if more:
        text = _("%(text)s, and %(count)d more") % {"text": text, "count": more}
    return Step(title_of(node), text, _state(node, station.is_here), "" if station.is_here else url_of(node, slug))


def title_of(node: TraceNode) -> str:
    """What kind of thing it is, with the code of a question and the step of an uptake."""
    match node.kind:
        case Kind.QUESTION:
            return _("Question %(code)s") % {"code": node.text} if node.text else _("Question")
        case Kind.UPTAKE if node.is_blocked:
            return _("Blocked")
        case Kind.UPTAKE if node.is_given_up:
            return _("Given up")
        case Kind.UPTAKE:
            return str(UptakeStep(node.step or 0).label).capitalize()
        case _other:
            return str(node.kind.label).capitalize()


def _text(node: TraceNode) -> str:
    if node.on is not None and node.kind in (Kind.MEETING, Kind.UPTAKE):
        return f"{node.title}, {date_words(node.on, 'long')}"
    return node.title


def _state(node: TraceNode, is_here: bool) -> str:
    if node.is_blocked:
        return "end"
    return "is" if is_here else ""


def _state_of_many(station: Station) -> str:
    return "end" if all(node.is_blocked for node in station.nodes) else ""


def _of_many(station: Station) -> str:
    count = len(station.nodes)
    norms = sum(node.is_norm for node in station.nodes)
    blocked = sum(node.is_blocked for node in station.nodes)
    said = [ngettext("in %(count)d place", "in %(count)d places", count) % {"count": count}]
    if norms:
        said.append(ngettext("the norm in %(count)d", "the norm in %(count)d", norms) % {"count": norms})
    if blocked:
        said.append(ngettext("blocked in %(count)d", "blocked in %(count)d", blocked) % {"count": blocked})
    return ", ".join(said)
