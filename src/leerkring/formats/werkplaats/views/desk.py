"""The desk itself: before, during and after; its door; and undo."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from leerkring.community.meetings import actions as meetings
from leerkring.community.meetings import queries as meeting_queries
from leerkring.community.meetings.models import Seat
from leerkring.formats.werkplaats import actions
from leerkring.formats.werkplaats.queries import rooms as queries
from leerkring.formats.werkplaats.views.desk_place import Place, desk, did, meeting_of_desk, place_or_404
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts


@admits(Admission.LEADERS, get=200)
@require_GET
def desk_page(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """Compose before, run during, finish after: one page that knows which of the three it is."""
    return desk(place_or_404(request, slug, meeting_id))


@admits(Admission.LEADERS, post=302)
@require_POST
def room_prepare(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    _community, meeting, person = meeting_of_desk(request, slug, meeting_id)
    try:
        actions.prepare_room(meeting=meeting, by=person)
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
        return redirect("meetings:meeting_page", slug, meeting_id)
    return redirect("werkplaats:desk_page", slug, meeting_id)


@admits(Admission.LEADERS, post=302)
@require_POST
def room_begin(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """The meeting is on, and its first round with it."""
    place = place_or_404(request, slug, meeting_id)

    def begin() -> None:
        actions.begin_room(room=place.room, by=place.person)
        first = next((round_ for round_ in queries.rounds_of(place.room) if round_.state == "waiting"), None)
        if first is not None and place.room.current_round_id is None:
            actions.open_round(round=first, by=place.person)

    return did(place, begin, _("The werkplaats has begun."))


@admits(Admission.LEADERS, post=422)
@require_POST
def room_end(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    place = place_or_404(request, slug, meeting_id)
    return did(place, lambda: actions.end_room(room=place.room, by=place.person), _("The werkplaats is over."))


@admits(Admission.LEADERS, post=302)
@require_POST
def room_screen(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """`on` switches screening on, without it off."""
    place = place_or_404(request, slug, meeting_id)
    is_on = bool(place.text("on"))
    said = _("From now on you see every post first.") if is_on else _("From now on posts go to the screen at once.")
    return did(place, lambda: actions.set_screening(room=place.room, is_on=is_on, by=place.person), said)


@admits(Admission.LEADERS, post=302)
@require_POST
def step_undo(request: HttpRequest, slug: str, meeting_id: int, step_id: int) -> HttpResponse:
    place = place_or_404(request, slug, meeting_id)
    step = queries.step_in(place.room, step_id)
    if step is None:
        raise Http404(_("This step is not of this meeting."))
    return did(place, lambda: actions.undo(step=step, by=place.person), _("Taken back."))


@admits(Admission.LEADERS, post=302)
@require_POST
def door_open(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    place = place_or_404(request, slug, meeting_id)
    return did(place, lambda: meetings.open_door(meeting=place.meeting, by=place.person), _("The door is open."))


@admits(Admission.LEADERS, post=302)
@require_POST
def door_lock(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """`off` opens it again."""
    place = place_or_404(request, slug, meeting_id)
    if place.text("off"):
        return did(
            place,
            lambda: _with_door(place, lambda: meetings.unlock_door(meeting=place.meeting, by=place.person)),
            _("The door is open again."),
        )
    return did(
        place,
        lambda: _with_door(place, lambda: meetings.lock_door(meeting=place.meeting, by=place.person)),
        _("The door is locked. Who is in, stays in."),
    )


@admits(Admission.LEADERS, post=302)
@require_POST
def door_rotate(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    place = place_or_404(request, slug, meeting_id)
    return did(
        place,
        lambda: _with_door(place, lambda: meetings.rotate_code(meeting=place.meeting, by=place.person)),
        _("There is a new code. The old one no longer works."),
    )


@admits(Admission.LEADERS, post=302)
@require_POST
def door_admit(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """`on` lets people in without an account, without it not."""
    place = place_or_404(request, slug, meeting_id)
    is_on = bool(place.text("on"))
    return did(
        place,
        lambda: _with_door(place, lambda: meetings.admit_guests(meeting=place.meeting, by=place.person, is_on=is_on)),
        _("People without an account can come in.") if is_on else _("Only people with an account can come in."),
    )


@admits(Admission.LEADERS, post=422)
@require_POST
def seat_put_out(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """`seat` says which, `back` lets it in again."""
    place = place_or_404(request, slug, meeting_id)
    if place.text("back"):
        return did(place, lambda: meetings.let_back_in(seat=_seat(place), by=place.person), _("They are in again."))
    return did(place, lambda: meetings.put_out(seat=_seat(place), by=place.person), _("They are out."))


def _seat(place: Place) -> Seat:
    seat = meeting_queries.seat_in(place.meeting, place.number("seat"))
    if seat is None:
        raise Refused(_("Choose somebody first."))
    return seat


def _with_door(place: Place, act: object) -> None:
    """The door is there from the moment that somebody sets something on it."""
    meetings.open_door(meeting=place.meeting, by=place.person)
    if callable(act):
        act()
