"""Every page of meetings, for each kind of visitor."""

from collections.abc import Callable

import pytest
from django.test import Client

from leerkring.community.meetings import actions
from leerkring.community.meetings.enums import MeetingKind, MeetingState
from leerkring.community.memberships.enums import Label
from leerkring.community.people.models import Person
from tests.cast import Cast

Browser = Callable[[Person | None], Client]

PAGES = {
    "": {"lead", "keeper", "facilitator", "member", "follower"},
    "change/": {"lead", "keeper", "facilitator"},
    "run-sheet/": {"lead", "keeper", "facilitator"},
    "run-sheet/print/": {"lead", "keeper", "facilitator", "member", "follower"},
    "attendance/": {"lead", "facilitator"},
    "attendance/expect/": {"lead", "facilitator"},
    "materials/add/": {"lead", "keeper", "facilitator"},
}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["lead", "keeper", "facilitator", "member", "follower"])
def test_a_page_is_there_for_who_may_use_it_and_403_for_who_may_only_read(
    cast: Cast, client_of: Browser, page: str, who: str
) -> None:
    meeting = cast.own.meeting()
    answer = client_of(getattr(cast.own, who)).get(f"/eigen/meetings/{meeting.pk}/{page}")
    assert answer.status_code == (200 if who in PAGES[page] else 403)


@pytest.mark.parametrize("page", PAGES)
def test_a_meeting_of_the_programme_does_not_exist_for_others(cast: Cast, client_of: Browser, page: str) -> None:
    meeting = cast.own.meeting()
    address = f"/eigen/meetings/{meeting.pk}/{page}"
    assert client_of(cast.outsider).get(address).status_code == 404
    assert client_of(cast.own.colleague).get(address).status_code == 404
    visitor = client_of(None).get(address)
    expected = 404 if page in ("", "run-sheet/print/") else 302
    assert visitor.status_code == expected


@pytest.mark.parametrize("page", PAGES)
def test_a_meeting_of_another_programme_is_not_found_under_the_own_address(
    cast: Cast, client_of: Browser, page: str
) -> None:
    theirs = cast.other.meeting(label=Label.PUBLIC)
    assert client_of(cast.own.lead).get(f"/eigen/meetings/{theirs.pk}/{page}").status_code == 404


def test_a_public_meeting_is_open_to_visitors_without_names_and_without_the_link(
    cast: Cast, client_of: Browser
) -> None:
    meeting = cast.own.meeting(label=Label.PUBLIC, title="Open werkplaats")
    actions.change_meeting(meeting=meeting, online_url="https://vergader.example/geheim", by=cast.own.lead)
    actions.expect_people(meeting=meeting, people=[cast.own.member, cast.own.keeper], by=cast.own.lead)

    page = client_of(None).get(f"/eigen/meetings/{meeting.pk}/").content.decode()

    assert "Open werkplaats" in page
    for hidden in ("vergader.example", "Facilitator Eigen", "Member Eigen", "Keeper Eigen"):
        assert hidden not in page
    assert "minder dan vijf mensen" in page.lower()


@pytest.mark.parametrize("state", MeetingState.values)
@pytest.mark.parametrize("kind", [MeetingKind.WORKSHOP, MeetingKind.INTERVISIE])
@pytest.mark.parametrize("who", ["lead", "facilitator", "member"])
def test_the_page_shows_in_every_state(
    cast: Cast, client_of: Browser, state: MeetingState, kind: MeetingKind, who: str
) -> None:
    meeting = cast.own.meeting(kind, state=state, days=-1, keeps_text=kind != MeetingKind.INTERVISIE)
    assert client_of(getattr(cast.own, who)).get(f"/eigen/meetings/{meeting.pk}/").status_code == 200


@pytest.mark.parametrize("who", ["lead", "keeper", "facilitator", "member", "follower"])
def test_the_list_shows_what_one_may_see(cast: Cast, client_of: Browser, who: str) -> None:
    cast.own.meeting(title="Zichtbaar")
    cast.own.meeting(title="Voor het team", label=Label.GROUP)
    cast.other.meeting(title="Van een ander", label=Label.PUBLIC)

    page = client_of(getattr(cast.own, who)).get("/eigen/meetings/").content.decode()

    assert "Zichtbaar" in page
    assert ("Voor het team" in page) == (who in ("lead", "facilitator"))
    assert "Van een ander" not in page
    assert ("/eigen/meetings/new/" in page) == (who in ("lead", "keeper", "facilitator"))
