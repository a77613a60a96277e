"""Partly, by parts of the run sheet; and each correction with who, what and when."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from leerkring.community.meetings import actions, queries
from leerkring.community.meetings.actions import Line
from leerkring.community.meetings.enums import AttendanceWay, Presence
from leerkring.community.meetings.models import Attendance, Meeting
from leerkring.community.people.models import Person
from leerkring.platform import clock
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import Refused
from tests.cast import Cast

Browser = Callable[[Person | None], Client]


def lines(person: Person, meeting: Meeting) -> list[tuple[str, str, int | None, str, Person | None]]:
    return [
        (row.before, row.presence, row.minutes, row.way, row.by)
        for row in reversed(queries.history_of(person, meeting))
    ]


def test_every_way_leaves_a_line_and_nothing_new_leaves_none(cast: Cast) -> None:
    own = cast.own
    meeting = own.meeting(days=2)
    actions.sign_up(meeting=meeting, by=own.member)
    actions.sign_off(meeting=meeting, by=own.member)
    actions.expect_people(meeting=meeting, people=[own.member, own.keeper], by=own.lead)
    door = actions.open_door(meeting=meeting, by=own.lead)
    with clock.at(meeting.starts_at + timedelta(hours=1)):
        actions.check_in(meeting=meeting, code=door.code, device="phone", by=own.member)
        for _twice in range(2):
            actions.note_attendance(
                meeting=meeting, person=own.member, presence=Presence.PARTLY, minutes=60, by=own.lead
            )
    assert lines(own.member, meeting) == [
        ("", "expected", None, AttendanceWay.OWN_WORD, own.member),
        ("expected", "excused", None, AttendanceWay.OWN_WORD, own.member),
        ("excused", "present", None, AttendanceWay.CHECK_IN, own.member),
        ("present", "partly", 60, AttendanceWay.LIST, own.lead),
    ]
    assert lines(own.keeper, meeting) == [("", "expected", None, AttendanceWay.LIST, own.lead)]
    assert queries.corrected_in(meeting) == {own.member.pk}
    assert list(queries.came_in_at(meeting)) == [own.member.pk]


def test_parts_give_the_minutes_and_all_of_them_the_whole(cast: Cast) -> None:
    own, meeting = cast.own, cast.own.meeting(days=0)
    first, second, third = actions.put_run_sheet_items(
        meeting=meeting, lines=[Line(30, "Welkom"), Line(90, "Werken"), Line(60, "Oogst")], by=own.lead
    )
    row = actions.note_parts(meeting=meeting, person=own.member, items=[first, second], by=own.lead)
    assert (row.presence, row.minutes, row.counts_as_attended) == (Presence.PARTLY, 120, True)
    assert queries.parts_attended(row) == {first.pk, second.pk}
    assert FactRow.objects.filter(name="PartsNoted").get().ids["parts_count"] == 2
    row = actions.note_parts(meeting=meeting, person=own.member, items=[third], by=own.lead)
    assert (row.minutes, row.counts_as_attended, queries.parts_attended(row)) == (60, False, {third.pk})
    row = actions.note_parts(meeting=meeting, person=own.member, items=[first, second, third], by=own.lead)
    assert (row.presence, row.minutes, queries.parts_attended(row)) == (Presence.PRESENT, None, set())
    actions.note_parts(meeting=meeting, person=own.member, items=[second], by=own.lead)
    actions.note_attendance(meeting=meeting, person=own.member, presence=Presence.ABSENT, by=own.lead)
    assert queries.parts_attended(row) == set()
    with pytest.raises(Refused):
        actions.note_parts(meeting=meeting, person=own.member, items=[], by=own.lead)
    with pytest.raises(PermissionDenied):
        actions.note_parts(meeting=meeting, person=own.member, items=[first], by=own.keeper)


def test_the_team_corrects_and_the_person_reads_why(cast: Cast, client_of: Browser) -> None:
    own, meeting = cast.own, cast.own.meeting(days=0)
    item = actions.put_run_sheet_item(meeting=meeting, minutes=75, title="Ochtend", by=own.lead)
    actions.put_run_sheet_item(meeting=meeting, minutes=75, title="Middag", by=own.lead)
    row = actions.note_attendance(meeting=meeting, person=own.member, presence=Presence.PRESENT, by=own.lead)
    here, team = f"/eigen/meetings/{meeting.pk}/attendance/", client_of(own.lead)
    page = f"{here}{row.pk}/"
    assert team.get(page).status_code == 200
    assert team.post(page, {}).status_code == 422
    both = team.post(page, {"presence": "partly", "parts": [item.pk], "minutes": "20"})
    assert (both.status_code, "een van de twee" in both.content.decode()) == (422, True)
    assert team.post(page, {"presence": "partly", "parts": [item.pk]}).status_code == 302
    assert team.post(page, {"presence": "partly", "minutes": "999"}).status_code == 422
    assert Attendance.objects.get().minutes == 75
    for person, status in ((own.member, 403), (own.keeper, 403), (cast.outsider, 404), (None, 302)):
        assert client_of(person).get(page).status_code == status
    mine = client_of(own.member).get(here + "own/").content.decode()
    assert ("Ochtend" in mine, "Middag" in mine, own.lead.name in mine, "75" in mine) == (True, False, True, True)
    other = client_of(own.keeper).get(here + "own/").content.decode()
    assert ("Ochtend" in other, own.lead.name in other) == (False, False)
    assert client_of(cast.outsider).get(here + "own/").status_code == 404


def test_the_list_asks_as_much_for_many_as_for_few(
    cast: Cast, client_of: Browser, count_queries: Callable[[Client, str], int]
) -> None:
    meeting, team = cast.own.meeting(days=0), client_of(cast.own.lead)
    page = f"/eigen/meetings/{meeting.pk}/attendance/"
    actions.expect_people(meeting=meeting, people=[cast.own.member], by=cast.own.lead)
    few = count_queries(team, page)
    actions.expect_people(
        meeting=meeting, people=[cast.own.keeper, cast.own.follower, cast.own.facilitator], by=cast.own.lead
    )
    assert count_queries(team, page) == few <= 15
