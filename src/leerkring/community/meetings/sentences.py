"""What a page says first of a meeting: a finding, not a name."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leerkring.community.meetings.enums import MeetingState
from leerkring.community.meetings.models import Meeting
from leerkring.community.meetings.run_sheet import clock_words
from leerkring.platform import clock
from leerkring.platform.ui.days import date_words, time_words, until_words


def heading_of(meeting: Meeting, *, is_mine_to_do: bool = False) -> str:
    """The first line of the page of a meeting. That a harvest waits is said to who must make it (rule 14)."""
    said = {"title": meeting.title, "when": until_words(meeting.starts_at), "day": date_words(meeting.starts_at)}
    return _heading(meeting, is_mine_to_do) % said


def _heading(meeting: Meeting, is_mine_to_do: bool) -> str:
    if meeting.state == MeetingState.HELD and meeting.keeps_text and is_mine_to_do:
        return _("%(title)s waits for its harvest")
    by_state = {
        MeetingState.CANCELLED: _("%(title)s does not take place"),
        MeetingState.LIVE: _("%(title)s is on now"),
        MeetingState.HARVESTED: _("%(title)s: the harvest is in"),
        MeetingState.HELD: _("%(title)s was on %(day)s"),
        MeetingState.CLOSED: _("%(title)s was on %(day)s"),
    }
    if meeting.ends_at < clock.now():
        return by_state.get(MeetingState(meeting.state), _("%(title)s was planned for %(day)s"))
    return by_state.get(MeetingState(meeting.state), _("%(title)s is %(when)s"))


def when_of(meeting: Meeting) -> str:
    """Day and times in words: Thursday 13 March 2025, 13.00 to 17.00."""
    return span_words(meeting.starts_at, meeting.ends_at)


def span_words(starts_at: datetime, ends_at: datetime) -> str:
    said = {
        "day": date_words(starts_at, "full"),
        "start": clock_words(starts_at),
        "end": time_words(ends_at),
        "last_day": date_words(ends_at, "full"),
    }
    if timezone.localtime(starts_at).date() == timezone.localtime(ends_at).date():
        return _("%(day)s, %(start)s to %(end)s") % said
    return _("%(day)s, %(start)s to %(last_day)s, %(end)s") % said


def headcount(count: int) -> str:
    """A number of people as anybody may read it: below five there is no figure (rule 7)."""
    if count < 5:
        return _("fewer than five people")
    return ngettext("%(count)d person", "%(count)d people", count) % {"count": count}


def places_left(meeting: Meeting, coming: int) -> str:
    """Whether there is room, in words that do not give away a small number of people."""
    if meeting.places_count is None or not meeting.takes_sign_ups:
        return ""
    left = max(meeting.places_count - coming, 0)
    if not left:
        return _("All places are taken.")
    if coming < 5:
        return ngettext("%(count)d place.", "%(count)d places.", meeting.places_count) % {"count": meeting.places_count}
    return ngettext("%(count)d place left.", "%(count)d places left.", left) % {"count": left}
