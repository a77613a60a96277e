"""The screen at the door: a code that changes, and by name for who has no phone."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from leerkring.community.meetings import access, actions, codes, queries, rotation
from leerkring.community.meetings.enums import Presence
from leerkring.community.meetings.models import Attendance, Door, Meeting
from leerkring.community.meetings.views.fetch import attended_meeting
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import person_of, signed_in_person
from leerkring.platform import clock
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts
from leerkring.platform.ui.qr import picture_of

FOUND_AT_MOST = 12
LETTERS = 2


@admits(Admission.OWN_FACILITATOR, get=200)
@never_cache
@require_GET
def door_screen(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """What stands on the projector or the tablet beside the door."""
    community, meeting = _kept(request, slug, meeting_id)
    return _screen(request, community, meeting)


@admits(Admission.OWN_FACILITATOR, get=200)
@never_cache
@require_GET
def door_now(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """The part of the screen that changes."""
    _community, meeting = _kept(request, slug, meeting_id)
    return render(request, "meetings/door_now.html", {"meeting": meeting, **_code(meeting)})


@admits(Admission.OWN_FACILITATOR, post=302)
@require_POST
def door_open(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    community, meeting = _kept(request, slug, meeting_id)
    try:
        actions.open_door(meeting=meeting, by=signed_in_person(request), takes_fixed_code=False)
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
        return _screen(request, community, meeting, status=422)
    return redirect("meetings:door_screen", slug, meeting.pk)


@admits(Admission.OWN_FACILITATOR, post=302)
@require_POST
def door_close(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    _community, meeting = _kept(request, slug, meeting_id)
    actions.close_door(meeting=meeting, by=signed_in_person(request))
    toasts.say(
        request,
        _("The door is closed. Nobody checks in any more."),
        undo=reverse("meetings:door_open", args=[slug, meeting.pk]),
        undo_label=_("Open it again"),
    )
    return redirect("meetings:meeting_page", slug, meeting.pk)


@admits(Admission.OWN_FACILITATOR, post=422)
@require_POST
def name_check_in(request: HttpRequest, slug: str, meeting_id: int, attendance_id: int) -> HttpResponse:
    """Somebody without a phone touches their name."""
    community, meeting = _kept(request, slug, meeting_id)
    row = _row(meeting, attendance_id)
    try:
        actions.check_in_by_name(meeting=meeting, people=[row.person], by=signed_in_person(request))
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
        return _screen(request, community, meeting, status=422)
    toasts.say(
        request,
        _("%(name)s is in.") % {"name": row.person.name},
        undo=reverse("meetings:name_take_back", args=[slug, meeting.pk, row.pk]),
        undo_label=_("That is not me"),
    )
    return redirect("meetings:door_screen", slug, meeting.pk)


@admits(Admission.OWN_FACILITATOR, post=302)
@require_POST
def name_take_back(request: HttpRequest, slug: str, meeting_id: int, attendance_id: int) -> HttpResponse:
    """The inverse of `name_check_in`: a wrong name was touched."""
    _community, meeting = _kept(request, slug, meeting_id)
    row = _row(meeting, attendance_id)
    actions.note_attendance(
        meeting=meeting, person=row.person, presence=Presence.EXPECTED, by=signed_in_person(request)
    )
    return redirect("meetings:door_screen", slug, meeting.pk)


def _kept(request: HttpRequest, slug: str, meeting_id: int) -> tuple[Community, Meeting]:
    community, meeting = attended_meeting(request, slug, meeting_id)
    if not access.may_keep_door(person_of(request), meeting):
        raise PermissionDenied(_("This is for the facilitator. Ask them, or the programme team."))
    return community, meeting


def _row(meeting: Meeting, attendance_id: int) -> Attendance:
    row = queries.attendance_in(meeting, attendance_id)
    if row is None:
        raise Http404
    return row


def _screen(request: HttpRequest, community: Community, meeting: Meeting, status: int = 200) -> HttpResponse:
    typed = request.GET.get("name", "").strip()[:100]
    found = list(queries.to_check_in(meeting, typed)[: FOUND_AT_MOST + 1]) if len(typed) >= LETTERS else []
    context = {
        "community": community,
        "meeting": meeting,
        "typed": typed,
        "is_too_short": bool(typed) and len(typed) < LETTERS,
        "found": found[:FOUND_AT_MOST],
        "has_more": len(found) > FOUND_AT_MOST,
        "has_begun": clock.today() >= meeting.day,
        **_code(meeting),
    }
    return render(request, "meetings/door_screen.html", context, status=status)


def _code(meeting: Meeting) -> dict[str, object]:
    door: Door | None = queries.door_of(meeting)
    present = queries.present_count(meeting)
    if door is None or door.closed_at is not None:
        return {"door": None, "present_count": present}
    code = codes.code_now(door)
    return {
        "door": door,
        "present_count": present,
        "picture": picture_of(f"{settings.BASE_URL}/w/{code}/"),
        "address": f"{urlsplit(settings.BASE_URL).netloc}/w",
        "code": f"{code[:3]} {code[3:6]} {code[6:]}",
        "seconds_left": rotation.seconds_left(clock.now()),
    }
