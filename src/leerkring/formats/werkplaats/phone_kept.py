"""The page of a phone that has done nothing yet in this round is the same for the whole hall: it is rendered once.

A hall that joins, or goes on to the next round, asks for it all at once. What is of one phone alone (name, ticket,
token, key) is put in its place; who has said or chosen something gets a page made from the rows.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.html import escape
from django.utils.translation import get_language

from leerkring.community.meetings.models import Seat
from leerkring.community.memberships.requests import person_of
from leerkring.formats.werkplaats.enums import RoundKind
from leerkring.formats.werkplaats.facts import OF_ONE_PHONE, RoomFact
from leerkring.formats.werkplaats.models import Point, Post, Reply, Room, Round, Wish
from leerkring.formats.werkplaats.phone_screen import PhoneScreen, screen_of
from leerkring.formats.werkplaats.queries import on_phone
from leerkring.platform import facts, live
from leerkring.platform.facts.kept import forget_lately, lately
from leerkring.platform.live.topics import ticket_for
from leerkring.platform.prepared import Prepared, prepared
from leerkring.platform.ui.theme import theme_of

NAME = "werkplaats.phone"
OWN = frozenset({"announce", "over", "results"})
"""Parts of the screen that say something else to everybody."""
_mark = secrets.token_hex(8)
"""Nobody can write this in a title or a prompt."""
NAME_HERE, TICKET, OWNER, TOKEN, KEY = (f"{_mark}-{part}" for part in ("name", "ticket", "owner", "token", "key"))
MARKS = {"live_ticket": TICKET, "owner": OWNER, "csrf_token": TOKEN, "key": KEY}
"""The context of a page that is kept."""

_posts = prepared(int, str)(lambda round_, voter: _one(Post.objects.filter(round=round_, voter=voter)))
_points = prepared(int, str)(lambda round_, voter: _one(Point.objects.filter(round=round_, voter=voter)))
_wishes = prepared(int, str)(lambda round_, voter: _one(Wish.objects.filter(round=round_, voter=voter)))
_replies = prepared(int, str)(lambda round_, voter: _one(Reply.objects.filter(ask__round=round_, voter=voter)))
DONE: dict[str, Prepared[Any]] = {
    RoundKind.POINTS: _points,
    RoundKind.WISH: _wishes,
    RoundKind.LOOK_BACK: _replies,
}


@dataclass
class Shown:
    """A room as every phone sees it now, in one language, and the pages made of it."""

    room: Room
    screen: PhoneScreen
    round: Round | None
    pages: dict[tuple[object, ...], str] = field(default_factory=dict)
    mine: dict[tuple[object, ...], dict[str, Any]] = field(default_factory=dict)


def shown_at(seat: Seat) -> Shown | None:
    """What phones see at this moment, or saw less than half a second ago; None where there is no room."""
    return lately(NAME, (seat.meeting_id, get_language()), lambda: _read(seat))


def is_plain(request: HttpRequest, seat: Seat, shown: Shown) -> bool:
    """Whether this phone sees what all see: it has said or chosen nothing here, and nothing waits for it."""
    person = person_of(request)
    if seat.pk is None or (person is not None and seat.person_id is None) or len(get_messages(request)):
        return False
    if shown.room.announced_at is not None or shown.screen.part in OWN:
        return False
    return not _has_said(seat, shown.round)


def _read(seat: Seat) -> Shown | None:
    room = on_phone.room_of_seat(seat)
    if room is None:
        return None
    screen = screen_of(room)
    now = room.current_round
    if screen.round_id and (now is None or now.pk != screen.round_id):
        now = Round.objects.get(pk=screen.round_id)
    return Shown(room, screen, now if screen.round_id else None)


def _has_said(seat: Seat, round_: Round | None) -> bool:
    if round_ is None:
        return False
    done = DONE.get(round_.kind)
    if done is not None:
        return not round_.voter_of(seat) or bool(done(round_.pk, round_.voter_of(seat)))
    voters = {round_.voter_of(seat), round_.guest_voter_of(seat)} - {""}
    return any(_posts(round_.pk, voter) for voter in voters)


def looks_like(request: HttpRequest, seat: Seat) -> tuple[object, ...]:
    """What the page varies by, beside what is put in its place."""
    return (seat.person_id is None, bool(name_of(seat)), seat.meeting.door.code, theme_of(request))


def name_of(seat: Seat) -> str:
    return seat.person.name if seat.person else seat.name


def put_in(page: str, request: HttpRequest, seat: Seat, shown: Shown, grant: live.Grant) -> str:
    """The page of this phone."""
    ticket = ticket_for(request, NAME, shown.screen.key, grant) or ""
    page = page.replace(TICKET, ticket).replace(TOKEN, get_token(request)).replace(KEY, str(uuid4()))
    return page.replace(OWNER, f"{seat.meeting_id}-{seat.voice}").replace(NAME_HERE, escape(name_of(seat)))


@facts.subscribe(RoomFact)
def forget(fact: facts.Fact) -> None:
    """Who looks in this process sees at once what a facilitator did."""
    if not isinstance(fact, OF_ONE_PHONE):
        forget_lately(NAME)


def _one(rows: Any) -> Any:
    return rows.order_by().values_list("pk")[:1]
