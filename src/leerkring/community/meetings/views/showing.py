"""The page of a meeting, also shown again with what could not be done."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from leerkring.community.meetings import access, queries, sentences
from leerkring.community.meetings.enums import MeetingState, Presence
from leerkring.community.meetings.models import Attendance, Meeting
from leerkring.community.meetings.next_step import Known, next_step_of
from leerkring.community.meetings.run_sheet import run_sheet_of
from leerkring.community.meetings.workforms import queries as workforms
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import person_of
from leerkring.community.people.models import Person


def page(request: HttpRequest, community: Community, meeting: Meeting, status: int = 200) -> HttpResponse:
    person = person_of(request)
    may_change = access.may_change_meeting(person, meeting)
    items = list(queries.items_of(meeting))
    sheet = run_sheet_of(meeting, items, workforms.cards_of(items, person) if may_change else None)
    attendances = list(queries.attendances_to_show(person, meeting))
    own = next((row for row in attendances if person is not None and row.person_id == person.pk), None)
    counts = Counter(row.presence for row in attendances)
    coming = sum(counts[presence] for presence in queries.COMING)
    known = Known(
        slug=community.slug or "",
        items_count=len(sheet.items),
        expected_count=len(attendances),
        unnoted_count=counts[Presence.EXPECTED],
        own=own,
        is_full=meeting.places_count is not None and coming >= meeting.places_count,
    )
    context = {
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
        "people": _named(person, meeting, attendances),
        "present_sum": [{"label": words.label, "count": counts[words]} for words in Presence if counts[words]],
        "own": own,
        "may_change": may_change,
        "may_see_attendance": access.may_see_attendance(person, meeting),
        "is_part_of": access.is_part_of(person, meeting.community),
        "may_cancel": may_change and meeting.may_become(MeetingState.CANCELLED),
        "may_reopen": may_change and meeting.state == MeetingState.HARVESTED,
    }
    return render(request, "meetings/meeting_page.html", context, status=status)


def _named(person: Person | None, meeting: Meeting, attendances: list[Attendance]) -> list[Attendance] | None:
    """Those who can be named to who looks; None when only their number can be told.

    Who said that they cannot come is not for others.
    """
    if access.may_see_attendance(person, meeting):
        return attendances
    if access.may_see_names(person, meeting) and not meeting.is_held:
        return [row for row in attendances if row.presence in queries.COMING]
    return None
