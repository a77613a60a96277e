"""What actions in a room ask of a row before they change it."""

from __future__ import annotations

import secrets
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from leerkring.community.meetings.models import Seat
from leerkring.formats.werkplaats.enums import RoundKind, RoundState
from leerkring.formats.werkplaats.models import Room, Round
from leerkring.platform.prepared import prepared
from leerkring.platform.rules import Refused

SENTENCE = 300
SECRET_LENGTH = 32


_rounds = prepared(int)(lambda round_id: Round.objects.filter(pk=round_id).select_related("room__meeting__community"))
_seats = prepared(int)(
    lambda seat_id: Seat.objects.filter(pk=seat_id).only("person_id", "left_at").select_for_update(no_key=True)
)


def sentence(text: str, most: int = SENTENCE) -> str:
    """The text on one line. Raises Refused when nothing is left, or too much."""
    text = " ".join(text.split())
    if not text:
        raise Refused(_("Write something first."))
    if len(text) > most:
        raise Refused(_("Make it shorter: at most %(count)d characters.") % {"count": most})
    return text


def round_now(round_: Round) -> Round:
    """The round as it is now, with its room and meeting; no lock, because everybody in the hall reads it."""
    found = _rounds.first(round_.pk)
    if found is None:
        raise Round.DoesNotExist
    return found


def lock_seat(seat: Seat) -> None:
    """Hold one seat, so that what one device sends twice at the same time comes one after the other.

    Raises Refused for a seat that a facilitator closed.
    """
    _lock(seat)
    _require_in(seat)


def lock_voice(seat: Seat) -> None:
    """Hold all seats of this voter. Raises Refused for a seat that a facilitator closed."""
    if seat.person_id is None:
        _lock(seat)
    else:
        same = Seat.objects.filter(meeting=seat.meeting_id, person=seat.person_id)
        for row in same.select_for_update(no_key=True).order_by("pk"):
            if row.pk == seat.pk:
                seat.person_id, seat.left_at = row.person_id, row.left_at
    _require_in(seat)


def _lock(seat: Seat) -> None:
    held = _seats.first(seat.pk)
    if held is None:
        raise Seat.DoesNotExist
    if held.person_id != seat.person_id:
        seat.person_id = held.person_id
    seat.left_at = held.left_at


def _require_in(seat: Seat) -> None:
    if seat.is_out:
        raise Refused(_("The facilitator has closed this seat. Speak to them."))


def require_open(round_: Round, kind: RoundKind) -> None:
    if round_.kind != kind:
        raise Refused(_("That is not asked in this round."))
    if not round_.is_open:
        raise Refused(_("This round is closed. Look at the screen."))


def require_here(round_: Round, seat: Seat) -> None:
    if seat.meeting_id != round_.room.meeting_id:
        raise Refused(_("That belongs to another meeting."))


def require_of(room: Room, *rows: Any) -> None:
    if any(row.room_id != room.pk for row in rows):
        raise Refused(_("That belongs to another meeting."))


def fresh_secret() -> bytes:
    return secrets.token_bytes(SECRET_LENGTH)


def teller(round_: Round, seat: Seat) -> int | None:
    """Whose act a fact names: nobody's in an anonymous round."""
    return None if round_.is_anonymous else seat.person_id


def require_sheets(round_: Round, kind: RoundKind) -> None:
    """Sheets of paper are entered while a round is open, and after that. Raises Refused."""
    if round_.kind != kind:
        raise Refused(_("That is not asked in this round."))
    if round_.removed_at is not None or round_.state not in (RoundState.OPEN, RoundState.CLOSED):
        raise Refused(_("Open this round first."))


def voter_on_paper(key: UUID) -> str:
    """A sheet of paper is a voice of its own: without seat or name, and counted once."""
    return f"paper:{key}"
