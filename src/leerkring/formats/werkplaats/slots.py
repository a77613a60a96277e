from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from leerkring.community.meetings.enums import MeetingKind
from leerkring.community.meetings.models import Meeting, Seat
from leerkring.community.memberships.requests import person_of
from leerkring.cycle.groups.models import Forming
from leerkring.formats.werkplaats import access
from leerkring.formats.werkplaats.models import Room
from leerkring.formats.werkplaats.queries.divisions import REF
from leerkring.formats.werkplaats.queries.on_phone import has_room
from leerkring.formats.werkplaats.queries.rooms import early_until, room_of
from leerkring.platform import clock
from leerkring.platform.ui import slots


def _room(request: HttpRequest, meeting: Meeting) -> Room | None:
    """Read once for all strips of the page."""
    kept: dict[int, Room | None] = request.__dict__.setdefault("werkplaats_rooms", {})
    if meeting.pk not in kept:
        kept[meeting.pk] = room_of(meeting)
    return kept[meeting.pk]


@slots.fill("meeting_next")
def next_in_room(request: HttpRequest, meeting: Meeting, **more: Any) -> str | None:
    """Once a room is prepared, what comes next is done there, until its harvest is in."""
    if meeting.kind != MeetingKind.WERKPLAATS or meeting.is_cancelled:
        return None
    if not access.may_prepare_room(person_of(request), meeting):
        return None
    room = _room(request, meeting)
    if room is None or room.harvested_at is not None:
        return None
    if room.began_at is None and (meeting.is_held or meeting.ends_at < clock.now()):
        return None
    return render_to_string("werkplaats/desk/next.html", {"room": room, "meeting": meeting, "slug": _slug(request)})


def _slug(request: HttpRequest) -> str:
    return str(request.resolver_match.kwargs.get("slug", "")) if request.resolver_match else ""


@slots.fill("meeting_page", order=5)
def werkplaats_of_meeting(request: HttpRequest, meeting: Meeting, **more: Any) -> str | None:
    """The way to the room: its desk for facilitators, taking part for everybody else while it is on."""
    if meeting.kind != MeetingKind.WERKPLAATS or not meeting.keeps_text or meeting.is_cancelled:
        return None
    person = person_of(request)
    room = _room(request, meeting)
    if room is None and meeting.is_held:
        return None
    may_run = access.may_prepare_room(person, meeting)
    may_come_in = room is not None and access.may_bring_in_early(person, room)
    until = early_until(room) if room and may_come_in else None
    if not may_run and not until and (room is None or not room.is_running or not may_come_in):
        return None
    context: dict[str, Any] = {"room": room, "meeting": meeting, "may_run": may_run, "early_until": until}
    context["slug"] = _slug(request)
    return render_to_string("werkplaats/desk/strip.html", context, request)


@slots.fill("seat_way")
def way_to_phone(request: HttpRequest, seat: Seat, code: str) -> str | None:
    """Who comes in where there is a room goes on to its screen for phones."""
    return reverse("werkplaats:phone_page", args=[code]) if has_room(seat.meeting_id) else None


@slots.fill("forming_page", order=5)
def desk_of_forming(request: HttpRequest, forming: Forming, **more: Any) -> str | None:
    """From the division of a room back to its desk."""
    meeting = forming.meeting
    if meeting is None or forming.ref != REF or not access.may_prepare_room(person_of(request), meeting):
        return None
    return render_to_string("werkplaats/desk/back.html", {"community": forming.community, "meeting": meeting}, request)
