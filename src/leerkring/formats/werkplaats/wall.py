"""What the projector shows: only what was released, in few and large words, on pages that fit without scrolling."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import ngettext

from leerkring.formats.werkplaats import screens
from leerkring.formats.werkplaats.doorway import Doorway
from leerkring.formats.werkplaats.enums import RoundKind
from leerkring.formats.werkplaats.models import Placing, Room
from leerkring.formats.werkplaats.queries import looks, projector_view
from leerkring.formats.werkplaats.queries.looks import Spot
from leerkring.formats.werkplaats.snapshots import PostView, ProjectorView, RoundView
from leerkring.formats.werkplaats.words import in_words
from leerkring.platform import clock

PARTS = ("main", "side")
STACKS = 6
BARS = 6
NEWEST = 18
ABOUT_POSTS = (RoundKind.RAISE, RoundKind.SCREEN, RoundKind.CLUSTER)
ROWS, SHORT = 3, 92
"""Rows of cards on a page, and how long a text may be to share a row."""
NAMES = 8


@dataclass
class Page:
    """One picture on the wall. `kind` names its template; `rows` is what it lists."""

    kind: str
    rows: Sequence[Any] = ()
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def template(self) -> str:
        return f"werkplaats/projector/page_{self.kind}.html"


@dataclass(frozen=True)
class Card:
    text: str
    count: int = 0
    is_wide: bool = False
    is_new: bool = False
    is_loose: bool = False

    @property
    def is_long(self) -> bool:
        return len(self.text) > 48


def projector(room: Room, page: int = 1) -> dict[str, Any]:
    view = projector_view(room)
    pages = pages_of(room, view)
    return {
        "room": room,
        "meeting": room.meeting,
        "community": room.meeting.community,
        "view": view,
        "stage": screens.stage_of(view),
        "now": view.round,
        "pages": pages,
        "page": (page - 1) % len(pages) + 1,
        "page_next": page % len(pages) + 1,
        "is_about_posts": view.round is not None and view.round.kind in ABOUT_POSTS,
        "post_count": len(view.posts) + sum(pile.count for pile in view.piles),
        "pile_count": sum(1 for pile in view.piles if pile.posts),
        "doorway": Doorway(view.door.code) if view.door and not view.door.is_locked else None,
        **set_words(pages),
    }


def with_clock(context: dict[str, Any]) -> dict[str, Any]:
    """The clock as it stands now: for the page itself, never for what is made once for all."""
    now: RoundView | None = context["now"]
    left: int | None = None
    if now is not None and now.is_open:
        left = now.left_seconds
        if left is None and now.ends_at is not None:
            left = int((now.ends_at - clock.now()).total_seconds())
    total = max((now.minutes if now else 1) * 60, left or 0)
    is_paused = now is not None and now.left_seconds is not None
    return context | {"left": left, "total": total, "is_paused": is_paused}


def set_words(pages: list[Page]) -> dict[str, str]:
    """How many questions the version that was set has, in words as one says it."""
    if pages[0].kind != "set":
        return {}
    count = pages[0].more["set_count"]
    return {"set_words": ngettext("%(count)s question.", "%(count)s questions.", count) % {"count": in_words(count)}}


def wall_html(room: Room) -> dict[str, str]:
    context = projector(room)
    return {part: render_to_string(f"werkplaats/projector/{part}.html", context) for part in PARTS}


def pages_of(room: Room, view: ProjectorView) -> list[Page]:
    now = view.round
    if view.ended_at is not None:
        return [Page("end")]
    if view.began_at is None or now is None:
        return [Page("welcome")]
    pages_of_kind = PAGES.get(now.kind)
    return (pages_of_kind(room, view) if pages_of_kind else [Page("welcome")]) or [Page("quiet")]


def raise_pages(room: Room, view: ProjectorView) -> list[Page]:
    lying = [*view.posts, *(post for pile in view.piles for post in pile.posts)]
    return posts_pages(sorted(lying, key=lambda post: -post.id))


def posts_pages(newest: Sequence[PostView]) -> list[Page]:
    """Short ones two beside each other, long ones over the whole width."""
    cards = [Card(post.text, is_wide=len(post.text) > SHORT) for post in newest[:NEWEST]]
    pages: list[list[Card]] = [[]]
    for card in cards:
        if _rows([*pages[-1], card]) > ROWS:
            pages.append([])
        pages[-1].append(card)
    return [Page("posts", cards_) for cards_ in pages if cards_]


def _rows(cards: Sequence[Card]) -> int:
    wide = sum(card.is_wide for card in cards)
    return wide + math.ceil((len(cards) - wide) / 2)


def stack_pages(room: Room, view: ProjectorView) -> list[Page]:
    """In the order of the facilitator; the newest is marked; the loose ones last."""
    piles = [pile for pile in view.piles if pile.posts]
    newest = max((pile.id for pile in piles), default=0)
    cards = [Card(pile.name, pile.count, is_new=pile.id == newest) for pile in piles]
    if view.posts:
        cards.append(Card("", len(view.posts), is_loose=True))
    return [Page("stacks", rows) for rows in chunks(cards, STACKS)]


def points_pages(room: Room, view: ProjectorView) -> list[Page]:
    if view.results is None:
        return [Page("points")]
    return [Page("bars", rows) for rows in chunks(view.results, BARS)]


@dataclass(frozen=True)
class AtTable:
    """A table and some of who sits there; a large table goes on in the next card."""

    spot: Spot
    names: list[str]
    guests: int = 0


def walk_pages(room: Room, view: ProjectorView) -> list[Page]:
    return [Page("walk", more=screens.walk_context(view.questions))]


def present_pages(room: Room, view: ProjectorView) -> list[Page]:
    return [Page("present", more=screens.presenting(view.presentations))]


def wish_pages(room: Room, view: ProjectorView) -> list[Page]:
    return [Page("wish", rows) for rows in chunks(view.tables, STACKS)]


def forming_pages(room: Room, view: ProjectorView) -> list[Page]:
    return [Page("forming")]


def announced_pages(room: Room, view: ProjectorView) -> list[Page]:
    if view.announced_at is None:
        return [Page("forming")]
    cards = []
    for spot in looks.spots_of(room):
        names = [name for name in map(name_of, spot.placings) if name]
        guests = spot.count - len(names)
        parts = chunks(names, NAMES) or [[]]
        cards += [AtTable(spot, part, guests if part is parts[-1] else 0) for part in parts if spot.count]
    return [Page("groups", rows) for rows in chunks(cards, 4)] or [Page("forming")]


def name_of(placing: Placing) -> str:
    """As one finds oneself on a wall: the given name and the first letter of the rest.

    What a guest typed as a name nobody has looked at: guests are counted.
    """
    person = placing.person or (placing.seat.person if placing.seat else None)
    return f"{person.given_name} {person.family_name[:1]}.".strip() if person is not None else ""


def version_pages(room: Room, view: ProjectorView) -> list[Page]:
    found = screens.version_of_agenda(room)
    return [Page("set" if found["set_here"] else "draft", more=found)]


def back_pages(room: Room, view: ProjectorView) -> list[Page]:
    if view.round is None or view.round.is_open or not view.round.is_shown:
        return [Page("asks", view.asks)]
    return [Page("answers", [ask]) for ask in view.asks]


def chunks(rows: Iterable[Any], size: int) -> list[list[Any]]:
    listed = list(rows)
    return [listed[at : at + size] for at in range(0, len(listed), size)]


PAGES: dict[RoundKind, Callable[[Room, ProjectorView], list[Page]]] = {
    RoundKind.RAISE: raise_pages,
    RoundKind.SCREEN: raise_pages,
    RoundKind.CLUSTER: stack_pages,
    RoundKind.POINTS: points_pages,
    RoundKind.WALK: walk_pages,
    RoundKind.PRESENT: present_pages,
    RoundKind.WISH: wish_pages,
    RoundKind.FORM: forming_pages,
    RoundKind.ANNOUNCE: announced_pages,
    RoundKind.SET_VERSION: version_pages,
    RoundKind.LOOK_BACK: back_pages,
}
