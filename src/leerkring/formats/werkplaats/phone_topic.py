"""The screen of all phones in a room, made once. `early` stands behind the key of who brings in before the meeting."""

from __future__ import annotations

from django.http import HttpRequest

from leerkring.community.accounts.devices import device_of
from leerkring.community.memberships.requests import person_of
from leerkring.cycle.agenda.facts import VersionSet
from leerkring.formats.werkplaats import access, queries
from leerkring.formats.werkplaats.facts import OF_ONE_PHONE, RoomFact
from leerkring.formats.werkplaats.phone_screen import screen_of
from leerkring.formats.werkplaats.queries import on_phone
from leerkring.platform import live

EARLY = "-early"
QUIET = frozenset(kind.__name__ for kind in OF_ONE_PHONE)


def rooms_of_change(change: live.Change) -> list[str]:
    """Both screens of the room that a fact is about; none for what one phone did."""
    if change.name in QUIET:
        return []
    room_id = change.ids.get("room_id") or on_phone.room_id_of_meeting(change.ids.get("meeting_id"))
    return [str(room_id), f"{room_id}{EARLY}"] if room_id else []


def room_id_of(key: str) -> int:
    """The room that a key names; 0 for what is no key."""
    number = key.removesuffix(EARLY)
    return int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0


def at_a_seat(request: HttpRequest, key: str) -> live.Grant | None:
    """Whoever has a seat on this device; before the meeting, people of the programme."""
    person = person_of(request)
    if key.endswith(EARLY):
        room = on_phone.room_by_id(room_id_of(key))
        if person is None or room is None or not access.may_bring_in_early(person, room):
            return None
        return live.Grant([room.community_id], person.pk)
    seat = on_phone.seat_on(room_id_of(key), device_of(request))
    if seat is None:
        return None
    return live.Grant([seat.meeting.community_id], person.pk if person else None, seat=f"seat:{seat.pk}")


@live.topic("werkplaats.phone", facts=(RoomFact, VersionSet), key_of=rooms_of_change, may_listen=at_a_seat)
def phone_screen(key: str, language: str) -> live.Snapshot | None:
    room = on_phone.room_by_id(room_id_of(key))
    is_early = key.endswith(EARLY)
    if room is None or (is_early and room.began_at is not None):
        return None
    return live.Snapshot(queries.version_of(room), screen_of(room, is_early=is_early).data())
