"""A whole trace as a picture: a column for each stop, a line for each stored link."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leerkring.overview.trace.edges import Node
from leerkring.overview.trace.enums import Kind
from leerkring.overview.trace.nodes import TraceNode
from leerkring.overview.trace.queries import Station, Trace, stations_of
from leerkring.overview.trace.strip import url_of

COLUMN, ROW, TOP, MARK = 160, 108, 46, 15
MOST = 8
"""More things of a kind than this stand in the list only."""
LINE, LINES = 21, 3


@dataclass(frozen=True)
class Place:
    x: int
    y: int


def drawing_of(trace: Trace, slug: str) -> SafeString:
    stations = stations_of(trace)
    rows = max(min(len(station.nodes), MOST) for station in stations)
    height = TOP + rows * ROW
    columns = _columns(trace, stations)
    places = _places(columns)
    return format_html(
        '<svg class="tr" viewBox="0 0 {} {}" role="group" aria-labelledby="tr-t tr-d"><title id="tr-t">{}</title>'
        '<desc id="tr-d">{}</desc>{}{}{}</svg>',
        max(len(stations), 3) * COLUMN,
        height,
        _("Trace both ways"),
        _("From left to right: what was before, the thing itself, what came of it. The list below has the same."),
        _lines(trace, places),
        format_html_join("", "{}", ((_heading(station, column),) for column, station in enumerate(stations))),
        format_html_join(
            "",
            "{}",
            (
                (_mark(node, places[node.key], slug, node.key == trace.here.key),)
                for column in columns
                for node in column
            ),
        ),
    )


def _columns(trace: Trace, stations: Sequence[Station]) -> list[list[TraceNode]]:
    """The nearest things of each stop, each about as high as what they come from, so that few lines cross."""
    before: defaultdict[Node, list[Node]] = defaultdict(list)
    for one, other in trace.links:
        before[other].append(one)
    rows: dict[Node, float] = {}
    columns = []
    for station in stations:
        nearest = sorted(station.nodes, key=lambda node: node.distance)[:MOST]
        heights = {node.key: _mean([rows[key] for key in before[node.key] if key in rows]) for node in nearest}
        column = sorted(nearest, key=lambda node: heights[node.key])
        rows |= {node.key: float(row) for row, node in enumerate(column)}
        columns.append(column)
    return columns


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers) if numbers else 0.0


def _places(columns: Sequence[Sequence[TraceNode]]) -> dict[Node, Place]:
    return {
        node.key: Place(column * COLUMN + MARK + 3, TOP + row * ROW + MARK + 3)
        for column, nodes in enumerate(columns)
        for row, node in enumerate(nodes)
    }


def _lines(trace: Trace, places: dict[Node, Place]) -> SafeString:
    drawn = [(places[one], places[other]) for one, other in trace.links if one in places and other in places]
    lines = sorted(_line(one, other) for one, other in drawn)
    return format_html_join("", '<path class="{}" d="{}"/>', lines)


def _line(one: Place, other: Place) -> tuple[str, str]:
    if one.x < other.x:
        middle = (one.x + other.x) // 2
        kind = "tr-l" if other.x - one.x == COLUMN else "tr-j"
        return kind, f"M{one.x} {one.y}C{middle} {one.y} {middle} {other.y} {other.x} {other.y}"
    if one.x == other.x:
        side = one.x - MARK - 1
        return "tr-l", f"M{one.x} {one.y}C{side} {one.y} {side} {other.y} {other.x} {other.y}"
    below = max(one.y, other.y) + ROW * 2 // 3
    return "tr-b", f"M{one.x} {one.y}C{one.x} {below} {other.x} {below} {other.x} {other.y}"


def _heading(station: Station, column: int) -> SafeString:
    """The kind; under it, so that it stays within its column, how many more there are."""
    hidden = len(station.nodes) - MOST
    words = [str(station.kind.label).capitalize()]
    if hidden > 0:
        words.append(ngettext("%(count)d more in the list", "%(count)d more in the list", hidden) % {"count": hidden})
    left = column * COLUMN
    lines = ((left, 16 + 17 * number, line) for number, line in enumerate(words))
    return format_html_join("", '<text class="tr-k" x="{}" y="{}">{}</text>', lines)


def _mark(node: TraceNode, place: Place, slug: str, is_here: bool) -> SafeString:
    words = wrap(node.title, LINE, break_long_words=True)
    left, below = place.x - MARK, place.y + MARK + 17
    if len(words) > LINES:
        words = [*words[: LINES - 1], f"{words[LINES - 1][: LINE - 1]}…"]
    lines = format_html_join(
        " ",
        '<tspan x="{}" dy="{}">{}</tspan>',
        ((left, 0 if number == 0 else 17, line) for number, line in enumerate(words)),
    )
    shape = format_html('{} <text class="tr-t" x="{}" y="{}">{}</text>', _shape(node, place), left, below, lines)
    if is_here:
        return format_html('<g class="tr-is">{}</g>', shape)
    class_ = "tr-end" if node.is_blocked else ""
    return format_html('<a class="{}" href="{}">{}</a>', class_, url_of(node, slug), shape)


def _shape(node: TraceNode, place: Place) -> SafeString:
    if node.kind == Kind.UNIT:
        side = MARK * 2
        return format_html(
            '<rect class="tr-m" x="{}" y="{}" width="{}" height="{}" rx="3"/>',
            place.x - MARK,
            place.y - MARK,
            side,
            side,
        )
    inner = ""
    if node.kind == Kind.QUESTION:
        inner = node.text
    elif node.step is not None:
        inner = str(node.step)
    return format_html(
        '<circle class="tr-m{}" cx="{}" cy="{}" r="{}"/><text class="tr-n{}" x="{}" y="{}">{}</text>',
        " tr-m--norm" if node.is_norm else " tr-m--gone" if node.is_given_up else "",
        place.x,
        place.y,
        MARK,
        " tr-n--norm" if node.is_norm else "",
        place.x,
        place.y + 5,
        inner,
    )
