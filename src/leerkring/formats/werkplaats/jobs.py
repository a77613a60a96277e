"""What happens in a room after something happened at its door, or the group former had its answer."""

from __future__ import annotations

from leerkring.community.meetings.facts import SeatClaimed
from leerkring.community.meetings.models import Seat
from leerkring.community.people import queries as people
from leerkring.cycle.groups.facts import (
    FormingBroughtBack,
    FormingChanged,
    FormingFact,
    FormingFailed,
    FormingFinished,
    FormingRearranged,
    FormingThrownAway,
)
from leerkring.formats.werkplaats import actions
from leerkring.formats.werkplaats.queries import divisions
from leerkring.platform import facts


@facts.subscribe(SeatClaimed)
def join_voices_later(fact: SeatClaimed) -> None:
    """What a guest said is now theirs. Should this not come to it, the closing of each round does the same."""
    seat = Seat.objects.filter(pk=fact.seat_id).first()
    if seat is not None:
        actions.join_voices(seat=seat)


@facts.subscribe(FormingFinished, FormingRearranged, FormingChanged, FormingThrownAway, FormingBroughtBack)
def take_division_later(fact: FormingFact) -> None:
    """Everybody sits where the division has them, in the name of who asked for it or moved somebody."""
    found, by = divisions.forming_of_room(fact.forming_id), people.person_numbered(fact.by_id or 0)
    if found is not None and by is not None:
        actions.take_division(room=found[1], found=found[0], by=by)


@facts.subscribe(FormingFailed)
def tell_failed_division(fact: FormingFailed) -> None:
    found, by = divisions.forming_of_room(fact.forming_id), people.person_numbered(fact.by_id or 0)
    if found is not None and by is not None:
        actions.note_failed_division(room=found[1], found=found[0], by=by)
