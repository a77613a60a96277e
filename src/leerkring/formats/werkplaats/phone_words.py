"""What is personal on a phone, in words: who one is here, what one did, and why one sits where one sits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leerkring.community.meetings.models import Seat
from leerkring.cycle.groups.forming import own as forming
from leerkring.formats.werkplaats import queries
from leerkring.formats.werkplaats.actions.forming import FIRST_MEETING
from leerkring.formats.werkplaats.enums import PostKind, PostState, RoundKind
from leerkring.formats.werkplaats.models import Post, Room
from leerkring.formats.werkplaats.phone_screen import PhoneScreen
from leerkring.formats.werkplaats.snapshots import Companion, Mine, OwnPlace, OwnPost
from leerkring.platform.ui.days import date_words, time_words


@dataclass
class Place:
    """The table where one sits, and why."""

    own: OwnPlace
    theme_mark: int
    reasons: list[str]
    people: list[Companion]
    others: str
    first: str


@dataclass
class OnPhone:
    """What this device may see of itself, as its screen shows it."""

    mine: Mine
    round_id: int = 0
    sign_in: str = ""
    meeting_url: str = ""
    evaluation_url: str = ""
    posts: list[OwnPost] = field(default_factory=list)
    points: dict[str, int] | None = None
    wishes: list[int] | None = None
    replies: dict[int, int | str] | None = None
    wished: list[str] = field(default_factory=list)
    place: Place | None = None

    @property
    def is_guest(self) -> bool:
        return self.mine.is_guest

    @property
    def name(self) -> str:
        return self.mine.name

    def data(self, parts: Mapping[str, str]) -> dict[str, Any]:
        """For the script of the phone."""
        found: dict[str, Any] = {"round": self.round_id, "parts": parts}
        for name in ("points", "wishes", "replies"):
            if getattr(self, name) is not None:
                found[name] = getattr(self, name)
        return found


def on_phone_of(seat: Seat, room: Room, screen: PhoneScreen | None = None) -> OnPhone:
    """What is personal now. `screen` is given where the page is made as a whole."""
    mine = queries.mine(seat, room)
    assert mine is not None, "the room is there"  # noqa: S101
    found = OnPhone(mine, mine.round_id or 0)
    if screen is not None and screen.is_early:
        found.round_id = screen.round_id
    found.posts = [post for post in mine.posts if post.round_id == found.round_id and not post.is_taken_back]
    match mine.round_kind:
        case RoundKind.POINTS if mine.points is not None:
            found.points = {key.replace(":", "-"): count for key, count in mine.points.items()}
        case RoundKind.WISH:
            found.wishes = list(mine.wishes)
            names = {table.id: table.name for table in screen.tables} if screen else {}
            found.wished = [names[table] for table in mine.wishes if table in names]
        case RoundKind.LOOK_BACK:
            found.replies = mine.replies
    if mine.place is not None:
        found.place = place_of(mine.place)
    return found


def as_own(post: Post) -> OwnPost:
    """A post that was just made, as it stands in the list of what one sent."""
    return OwnPost(
        id=post.pk, key=str(post.key), round_id=post.round_id, kind=PostKind(post.kind), text=post.text,
        state=PostState(post.state), at=post.at, is_taken_back=False, can_take_back=True,
    )  # fmt: skip


def place_of(own: OwnPlace) -> Place:
    others = own.count - 1
    return Place(
        own,
        own.theme_position or 1,
        reasons_of(own),
        sorted(own.companions, key=lambda other: (not other.is_me, not other.name)),
        ngettext("You and %(count)d other.", "You and %(count)d others.", others) % {"count": others},
        _first(own.first_at),
    )


def reasons_of(own: OwnPlace) -> list[str]:
    """Which wish this is, why not the first one, and whom one meets."""
    if own.is_pinned:
        reasons = [_("The facilitator gave you this place.")]
    else:
        reasons = [" ".join(filter(None, (_which_wish(own), _why_not_first(own))))]
    parts = len({other.works_at for other in own.companions if other.works_at})
    if parts > 1:
        reasons.append(_("With you there are %(count)d parts of the organisation at the table.") % {"count": parts})
    return reasons


def _which_wish(own: OwnPlace) -> str:
    if own.first_wish is None:
        return _("You had no wish, so you got a place where there was room.")
    match own.rank:
        case None:
            return _("There was no place left at the tables of your wishes.")
        case 1:
            return _("This was your first wish.")
        case 2:
            return _("This was your second wish.")
        case 3:
            return _("This was your third wish.")
        case _other:
            return _("This was one of your wishes.")


def _why_not_first(own: OwnPlace) -> str:
    """How full it was there, and what a swap would have cost, without a word about whom."""
    first = own.first_wish
    if first is None or first.table_id == own.table_id:
        return ""
    said = forming.why_words(own.why, first.name)
    if first.people <= first.places:
        return said
    full = _("Your first one, %(name)s, had %(places)d places and %(people)d people.") % {
        "name": first.name,
        "places": first.places,
        "people": first.people,
    }
    return f"{full} {said}".strip()


def _first(first_at: datetime | None) -> str:
    if first_at is None:
        return ""
    begins = timezone.localtime(first_at)
    return _("First date: %(day)s, from %(begin)s to %(end)s.") % {
        "day": date_words(begins, "full"),
        "begin": time_words(begins).removesuffix(" uur"),
        "end": time_words(begins + FIRST_MEETING),
    }
