from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from leerkring.community.accounts.devices import device_of, is_new_device, remember_device
from leerkring.community.meetings import access, actions, codes, queries
from leerkring.community.meetings.forms import CheckInForm, CodeForm
from leerkring.community.meetings.models import Door, Seat
from leerkring.community.memberships.requests import person_of
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import Refused
from leerkring.platform.ui import slots
from leerkring.platform.ui.frame import visitors_page

SCANNED = "leerkring-scanned"


@admits(Admission.EVERYONE, get=200, post=422)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def door_page(request: HttpRequest) -> HttpResponse:
    """Type the code on the screen, for who cannot scan it."""
    if request.method != "POST":
        return render(request, "meetings/door_page.html", {"form": CodeForm()})
    form = CodeForm(request.POST)
    if not form.is_valid():
        return render(request, "meetings/door_page.html", {"form": form}, status=422)
    return redirect("meetings:check_in_page", codes.read_code(form.cleaned_data["code"]))


@admits(Admission.EVERYONE, get=404, post=404)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_in_page(request: HttpRequest, code: str) -> HttpResponse:
    """GET shows what one comes in to, POST checks in. Who is in already goes on to where the meeting takes place."""
    device, person = device_of(request), person_of(request)
    seat = None if is_new_device(request) else codes.seat_of_device(code=code, device=device)
    if seat is not None and request.method != "POST" and (seat.person is not None or person is None):
        return _go_on(request, seat)
    return _remembered(_come_in(request, code, device, seat), device)


def _come_in(request: HttpRequest, code: str, device: str, seat: Seat | None) -> HttpResponse:
    person = person_of(request)
    try:
        door = seat.meeting.door if seat else codes.door_behind(
            code=code, device=device, is_known=person is not None, scanned=request.COOKIES.get(SCANNED, "")
        )  # fmt: skip
    except codes.TooManyGuesses as refusal:
        return _wrong_code(request, code, refusal.message, status=429)
    except codes.CodeChanged as refusal:
        return _wrong_code(request, code, refusal.message)
    if door is None:
        return _wrong_code(
            request, code, _("This code is not right, or no longer. Look at the screen and type it again.")
        )
    scanned = codes.proof_of_scan(door, device)
    form = CheckInForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _proved(_check_in(request, door, form, status=422 if form.is_bound else 200), scanned)
    try:
        seat = actions.check_in(
            meeting=door.meeting, code=door.code, device=device, by=person, name=form.cleaned_data["name"],
            scanned=scanned,
        )  # fmt: skip
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return _check_in(request, door, form, status=422)
    return redirect(_way_on(request, seat, door.code) or reverse("meetings:check_in_page", args=(door.code,)))


def _way_on(request: HttpRequest, seat: Seat, code: str) -> str:
    """A later step may know where the meeting takes place: its filling of `seat_way` is an address."""
    return "" if seat.is_out else str(slots.render("seat_way", request, seat=seat, code=code)).strip()


def _go_on(request: HttpRequest, seat: Seat) -> HttpResponse:
    code = seat.meeting.door.code
    if way := _way_on(request, seat, code):
        return redirect(way)
    meeting, community = seat.meeting, seat.meeting.community
    context = {
        "seat": seat,
        "meeting": meeting,
        "code": code,
        "own": queries.attendance_of(seat.person, meeting),
        "community": community.root or community,
    }
    return render(request, "meetings/seat_page.html", context)


def _check_in(request: HttpRequest, door: Door, form: CheckInForm, *, status: int) -> HttpResponse:
    person, meeting = person_of(request), door.meeting
    may_come_in = door.admits_guests or access.is_part_of(person, meeting.community)
    context = {"door": door, "meeting": meeting, "form": form, "may_come_in": may_come_in}
    if not form.is_bound:
        said = (door.code, door.is_locked, may_come_in, meeting.title, meeting.place, meeting.starts_at)
        return visitors_page(request, "meetings/check_in_page.html", context, *said)
    return render(request, "meetings/check_in_page.html", context, status=status)


def _proved(response: HttpResponse, scanned: str) -> HttpResponse:
    """Who has to sign in first comes back with a code that has changed by then."""
    response.set_cookie(
        SCANNED, scanned, max_age=codes.SCANNED_FOR, path="/w/", httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


def _wrong_code(request: HttpRequest, code: str, sentence: str, status: int = 404) -> HttpResponse:
    form = CodeForm({"code": code})
    form.is_valid()
    form.add_error(None, sentence)
    return render(request, "meetings/door_page.html", {"form": form}, status=status)


def _remembered(response: HttpResponse, device: str) -> HttpResponse:
    """Guesses count by device, so each answer gives a device its name."""
    remember_device(response, device)
    return response
