"""What is noted of one person, and how it came about: for the team, and for the person."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from leerkring.community.meetings import access, actions, queries
from leerkring.community.meetings.enums import Presence
from leerkring.community.meetings.forms import AttendanceForm
from leerkring.community.meetings.models import Attendance
from leerkring.community.meetings.views.fetch import attempt, attended_meeting, meeting_or_404
from leerkring.community.memberships.requests import signed_in_person
from leerkring.community.people.models import Person
from leerkring.platform.admission import Admission, admits
from leerkring.platform.ui import toasts


@admits(Admission.OWN_FACILITATOR, get=200, post=422)
@require_http_methods(["GET", "POST"])
def attendance_change(request: HttpRequest, slug: str, meeting_id: int, attendance_id: int) -> HttpResponse:
    """Which parts somebody was there for, and what was noted before."""
    community, meeting = attended_meeting(request, slug, meeting_id)
    row = queries.attendance_in(meeting, attendance_id)
    if row is None:
        raise Http404
    items = list(queries.items_of(meeting))
    form = AttendanceForm(
        request.POST if request.method == "POST" else None,
        attendance=row,
        items=items,
        attended=queries.parts_attended(row),
    )
    by = signed_in_person(request)
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: _note(row, form, by)):
        toasts.say(request, _("Saved."))
        return redirect("meetings:attendance_change", slug, meeting.pk, row.pk)
    context = {
        "community": community,
        "meeting": meeting,
        "attendance": row,
        "form": form,
        "items": items,
        "history": queries.history_of(row.person, meeting),
        "came_in_at": queries.came_in_at(meeting).get(row.person_id),
    }
    return render(request, "meetings/attendance_change.html", context, status=422 if form.is_bound else 200)


@admits(Admission.FOLLOWERS, get=200)
@require_GET
def attendance_own(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """What is noted of who asks, by whom and when."""
    community, meeting = meeting_or_404(request, slug, meeting_id)
    person = signed_in_person(request)
    row = queries.attendance_of(person, meeting)
    if row is None and not access.is_part_of(person, meeting.community):
        raise PermissionDenied(_("This meeting is for people of the programme."))
    attended = queries.parts_attended(row) if row else set()
    context = {
        "community": community,
        "meeting": meeting,
        "attendance": row,
        "parts": [item for item in queries.items_of(meeting) if item.pk in attended],
        "history": queries.history_of(person, meeting),
    }
    return render(request, "meetings/attendance_own.html", context)


def _note(row: Attendance, form: AttendanceForm, by: Person) -> None:
    """By parts when some are ticked, else by minutes."""
    if parts := form.chosen_parts():
        actions.note_parts(meeting=row.meeting, person=row.person, items=parts, by=by)
        return
    presence, minutes = Presence(form.cleaned_data["presence"]), form.cleaned_data.get("minutes")
    actions.note_attendance(meeting=row.meeting, person=row.person, presence=presence, minutes=minutes, by=by)
