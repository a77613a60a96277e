"""What a calendar program reads of a meeting; ical.js reads the same in tests/journeys/test_calendars.py."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from leerkring.community.meetings import actions, calendar
from leerkring.community.meetings.calendar import Entry
from leerkring.community.meetings.enums import MeetingKind, MeetingState
from leerkring.community.meetings.models import Meeting
from leerkring.platform.facts.models import FactRow
from tests.cast import Cast

HERE = ZoneInfo("Europe/Amsterdam")
SENDER = "Leerkring <leerkring@voorbeeld.example>"
URL = "https://leerkring.example/eigen/meetings/1/"


def entry(starts_at: datetime, **more: object) -> Entry:
    meeting = Meeting(
        kind=MeetingKind.WORKSHOP, title="Wie heb je nodig?", starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=4), place="Gemeentehuis Breda; zaal 2, eerste verdieping",
    )  # fmt: skip
    return Entry(meeting=meeting, url=URL, **more)  # type: ignore[arg-type]


def read(content: bytes) -> Calendar:
    return Calendar.from_ical(content)


def test_an_invitation_is_to_its_one_reader() -> None:
    letter = read(
        calendar.invitation(
            entry=entry(datetime(2025, 3, 13, 13, tzinfo=HERE)), sender=SENDER, reader="mo@breda.example",
            at=datetime(2025, 2, 1, tzinfo=HERE),
        )
    )  # fmt: skip
    event = letter.events[0]
    assert letter["METHOD"] == "REQUEST"
    assert (event["ORGANIZER"], event["ORGANIZER"].params["CN"]) == ("mailto:leerkring@voorbeeld.example", "Leerkring")
    assert event["ATTENDEE"] == "mailto:mo@breda.example"
    assert event["ATTENDEE"].params["RSVP"] == "FALSE"
    assert (event["SUMMARY"], event["STATUS"], event["URL"]) == ("Wie heb je nodig?", "CONFIRMED", URL)
    assert event["LOCATION"] == "Gemeentehuis Breda; zaal 2, eerste verdieping"


@pytest.mark.parametrize(
    ("day", "hours", "offset"), [(29, 4, 1), (30, 4, 2)], ids=["the day before the clock changes", "the day itself"]
)
def test_times_are_those_of_the_wall_on_both_sides_of_the_change_of_the_clock(
    day: int, hours: int, offset: int
) -> None:
    event = read(calendar.file_of(entry(datetime(2025, 3, day, 13, tzinfo=HERE)))).events[0]
    assert event["DTSTART"].params["TZID"] == "Europe/Amsterdam"
    assert isinstance(event.start, datetime)
    assert (event.start.hour, event.end - event.start) == (13, timedelta(hours=hours))
    assert event.start.utcoffset() == timedelta(hours=offset)


def test_the_zone_changes_by_rule() -> None:
    text = calendar.file_of(entry(datetime(2025, 3, 13, 13, tzinfo=HERE))).decode()
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in text
    assert "RDATE" not in text


def test_a_feed_leaves_cancelled_meetings_out_and_pencils_in_what_is_not_sure() -> None:
    sure, unsure, cancelled = (
        entry(datetime(2025, 3, day, 13, tzinfo=HERE), is_sure=day != 14) for day in (13, 14, 15)
    )
    cancelled.meeting.state = MeetingState.CANCELLED
    subscription = read(calendar.feed(entries=[sure, unsure, cancelled], name="Mijn bijeenkomsten"))
    assert subscription["X-WR-CALNAME"] == "Mijn bijeenkomsten"
    assert [(event.start.day, event["STATUS"], event["TRANSP"]) for event in subscription.events] == [
        (13, "CONFIRMED", "OPAQUE"),
        (14, "TENTATIVE", "TRANSPARENT"),
    ]
    assert not any("ATTENDEE" in event or "ORGANIZER" in event for event in subscription.events)


def test_the_sequence_rises_with_what_a_calendar_shows_and_with_nothing_else(cast: Cast) -> None:
    meeting = cast.own.meeting()
    seen = [(meeting.calendar_uid, meeting.calendar_sequence)]

    def note() -> None:
        fresh = Meeting.objects.get(pk=meeting.pk)
        seen.append((fresh.calendar_uid, fresh.calendar_sequence))

    lead = cast.own.lead
    actions.change_meeting(meeting=meeting, purpose="Leren", by=lead)
    note()
    actions.change_meeting(meeting=meeting, starts_at=meeting.starts_at + timedelta(minutes=30), by=lead)
    note()
    actions.change_meeting(meeting=meeting, place="Breda", title="Anders", by=lead)
    note()
    actions.change_meeting(meeting=meeting, online_url="https://video.example/1", by=lead)
    note()
    actions.cancel_meeting(meeting=meeting, by=lead)
    note()
    actions.restore_meeting(meeting=meeting, by=lead)
    note()
    actions.move_meeting(meeting=meeting, state=MeetingState.PREPARED, by=lead)
    note()

    assert [sequence for _uid, sequence in seen] == [0, 0, 1, 2, 3, 4, 5, 5]
    assert len({uid for uid, _sequence in seen}) == 1
    changed = FactRow.objects.filter(name="MeetingChanged").order_by("pk")
    assert [row.ids["in_calendars"] for row in changed] == [[], ["starts_at"], ["title", "place"], ["online_url"]]
