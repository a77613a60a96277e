"""Before the meeting: somebody of the programme brings something in, without a code, on any device."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from leerkring.community.accounts.devices import device_of, remember_device
from leerkring.community.meetings import actions as meetings
from leerkring.community.meetings.models import Seat
from leerkring.community.meetings.queries import door_of
from leerkring.community.memberships.requests import community_or_404, signed_in_person
from leerkring.formats.werkplaats import access
from leerkring.formats.werkplaats.models import Room
from leerkring.formats.werkplaats.queries import on_phone
from leerkring.formats.werkplaats.views import phone
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts


def early_room(request: HttpRequest, slug: str, meeting_id: int) -> Room:
    """The room of this meeting, for who may bring something in before it begins."""
    community = community_or_404(request, slug)
    person = signed_in_person(request)
    room = on_phone.room_visible_to(person, community, meeting_id)
    if room is None:
        raise Http404(_("There is no werkplaats in this meeting yet."))
    if not access.may_bring_in_early(person, room):
        raise PermissionDenied(_("This is for people of the programme. Ask the programme team."))
    return room


@admits(Admission.FOLLOWERS, get=302)
@never_cache
@require_GET
def early_page(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """Once the meeting has begun, the way in is the code."""
    room = early_room(request, slug, meeting_id)
    door = door_of(room.meeting)
    if room.began_at is not None and door is not None and door.closed_at is None:
        return redirect(phone.join_url(door.code))
    return phone.show(request, passing_seat(request, room))


@admits(Admission.FOLLOWERS, get=200)
@never_cache
@require_GET
def early_mine(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    room = early_room(request, slug, meeting_id)
    return phone.show_mine(request, passing_seat(request, room))


@admits(Admission.FOLLOWERS, post=422)
@require_POST
def early_send(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    return with_seat(request, early_room(request, slug, meeting_id), phone.send_post)


@admits(Admission.FOLLOWERS, post=404)
@require_POST
def early_take_back(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    return with_seat(request, early_room(request, slug, meeting_id), phone.take_back)


def passing_seat(request: HttpRequest, room: Room) -> Seat:
    """A seat to read with, not kept: looking takes no place."""
    return Seat(meeting=room.meeting, person=signed_in_person(request))


def with_seat(request: HttpRequest, room: Room, act: phone.SeatView) -> HttpResponse:
    device = device_of(request)
    try:
        seat = meetings.take_seat(meeting=room.meeting, device=device, by=signed_in_person(request))
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
        return redirect("../now/")
    response = act(request, seat)
    remember_device(response, device)
    return response
