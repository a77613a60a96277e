"""What stands in somebody's own calendar of a meeting, as far as that person may see it."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from leerkring.community.meetings import access
from leerkring.community.meetings.calendar import Entry
from leerkring.community.meetings.models import Meeting
from leerkring.community.people.models import Person


def entry_for(person: Person | None, meeting: Meeting, *, is_sure: bool = True) -> Entry:
    """How to take part online is for those who belong to it, as on the page of the meeting."""
    return Entry(
        meeting=meeting,
        url=page_of(meeting),
        text=meeting.purpose,
        link=meeting.online_url if access.is_part_of(person, meeting.community) else "",
        is_sure=is_sure,
    )


def page_of(meeting: Meeting) -> str:
    """The whole address of its page, for outside the house."""
    home = meeting.community.root or meeting.community
    return settings.BASE_URL + reverse("meetings:meeting_page", args=[home.slug, meeting.pk])
