from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from leerkring.community.meetings import access, actions, queries
from leerkring.community.meetings.enums import Presence
from leerkring.community.meetings.forms import AttendanceSheet, PeopleForm, WalkInForm
from leerkring.community.meetings.models import Meeting
from leerkring.community.meetings.views import showing
from leerkring.community.meetings.views.fetch import attempt, attended_meeting, meeting_or_404
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import signed_in_person
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts
from leerkring.platform.ui.ticking import ticked


@admits(Admission.OWN_FACILITATOR, get=200, post=302)
@require_http_methods(["GET", "POST"])
def attendance_page(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """Everybody on one list, saved at once; corrections the same way."""
    community, meeting = attended_meeting(request, slug, meeting_id)
    rows = queries.attendances_of(meeting)
    if request.method == "GET":
        return _list_page(request, community, meeting, AttendanceSheet(rows))
    sheet = AttendanceSheet(rows, request.POST)
    try:
        notes = sheet.notes(rest_was_there="rest" in request.POST)
        actions.note_attendances(meeting=meeting, notes=notes, by=signed_in_person(request))
    except ValidationError as error:
        return _list_page(request, community, meeting, sheet, error.messages[0])
    except Refused as refusal:
        return _list_page(request, community, meeting, sheet, refusal.message)
    toasts.say(
        request,
        ngettext("Saved: %(count)d person.", "Saved: %(count)d people.", len(notes)) % {"count": len(notes)}
        if notes
        else _("Nothing was changed."),
    )
    return redirect("meetings:meeting_page", slug, meeting.pk)


@admits(Admission.OWN_FACILITATOR, post=422)
@require_POST
def walk_in_note(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """Somebody who was there without being on the list."""
    community, meeting = attended_meeting(request, slug, meeting_id)
    form = WalkInForm(request.POST, people=queries.walk_ins(meeting))
    by = signed_in_person(request)
    if form.is_valid() and attempt(
        form,
        lambda: actions.note_attendance(
            meeting=meeting, person=form.cleaned_data["person"], presence=Presence.PRESENT, by=by
        ),
    ):
        toasts.say(request, _("%(name)s is on the list.") % {"name": form.cleaned_data["person"].name})
        return redirect("meetings:attendance_page", slug, meeting.pk)
    return _list_page(request, community, meeting, AttendanceSheet(queries.attendances_of(meeting)), walk_in=form)


@admits(Admission.OWN_FACILITATOR, get=200, post=422)
@require_http_methods(["GET", "POST"])
def people_expect(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """Put people on the list: those who are ticked, or everybody."""
    community, meeting = attended_meeting(request, slug, meeting_id)
    people = queries.people_to_expect(meeting)
    form = PeopleForm(request.POST if request.method == "POST" and "all" not in request.POST else None, people=people)
    if request.method == "POST" and ("all" in request.POST or form.is_valid()):
        chosen = list(people if "all" in request.POST else form.cleaned_data["people"])
        by = signed_in_person(request)
        if attempt(form, lambda: actions.expect_people(meeting=meeting, people=chosen, by=by)):
            toasts.say(
                request,
                ngettext("%(count)d person is on the list.", "%(count)d people are on the list.", len(chosen))
                % {"count": len(chosen)},
            )
            return redirect("meetings:meeting_page", slug, meeting.pk)
    placed = queries.with_placements(people, meeting.community)
    context = {
        "community": community,
        "meeting": meeting,
        "form": form,
        "people": placed,
        "ticked": ticked(request, "people", [person.pk for person, _place in placed]),
    }
    return render(request, "meetings/people_expect.html", context, status=200 if request.method == "GET" else 422)


@admits(Admission.FOLLOWERS, post=302)
@require_POST
def sign_up(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """One's own word that one comes; newcomers too, when the meeting is open to them."""
    community, meeting = meeting_or_404(request, slug, meeting_id)
    person = signed_in_person(request)
    _require_guest(access.may_sign_up(person, meeting))
    try:
        actions.sign_up(meeting=meeting, by=person)
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
        return showing.page(request, community, meeting, status=422)
    toasts.say(request, _("You are on the list."))
    return redirect("meetings:meeting_page", slug, meeting.pk)


@admits(Admission.FOLLOWERS, post=302)
@require_POST
def sign_off(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    community, meeting = meeting_or_404(request, slug, meeting_id)
    person = signed_in_person(request)
    _require_guest(access.may_sign_up(person, meeting) or queries.attendance_of(person, meeting) is not None)
    try:
        actions.sign_off(meeting=meeting, by=person)
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
        return showing.page(request, community, meeting, status=422)
    toasts.say(request, _("You are off the list. You need not explain."))
    return redirect("meetings:meeting_page", slug, meeting.pk)


def _require_guest(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied(_("This meeting is for people of the programme."))


def _list_page(
    request: HttpRequest,
    community: Community,
    meeting: Meeting,
    sheet: AttendanceSheet,
    refusal: str = "",
    walk_in: WalkInForm | None = None,
) -> HttpResponse:
    sheet.mark(came_in=queries.came_in_at(meeting), corrected=queries.corrected_in(meeting))
    return render(
        request,
        "meetings/attendance_page.html",
        {
            "community": community,
            "meeting": meeting,
            "sheet": sheet,
            "answers": Presence.choices,
            "refusal": refusal,
            "walk_in": walk_in or WalkInForm(people=queries.walk_ins(meeting)),
        },
        status=422 if refusal or walk_in else 200,
    )
