from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from leerkring.community.meetings import calendar
from leerkring.community.meetings.entries import entry_for
from leerkring.community.meetings.views.fetch import meeting_or_404
from leerkring.community.memberships.requests import person_of
from leerkring.platform.admission import Admission, admits


@admits(Admission.READERS, get=200)
@require_GET
def meeting_calendar(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """A file that a calendar program opens."""
    _community, meeting = meeting_or_404(request, slug, meeting_id)
    content = calendar.file_of(entry_for(person_of(request), meeting))
    response = HttpResponse(content, "text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}-{meeting.day:%Y-%m-%d}.ics"'
    response["Cache-Control"] = "private, no-cache"
    return response
