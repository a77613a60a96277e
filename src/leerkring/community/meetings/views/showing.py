"""The page of a meeting, also shown again with what could not be done."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from leerkring.community.meetings import access, queries, sentences
from leerkring.community.meetings.enums import MeetingState, Presence
from leerkring.community.meetings.models import Attendance, Meeting
from leerkring.community.meetings.next_step import Known, next_step_of
from leerkring.community.meetings.run_sheet import run_sheet_of
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import person_of


def page(request: HttpRequest, community: Community, meeting: Meeting, status: int = 200) -> HttpResponse:
    person = person_of(request)
    sheet = run_sheet_of(meeting, queries.items_of(meeting))
    may_change = access.may_change_meeting(person, meeting)
    own = queries.attendance_of(person, meeting)
    counts = queries.counts_by_presence(meeting)
    coming = sum(counts[presence] for presence in queries.COMING)
    known = Known(
        slug=community.slug or "",
        items_count=len(sheet.items),
        expected_count=sum(counts.values()),
        unnoted_count=counts[Presence.EXPECTED],
        own=own,
        is_full=meeting.places_count is not None and coming >= meeting.places_count,
    )
    return render(
        request,
        "meetings/meeting_page.html",
        {
            "community": community,
            "meeting": meeting,
            "heading": sentences.heading_of(meeting, is_mine_to_do=may_change),
            "when": sentences.when_of(meeting),
            "places": sentences.places_left(meeting, coming),
            "headcount": sentences.headcount(
                counts[Presence.PRESENT] + counts[Presence.PARTLY] if meeting.is_held else coming
            ),
            "step": next_step_of(meeting, person, known),
            "sheet": sheet,
            "materials": list(queries.materials_visible_to(person, meeting)),
            "people": people_shown(request, meeting),
            "present_sum": [{"label": words.label, "count": counts[words]} for words in Presence if counts[words]],
            "own": own,
            "may_change": may_change,
            "may_see_attendance": access.may_see_attendance(person, meeting),
            "is_part_of": access.is_part_of(person, meeting.community),
            "may_cancel": may_change and meeting.may_become(MeetingState.CANCELLED),
            "may_reopen": may_change and meeting.state == MeetingState.HARVESTED,
        },
        status=status,
    )


def people_shown(request: HttpRequest, meeting: Meeting) -> Sequence[Attendance] | None:
    """Those who can be named to who looks; None when only their number can be told."""
    person = person_of(request)
    if access.may_see_attendance(person, meeting):
        return list(queries.attendances_of(meeting))
    if access.may_see_names(person, meeting) and not meeting.is_held:
        return list(queries.coming_to(meeting))
    return None
