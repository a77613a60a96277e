"""Screens of a room that are made once for all who look at them."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest

from leerkring.community.meetings.facts import DoorFact, SeatFact
from leerkring.community.memberships.requests import person_of
from leerkring.cycle.agenda.facts import VersionSet
from leerkring.formats.werkplaats import access, screens, wall
from leerkring.formats.werkplaats.facts import RoomFact
from leerkring.formats.werkplaats.models import Room
from leerkring.formats.werkplaats.queries.rooms import rooms, version_of
from leerkring.platform import live
from leerkring.platform.prepared import prepared

SHOWN = (RoomFact, DoorFact, SeatFact, VersionSet)
"""After these facts a screen of the room may look different."""

# Asked for each phone that comes in.
_room_at = prepared(int)(lambda meeting: Room.objects.filter(meeting=meeting).values_list("pk", flat=True))
_room_named = prepared(int)(lambda pk: rooms().filter(pk=pk))


def room_of_change(change: live.Change) -> int | None:
    """The room that a fact is about: it says so, or names its meeting."""
    if "room_id" in change.ids:
        return int(change.ids["room_id"])
    meeting_id = change.ids.get("meeting_id")
    return _room_at.first(int(meeting_id)) if meeting_id else None


def room_named(key: str) -> Room | None:
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        return None
    return _room_named.first(int(key))


def for_facilitators(request: HttpRequest, key: str) -> live.Grant | None:
    person, room = person_of(request), room_named(key)
    if person is None or room is None or not access.may_run(person, room):
        return None
    return live.Grant([room.community_id], person.pk)


@live.topic("werkplaats.desk", facts=SHOWN, key_of=room_of_change, may_listen=for_facilitators, tells_all=True)
def desk_screen(key: str, language: str) -> live.Snapshot | None:
    room = room_named(key)
    return _snapshot(room, screens.desk_html) if room else None


@live.topic("werkplaats.projector", facts=SHOWN, key_of=room_of_change, may_listen=for_facilitators)
def projector_screen(key: str, language: str) -> live.Snapshot | None:
    room = room_named(key)
    return _snapshot(room, wall.wall_html) if room else None


def _snapshot(room: Room, html_of: Callable[[Room], dict[str, str]]) -> live.Snapshot:
    # Before the rest is read: what comes in meanwhile brings a version of its own.
    version = version_of(room)
    return live.Snapshot(version, screens.data_of(room, html_of(room)))
