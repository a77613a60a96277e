from collections.abc import Callable

import pytest
from django.test import Client

from leerkring.community.meetings import actions, queries
from leerkring.community.meetings.enums import MeetingKind, MeetingState
from leerkring.community.meetings.models import Meeting, RunSheetItem
from leerkring.community.memberships.enums import Label
from leerkring.community.people.models import Person
from tests.cast import Cast, join, make_person

Browser = Callable[[Person | None], Client]


def titles(meetings: object) -> list[str]:
    return [meeting.title for meeting in meetings]  # type: ignore[attr-defined]


def test_meetings_obey_their_labels(cast: Cast) -> None:
    for label in Label:
        cast.own.meeting(label=label, title=label.value)
    cast.other.meeting(label=Label.PUBLIC, title="van een ander")

    def seen(person: Person | None) -> set[str]:
        return set(titles(queries.meetings_visible_to(person, cast.own.community)))

    assert seen(None) == seen(cast.outsider) == {"public"}
    assert seen(cast.own.colleague) == {"public", "organisations"}
    assert seen(cast.own.follower) == seen(cast.own.member) == {"public", "organisations", "programme"}
    assert seen(cast.own.lead) == {"public", "organisations", "programme", "group"}
    assert seen(cast.own.facilitator) == seen(cast.own.lead), "whoever leads a meeting sees it"
    assert seen(cast.own.keeper) == seen(cast.own.member)


def test_upcoming_and_past_part_the_meetings(cast: Cast) -> None:
    cast.own.meeting(days=3, title="straks")
    cast.own.meeting(days=1, title="morgen")
    cast.own.meeting(days=-1, title="gisteren", state=MeetingState.HELD)
    cast.own.meeting(days=-9, title="vergeten")
    cast.own.meeting(days=-5, title="vervallen", state=MeetingState.CANCELLED)
    meetings = queries.meetings_visible_to(cast.own.lead, cast.own.community)

    assert titles(queries.upcoming(meetings)) == ["morgen", "straks"]
    assert titles(queries.past(meetings)) == ["gisteren", "vervallen", "vergeten"]


def test_a_held_meeting_without_harvest_waits_for_its_facilitator_and_nobody_else(cast: Cast) -> None:
    cast.own.meeting(days=-2, state=MeetingState.HELD, title="zonder oogst")
    cast.own.meeting(days=-3, state=MeetingState.HARVESTED, title="geoogst")
    cast.own.meeting(MeetingKind.INTERVISIE, days=-4, state=MeetingState.HELD, keeps_text=False, title="intervisie")
    cast.own.meeting(days=-5, title="nooit gemeld")
    cast.own.meeting(days=5, title="straks")

    def waits_for(person: Person | None) -> list[str]:
        return titles(queries.to_do_of(person, queries.meetings_visible_to(person, cast.own.community)))

    assert waits_for(cast.own.facilitator) == ["nooit gemeld", "zonder oogst"]
    assert waits_for(cast.own.member) == waits_for(cast.own.keeper) == waits_for(None) == []
    assert waits_for(cast.own.lead) == []
    Meeting.objects.filter(title="zonder oogst").update(facilitator=None)
    assert waits_for(cast.own.lead) == ["zonder oogst"]


def test_open_meetings_are_public_open_and_to_come(cast: Cast) -> None:
    for title, label, is_open, days, state in (
        ("goed", Label.PUBLIC, True, 3, MeetingState.PLANNED),
        ("niet openbaar", Label.PROGRAMME, True, 3, MeetingState.PLANNED),
        ("niet open", Label.PUBLIC, False, 3, MeetingState.PLANNED),
        ("geweest", Label.PUBLIC, True, -3, MeetingState.HELD),
        ("vervallen", Label.PUBLIC, True, 3, MeetingState.CANCELLED),
    ):
        meeting = cast.own.meeting(label=label, title=title, days=days, state=state)
        Meeting.objects.filter(pk=meeting.pk).update(is_open=is_open)
    assert titles(queries.open_meetings(cast.own.community)) == ["goed"]


def test_people_to_expect_are_of_the_programme_and_not_on_the_list(cast: Cast) -> None:
    meeting = cast.own.meeting()
    actions.expect_people(meeting=meeting, people=[cast.own.member], by=cast.own.lead)
    people = set(queries.people_to_expect(meeting))
    assert cast.own.follower in people
    assert not people & {cast.own.member, cast.outsider, cast.other.member}


def test_the_kind_filter_takes_no_forged_kind(cast: Cast, client_of: Browser) -> None:
    cast.own.meeting(MeetingKind.WORKSHOP, title="Een workshop")
    cast.own.meeting(MeetingKind.LECTURE, title="Een lezing")
    browser = client_of(cast.own.member)
    only = browser.get("/eigen/meetings/?kind=workshop").content.decode()
    assert ("Een workshop" in only, "Een lezing" in only) == (True, False)
    forged = browser.get("/eigen/meetings/?kind=' OR 1=1&page=zeven")
    assert forged.status_code == 200
    assert "Een lezing" in forged.content.decode()


@pytest.mark.parametrize("who", ["facilitator", "member"])
def test_the_list_asks_as_much_of_the_database_for_3_as_for_300(
    cast: Cast, client_of: Browser, count_queries: Callable[[Client, str], int], who: str
) -> None:
    browser = client_of(getattr(cast.own, who))
    for number in range(3):
        cast.own.meeting(days=number + 1)
        cast.own.meeting(days=-number - 1, state=MeetingState.HELD)
    few = count_queries(browser, "/eigen/meetings/")
    for number in range(150):
        cast.own.meeting(days=number + 1)
        cast.own.meeting(days=-number - 1, state=MeetingState.HELD)
    many = count_queries(browser, "/eigen/meetings/")
    assert few == many <= 15


@pytest.mark.parametrize("page", ["", "attendance/", "attendance/expect/", "run-sheet/"])
def test_the_pages_of_a_meeting_ask_as_much_for_3_people_as_for_300(
    cast: Cast, client_of: Browser, count_queries: Callable[[Client, str], int], page: str
) -> None:
    meeting = cast.own.meeting(days=-1, state=MeetingState.HELD)
    browser = client_of(cast.own.facilitator)
    address = f"/eigen/meetings/{meeting.pk}/{page}"

    def grow(first: int, last: int) -> None:
        people = [make_person(f"Gast {number}") for number in range(first, last)]
        for person in people:
            join(person, cast.own.community, organisation=cast.own.organisation, unit=cast.own.units[0])
        half = people[: len(people) // 2]
        actions.expect_people(meeting=meeting, people=half, by=cast.own.lead)
        actions.put_run_sheet_items(meeting=meeting, lines=[actions.Line(5, "Deel")] * min(last, 90), by=cast.own.lead)

    grow(0, 4)
    few = count_queries(browser, address)
    RunSheetItem.objects.all().delete()
    grow(4, 300)
    many = count_queries(browser, address)
    assert few == many <= 16
