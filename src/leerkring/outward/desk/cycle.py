"""The picture of the learning cycle: six stations in a ring, their numbers, and what came back as a question."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True)
class Station:
    name: str
    count: int
    remark: str
    is_bad: bool
    url: str
    is_here: bool = False


@dataclass(frozen=True)
class Node:
    """A station as drawn: place of the circle and of its words."""

    station: Station
    x: float
    y: float
    text_x: float
    text_y: float
    anchor: str
    badge_x: float
    badge_y: float
    badge_number: str


@dataclass(frozen=True)
class Drawing:
    """One size of the picture; coordinates in units of its view box."""

    width: int
    height: int
    centre_x: float
    centre_y: float
    radius: float
    node_radius: int
    nodes: tuple[Node, ...]
    arrows: tuple[str, ...]
    back_path: str
    back_arrow: str
    back_x: float
    back_y: float


def _werkplaatsen(count: int) -> str:
    return ngettext("%(count)s werkplaats", "%(count)s werkplaatsen", count) % {"count": count} if count else ""


def stations(slug: str, counts: Mapping[str, int]) -> list[Station]:
    """The six stations with the numbers that this person may see, in the order of the cycle."""

    def more(count: int) -> str:
        return f"+{count}" if count else ""

    ownerless = counts["ownerless"]
    return [
        Station(
            _("Meetings"),
            counts["meetings"],
            _werkplaatsen(counts["werkplaatsen"]),
            False,
            reverse("meetings:meetings_page", args=[slug]),
        ),
        Station(
            _("Harvest"),
            counts["harvest"],
            more(counts["harvest_new"]),
            False,
            reverse("meetings:meetings_page", args=[slug]) + "?when=past",
        ),
        Station(
            _("Questions"),
            counts["questions"],
            _("%(count)s without owner") % {"count": ownerless} if ownerless else "",
            bool(ownerless),
            reverse("agenda:agenda_page", args=[slug]),
        ),
        Station(
            _("Groups"),
            counts["groups"],
            _("%(count)s quiet") % {"count": counts["quiet"]} if counts["quiet"] else "",
            bool(counts["quiet"]),
            reverse("groups:groups_page", args=[slug]),
        ),
        Station(
            _("Insights"),
            counts["insights"],
            more(counts["insights_new"]),
            False,
            reverse("insights:insights_page", args=[slug]),
        ),
        Station(
            _("Uptake"),
            counts["cells"],
            _("%(count)s blocked") % {"count": counts["blocked"]} if counts["blocked"] else "",
            bool(counts["blocked"]),
            reverse("uptake:matrix_page", args=[slug]),
            is_here=True,
        ),
    ]


def draw(found: list[Station], *, is_small: bool) -> Drawing:
    """Six stations at sixty degrees, the first at the top, clockwise; arrows halfway, the chord back inside."""
    width, height, centre_x, centre_y, radius, node = (
        (360, 350, 180.0, 175.0, 128.0, 40) if is_small else (690, 574, 336.0, 284.0, 176.0, 46)
    )
    places = [_place(centre_x, centre_y, radius, index * 60) for index in range(6)]
    nodes = tuple(_node(station, *places[index], index, node) for index, station in enumerate(found))
    arrows = tuple(_arrow(centre_x, centre_y, radius, index * 60 + 33) for index in range(6))
    (from_x, from_y), (to_x, to_y) = places[5], places[2]
    bend_x, bend_y = centre_x - radius * 0.6, centre_y + radius * 0.88
    end_x, end_y = to_x - node * 1.08, to_y + node * 0.3
    middle_x = 0.25 * from_x + 0.5 * bend_x + 0.25 * end_x
    middle_y = 0.25 * from_y + 0.5 * bend_y + 0.25 * end_y
    return Drawing(
        width,
        height,
        centre_x,
        centre_y,
        radius,
        node,
        nodes,
        arrows,
        back_path=f"M{from_x:.1f} {from_y:.1f}Q{bend_x:.1f} {bend_y:.1f} {end_x - 7:.1f} {end_y + 2:.1f}",
        back_arrow=_head(end_x, end_y, math.atan2(end_y - bend_y, end_x - bend_x), 10),
        back_x=round(middle_x, 1),
        back_y=round(middle_y, 1),
    )


def _place(centre_x: float, centre_y: float, radius: float, degrees: float) -> tuple[float, float]:
    angle = math.radians(degrees - 90)
    return centre_x + radius * math.cos(angle), centre_y + radius * math.sin(angle)


def _node(station: Station, x: float, y: float, index: int, radius: int) -> Node:
    if index in (0, 3):
        text_x, anchor = x, "mid"
        text_y = y - radius - 33 if index == 0 else y + radius + 25
    else:
        is_right = index in (1, 2)
        text_x, anchor = (x + radius + 12, "") if is_right else (x - radius - 12, "end")
        text_y = y - 2
    number = station.remark.split(" ")[0] if station.is_bad else ""
    return Node(
        station,
        round(x, 1),
        round(y, 1),
        round(text_x, 1),
        round(text_y, 1),
        anchor,
        round(x + radius * 0.75, 1),
        round(y - radius * 0.7, 1),
        number,
    )


def _arrow(centre_x: float, centre_y: float, radius: float, degrees: float) -> str:
    x, y = _place(centre_x, centre_y, radius, degrees)
    return _head(x, y, math.radians(degrees), 8)


def _head(x: float, y: float, angle: float, size: float) -> str:
    """A triangle with its point at (x, y), looking along the angle (radians)."""
    back_x, back_y = x - size * 1.6 * math.cos(angle), y - size * 1.6 * math.sin(angle)
    side_x, side_y = -size * 0.75 * math.sin(angle), size * 0.75 * math.cos(angle)
    return f"M{x:.1f} {y:.1f}L{back_x + side_x:.1f} {back_y + side_y:.1f}L{back_x - side_x:.1f} {back_y - side_y:.1f}Z"
