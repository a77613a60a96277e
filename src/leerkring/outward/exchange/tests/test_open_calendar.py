"""One's own meetings in one's own calendar, at an address that only its owner has."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from leerkring.community.meetings import actions as meetings
from leerkring.community.meetings.enums import MeetingKind, Presence
from leerkring.community.meetings.models import Attendance, Meeting
from leerkring.community.memberships import actions as memberships
from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Membership
from leerkring.community.people.models import Person
from leerkring.outward.exchange import actions
from leerkring.outward.exchange.models import CalendarFeed
from leerkring.platform.facts.models import FactRow
from tests.cast import Cast

Browser = Callable[[Person | None], Client]
Committed = Callable[[], object]


def titles(client: Client, feed: str) -> dict[str, str]:
    answer = client.get(f"/calendar/{feed}.ics")
    assert answer.status_code == 200
    return {str(event["SUMMARY"]): str(event["STATUS"]) for event in Calendar.from_ical(answer.content).events}


def test_a_calendar_shows_what_concerns_its_owner_and_they_may_see(cast: Cast, client: Client) -> None:
    member, lead = cast.own.member, cast.own.lead
    for title, label in (("Kan nog", Label.PROGRAMME), ("Verwacht", Label.PROGRAMME), ("Nee gezegd", Label.PUBLIC)):
        cast.own.meeting(title=title, label=label)
    cast.own.meeting(title="Van het team", label=Label.GROUP)
    cast.other.meeting(title="Van een ander", label=Label.PUBLIC)
    gone = cast.own.meeting(title="Afgezegd")
    meetings.cancel_meeting(meeting=gone, by=lead)
    meetings.expect_people(meeting=Meeting.objects.get(title="Verwacht"), people=[member], by=lead)
    meetings.sign_off(meeting=Meeting.objects.get(title="Nee gezegd"), by=member)
    far = cast.other.meeting(title="Verwacht, en niet meer te zien", label=Label.PROGRAMME)
    Attendance.objects.create(meeting=far, person=member, presence=Presence.EXPECTED)

    feed = actions.open_calendar(person=member, by=member)
    assert titles(client, feed.token) == {"Kan nog": "TENTATIVE", "Verwacht": "CONFIRMED"}
    follows = actions.open_calendar(person=cast.own.follower, by=cast.own.follower)
    assert titles(client, follows.token) == {}
    leads = actions.open_calendar(person=cast.own.facilitator, by=cast.own.facilitator)
    assert set(titles(client, leads.token).values()) == {"CONFIRMED"}

    memberships.leave_community(
        membership=Membership.objects.get(person=member, community=cast.own.community), by=member
    )
    assert titles(client, feed.token) == {}


def test_a_new_address_ends_the_old_one_and_nobody_makes_it_for_another(cast: Cast, client_of: Browser) -> None:
    member = cast.own.member
    browser = client_of(member)
    assert "Maak mijn adres" in browser.get("/profile/calendar/").content.decode()
    browser.post("/profile/calendar/open/")
    first = CalendarFeed.objects.get(person=member).token
    assert f"/calendar/{first}.ics" in browser.get("/profile/calendar/").content.decode()
    browser.post("/profile/calendar/open/")
    second = CalendarFeed.objects.get(person=member).token
    assert first != second
    visitor = client_of(None)
    assert [visitor.get(f"/calendar/{token}.ics").status_code for token in (first, second)] == [404, 200]
    with pytest.raises(PermissionDenied):
        actions.open_calendar(person=member, by=cast.own.lead)
    with pytest.raises(PermissionDenied):
        actions.close_calendar(person=member, by=cast.own.lead)
    browser.post("/profile/calendar/close/")
    browser.post("/profile/calendar/close/")
    assert visitor.get(f"/calendar/{second}.ics").status_code == 404
    assert [row.name for row in FactRow.objects.filter(name__startswith="Calendar")] == [
        "CalendarOpened", "CalendarOpened", "CalendarClosed",
    ]  # fmt: skip


def test_after_leaving_the_calendar_is_gone(cast: Cast, client: Client, committed: Committed) -> None:
    feed = actions.open_calendar(person=cast.own.member, by=cast.own.member)
    with committed():  # type: ignore[attr-defined]
        memberships.leave_everything(person=cast.own.member, by=cast.own.member)
    assert client.get(f"/calendar/{feed.token}.ics").status_code == 404
    assert not CalendarFeed.objects.exists()


def test_an_unchanged_calendar_is_not_sent_again_and_costs_the_same_with_many_meetings(
    cast: Cast, client: Client
) -> None:
    feed = actions.open_calendar(person=cast.own.member, by=cast.own.member)
    meeting = cast.own.meeting()
    address = f"/calendar/{feed.token}.ics"
    with CaptureQueriesContext(connection) as few:
        tag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    starts = meeting.starts_at
    Meeting.objects.bulk_create(
        Meeting(
            community=cast.own.community, kind=MeetingKind.LECTURE, title=f"Lezing {day}",
            starts_at=starts + timedelta(days=day), ends_at=starts + timedelta(days=day, hours=1),
        )
        for day in range(299)
    )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        answer = client.get(address, headers={"If-None-Match": tag})
    assert (answer.status_code, len(Calendar.from_ical(answer.content).events)) == (200, 300)
    assert len(many) == len(few)


def test_one_meeting_is_put_in_a_calendar_from_its_page(cast: Cast, client_of: Browser) -> None:
    meeting = cast.own.meeting(label=Label.PUBLIC)
    meetings.change_meeting(meeting=meeting, online_url="https://video.example/1", by=cast.own.lead)
    address = f"/eigen/meetings/{meeting.pk}/calendar.ics"
    page = client_of(cast.own.member).get(f"/eigen/meetings/{meeting.pk}/").content.decode()
    assert f'href="{address}"' in page
    for person, link in ((cast.own.member, True), (None, False)):
        answer = client_of(person).get(address)
        event = Calendar.from_ical(answer.content).events[0]
        assert (event["SUMMARY"], "video.example" in str(event["DESCRIPTION"])) == (meeting.title, link)
    assert client_of(cast.outsider).get(f"/ander/meetings/{cast.other.meeting().pk}/calendar.ics").status_code == 404
