from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from leerkring.community.meetings import actions
from leerkring.community.meetings.enums import MeetingState, Presence
from leerkring.community.meetings.models import Attendance, Meeting
from leerkring.community.memberships.enums import Label
from leerkring.community.people.models import Person
from leerkring.platform import clock
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import Refused
from tests.cast import Cast, make_person

Browser = Callable[[Person | None], Client]


def test_one_says_that_one_comes_and_takes_it_back(cast: Cast, client_of: Browser) -> None:
    meeting = cast.own.meeting()
    browser = client_of(cast.own.follower)
    address = f"/eigen/meetings/{meeting.pk}/"

    for _click in range(2):
        assert browser.post(address + "sign-up/").status_code == 302
    assert [(row.person, row.presence, row.unit) for row in Attendance.objects.all()] == [
        (cast.own.follower, "expected", cast.own.units[0])
    ]
    for _click in range(2):
        assert browser.post(address + "sign-off/").status_code == 302
    assert [row.presence for row in Attendance.objects.all()] == ["excused"]
    assert browser.post(address + "sign-up/").status_code == 302
    assert [row.name for row in FactRow.objects.order_by("id")] == ["SignedUp", "SignedOff", "SignedUp"]


def test_a_full_meeting_takes_nobody_more(cast: Cast, client_of: Browser) -> None:
    meeting = cast.own.meeting()
    Meeting.objects.filter(pk=meeting.pk).update(places_count=1)
    meeting.refresh_from_db()
    actions.sign_up(meeting=meeting, by=cast.own.member)
    with pytest.raises(Refused):
        actions.sign_up(meeting=meeting, by=cast.own.follower)
    answer = client_of(cast.own.follower).post(f"/eigen/meetings/{meeting.pk}/sign-up/")
    assert answer.status_code == 422
    actions.sign_off(meeting=meeting, by=cast.own.member)
    actions.sign_up(meeting=meeting, by=cast.own.follower)
    assert Attendance.objects.get(person=cast.own.follower).presence == Presence.EXPECTED


@pytest.mark.parametrize("state", [MeetingState.LIVE, MeetingState.HELD, MeetingState.CLOSED, MeetingState.CANCELLED])
def test_once_it_has_begun_or_is_cancelled_the_list_is_closed(cast: Cast, state: MeetingState) -> None:
    meeting = cast.own.meeting(state=state)
    for verb in (actions.sign_up, actions.sign_off):
        with pytest.raises(Refused):
            verb(meeting=meeting, by=cast.own.member)
    planned = cast.own.meeting()
    with clock.at(planned.starts_at + timedelta(minutes=1)), pytest.raises(Refused):
        actions.sign_up(meeting=planned, by=cast.own.member)
    assert not Attendance.objects.exists()


def test_an_open_public_meeting_takes_newcomers_and_a_closed_one_does_not(cast: Cast, client_of: Browser) -> None:
    meeting = cast.own.meeting(label=Label.PUBLIC)
    newcomer = make_person("Nieuw", "Komer")
    with pytest.raises(PermissionDenied):
        actions.sign_up(meeting=meeting, by=newcomer)
    assert client_of(newcomer).post(f"/eigen/meetings/{meeting.pk}/sign-up/").status_code == 403

    actions.change_meeting(meeting=meeting, is_open=True, by=cast.own.lead)
    assert client_of(newcomer).post(f"/eigen/meetings/{meeting.pk}/sign-up/").status_code == 302
    assert Attendance.objects.get().person == newcomer
    assert client_of(None).post(f"/eigen/meetings/{meeting.pk}/sign-up/").status_code == 302
    assert Attendance.objects.count() == 1


def test_a_visitor_is_shown_the_way_in_to_an_open_meeting(cast: Cast, client_of: Browser) -> None:
    meeting = cast.own.meeting(label=Label.PUBLIC)
    assert "next=" not in client_of(None).get(f"/eigen/meetings/{meeting.pk}/").content.decode()
    actions.change_meeting(meeting=meeting, is_open=True, by=cast.own.lead)
    page = client_of(None).get(f"/eigen/meetings/{meeting.pk}/").content.decode()
    assert f"next=%2Feigen%2Fmeetings%2F{meeting.pk}%2F" in page


def test_what_one_cannot_see_one_cannot_sign_up_for(cast: Cast, client_of: Browser) -> None:
    meeting = cast.own.meeting(label=Label.GROUP)
    with pytest.raises(PermissionDenied):
        actions.sign_up(meeting=meeting, by=cast.own.member)
    assert client_of(cast.own.member).post(f"/eigen/meetings/{meeting.pk}/sign-up/").status_code == 404
    assert client_of(cast.outsider).post(f"/eigen/meetings/{meeting.pk}/sign-off/").status_code == 404
    assert not Attendance.objects.exists()


def test_the_number_of_free_places_gives_no_small_number_away(cast: Cast, client_of: Browser) -> None:
    meeting = cast.own.meeting(label=Label.PUBLIC)
    actions.change_meeting(meeting=meeting, places_count=30, by=cast.own.lead)
    actions.sign_up(meeting=meeting, by=cast.own.member)
    page = client_of(None).get(f"/eigen/meetings/{meeting.pk}/").content.decode()
    assert "30 plaatsen." in page
    assert "29 plaatsen" not in page
    assert "29 van" not in page
