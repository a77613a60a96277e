"""What happens in a room after something happened at its door."""

from __future__ import annotations

from leerkring.community.meetings.facts import SeatClaimed
from leerkring.community.meetings.models import Seat
from leerkring.formats.werkplaats import actions
from leerkring.platform import facts


@facts.subscribe(SeatClaimed)
def join_voices_later(fact: SeatClaimed) -> None:
    """What a guest said is now theirs. Should this not come to it, the closing of each round does the same."""
    seat = Seat.objects.filter(pk=fact.seat_id).first()
    if seat is not None:
        actions.join_voices(seat=seat)
