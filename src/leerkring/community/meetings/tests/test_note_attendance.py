from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from leerkring.community.meetings import actions, queries
from leerkring.community.meetings.enums import MeetingState, Presence
from leerkring.community.meetings.models import Attendance, Meeting
from leerkring.community.memberships.models import Membership, Placement
from leerkring.community.people.models import Person
from leerkring.platform import clock
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import Refused
from tests.cast import Cast

Browser = Callable[[Person | None], Client]


def was(cast: Cast) -> Meeting:
    return cast.own.meeting(days=-1, state=MeetingState.HELD)


def test_expected_people_stand_on_the_list_once_with_where_they_work(cast: Cast) -> None:
    meeting = cast.own.meeting()
    people = [cast.own.member, cast.own.keeper]
    assert actions.expect_people(meeting=meeting, people=people, by=cast.own.facilitator) == 2
    assert actions.expect_people(meeting=meeting, people=[*people, cast.own.lead], by=cast.own.facilitator) == 1

    rows = {row.person: (row.presence, row.organisation, row.unit) for row in queries.attendances_of(meeting)}
    assert rows[cast.own.member] == (Presence.EXPECTED, cast.own.organisation, cast.own.units[0])
    assert len(rows) == 3
    assert [row.ids["people_count"] for row in FactRow.objects.filter(name="PeopleExpected")] == [2, 1]


def test_somebody_who_is_not_of_the_programme_is_refused_and_nobody_is_put(cast: Cast) -> None:
    meeting = cast.own.meeting()
    with pytest.raises(Refused):
        actions.expect_people(meeting=meeting, people=[cast.own.member, cast.outsider], by=cast.own.lead)
    with pytest.raises(Refused):
        actions.note_attendance(meeting=was(cast), person=cast.outsider, presence=Presence.PRESENT, by=cast.own.lead)
    assert not Attendance.objects.exists()


@pytest.mark.parametrize(
    ("presence", "minutes", "counts"),
    [
        (Presence.PRESENT, None, True),
        (Presence.PARTLY, 90, True),
        (Presence.PARTLY, 89, False),
        (Presence.PARTLY, None, False),
        (Presence.EXCUSED, None, False),
        (Presence.ABSENT, None, False),
        (Presence.EXPECTED, None, False),
    ],
)
def test_half_of_the_minutes_counts_as_attended(
    cast: Cast, presence: Presence, minutes: int | None, counts: bool
) -> None:
    row = actions.note_attendance(
        meeting=was(cast), person=cast.own.member, presence=presence, minutes=minutes, by=cast.own.lead
    )
    assert row.counts_as_attended is counts


def test_people_move_and_old_attendance_stays_true(cast: Cast) -> None:
    meeting = was(cast)
    actions.note_attendance(meeting=meeting, person=cast.own.member, presence=Presence.PRESENT, by=cast.own.lead)
    membership = Membership.objects.get(person=cast.own.member)
    Placement.objects.filter(membership=membership).update(until_on=clock.today())
    Placement.objects.create(
        membership=membership, organisation=cast.other.organisation, unit=None, since_on=clock.today()
    )

    actions.note_attendance(
        meeting=meeting, person=cast.own.member, presence=Presence.PARTLY, minutes=60, by=cast.own.lead
    )

    row = Attendance.objects.get()
    assert (row.presence, row.minutes, row.organisation) == (Presence.PARTLY, 60, cast.own.organisation)


def test_nobody_was_at_a_meeting_that_is_still_to_come(cast: Cast) -> None:
    meeting = cast.own.meeting(days=3)
    with pytest.raises(Refused):
        actions.note_attendance(meeting=meeting, person=cast.own.member, presence=Presence.PRESENT, by=cast.own.lead)
    actions.note_attendance(meeting=meeting, person=cast.own.member, presence=Presence.EXCUSED, by=cast.own.lead)
    with clock.at(timezone.localtime(meeting.starts_at).replace(hour=0, minute=0)):
        actions.note_attendance(meeting=meeting, person=cast.own.member, presence=Presence.PRESENT, by=cast.own.lead)


@pytest.mark.parametrize("minutes", [0, 181, -5])
def test_minutes_stay_within_the_meeting(cast: Cast, minutes: int) -> None:
    with pytest.raises(Refused):
        actions.note_attendance(
            meeting=was(cast), person=cast.own.member, presence=Presence.PARTLY, minutes=minutes, by=cast.own.lead
        )


@pytest.mark.parametrize("who", ["keeper", "member", "follower", "colleague"])
def test_only_the_team_and_the_facilitator_of_the_meeting_note_or_see_persons(
    cast: Cast, client_of: Browser, who: str
) -> None:
    meeting = was(cast)
    actions.note_attendance(
        meeting=meeting, person=cast.own.member, presence=Presence.PARTLY, minutes=7, by=cast.own.lead
    )
    person = getattr(cast.own, who)
    with pytest.raises(PermissionDenied):
        actions.note_attendance(meeting=meeting, person=cast.own.lead, presence=Presence.PRESENT, by=person)
    with pytest.raises(PermissionDenied):
        actions.expect_people(meeting=meeting, people=[cast.own.lead], by=person)

    browser = client_of(person)
    expected = 404 if who == "colleague" else 403
    address = f"/eigen/meetings/{meeting.pk}/"
    assert browser.get(address + "attendance/").status_code == expected
    assert browser.post(address + "attendance/add/", {"person": person.pk}).status_code == expected
    assert browser.post(address + "attendance/expect/", {"all": "yes"}).status_code == expected
    if who in ("keeper", "follower"):
        page = browser.get(address).content.decode()
        assert cast.own.member.name not in page
        assert "minder dan vijf mensen" in page.lower()


def test_one_sees_what_is_noted_of_oneself(cast: Cast, client_of: Browser) -> None:
    meeting = was(cast)
    actions.note_attendance(
        meeting=meeting, person=cast.own.member, presence=Presence.PARTLY, minutes=7, by=cast.own.lead
    )
    page = client_of(cast.own.member).get(f"/eigen/meetings/{meeting.pk}/").content.decode()
    assert "deels aanwezig" in page
    assert "7 minuten" in page


def test_a_whole_list_is_saved_at_once_and_only_what_changed_is_a_fact(cast: Cast, client_of: Browser) -> None:
    meeting = was(cast)
    people = [cast.own.member, cast.own.keeper, cast.own.follower, cast.own.lead]
    actions.expect_people(meeting=meeting, people=people, by=cast.own.lead)
    browser = client_of(cast.own.facilitator)
    address = f"/eigen/meetings/{meeting.pk}/attendance/"
    form = {f"was_{person.pk}": "expected:" for person in people}
    form |= {f"is_{person.pk}": "expected" for person in people}
    form |= {f"is_{cast.own.member.pk}": "partly", f"minutes_{cast.own.member.pk}": "45"}
    form |= {f"is_{cast.own.follower.pk}": "absent"}

    assert browser.post(address, form).status_code == 302
    noted = {row.person: (row.presence, row.minutes) for row in queries.attendances_of(meeting)}
    assert noted == {
        cast.own.member: ("partly", 45),
        cast.own.keeper: ("expected", None),
        cast.own.follower: ("absent", None),
        cast.own.lead: ("expected", None),
    }
    assert browser.post(address, {**form, "rest": "present"}).status_code == 302
    noted = {row.person: (row.presence, row.minutes) for row in queries.attendances_of(meeting)}
    assert noted[cast.own.keeper] == noted[cast.own.lead] == ("present", None)
    assert noted[cast.own.follower] == ("absent", None)
    assert [row.ids["people_count"] for row in FactRow.objects.filter(name="AttendanceNoted")] == [2, 2]


def test_two_people_who_note_different_persons_do_not_undo_each_other(cast: Cast, client_of: Browser) -> None:
    meeting = was(cast)
    actions.expect_people(meeting=meeting, people=[cast.own.member, cast.own.keeper], by=cast.own.lead)
    stale = {f"was_{pk}": "expected:" for pk in (cast.own.member.pk, cast.own.keeper.pk)}
    actions.note_attendance(meeting=meeting, person=cast.own.member, presence=Presence.ABSENT, by=cast.own.lead)

    client_of(cast.own.facilitator).post(
        f"/eigen/meetings/{meeting.pk}/attendance/",
        {**stale, f"is_{cast.own.member.pk}": "expected", f"is_{cast.own.keeper.pk}": "present"},
    )

    noted = {row.person: row.presence for row in queries.attendances_of(meeting)}
    assert noted == {cast.own.member: "absent", cast.own.keeper: "present"}


@pytest.mark.parametrize("minutes", ["veel", "-1", "181", "999999", "٣", "1e3"])
def test_minutes_that_are_none_come_back_with_everything_that_was_chosen(
    cast: Cast, client_of: Browser, minutes: str
) -> None:
    meeting = was(cast)
    actions.expect_people(meeting=meeting, people=[cast.own.member, cast.own.keeper], by=cast.own.lead)
    answer = client_of(cast.own.facilitator).post(
        f"/eigen/meetings/{meeting.pk}/attendance/",
        {
            f"is_{cast.own.member.pk}": "partly",
            f"minutes_{cast.own.member.pk}": minutes,
            f"is_{cast.own.keeper.pk}": "absent",
        },
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'name="is_{cast.own.keeper.pk}" value="absent" checked' in page
    assert f'value="{minutes}"' in page
    assert {row.presence for row in queries.attendances_of(meeting)} == {"expected"}


def test_forged_rows_and_answers_change_nothing(cast: Cast, client_of: Browser) -> None:
    meeting = was(cast)
    actions.expect_people(meeting=meeting, people=[cast.own.member], by=cast.own.lead)
    browser = client_of(cast.own.facilitator)
    address = f"/eigen/meetings/{meeting.pk}/attendance/"
    assert browser.post(address, {f"is_{cast.outsider.pk}": "present", "rest": ""}).status_code == 302
    assert browser.post(address, {f"is_{cast.own.member.pk}": "dancing"}).status_code == 422
    assert browser.post(address + "add/", {"person": cast.outsider.pk}).status_code == 422
    assert browser.post(address + "expect/", {"people": [cast.outsider.pk]}).status_code == 422
    assert [row.person for row in Attendance.objects.all()] == [cast.own.member]


def test_somebody_who_came_along_is_noted_as_present(cast: Cast, client_of: Browser) -> None:
    meeting = was(cast)
    browser = client_of(cast.own.facilitator)
    address = f"/eigen/meetings/{meeting.pk}/attendance/add/"
    assert browser.post(address, {"person": cast.own.follower.pk}).status_code == 302
    assert browser.post(address, {"person": cast.own.follower.pk}).status_code == 422
    assert [(row.person, row.presence) for row in Attendance.objects.all()] == [(cast.own.follower, "present")]


def test_everybody_is_expected_with_one_button(cast: Cast, client_of: Browser) -> None:
    meeting = cast.own.meeting()
    browser = client_of(cast.own.facilitator)
    address = f"/eigen/meetings/{meeting.pk}/attendance/expect/"
    pages = [browser.get(f"{address}{link}").content.decode() for link in ("", "?all=1", "?all=0")]
    assert [page.count(" checked") for page in pages] == [0, 6, 0]
    assert browser.post(address, {}).status_code == 422
    assert browser.post(address, {"all": "yes"}).status_code == 302
    assert browser.post(address, {"all": "yes"}).status_code == 302
    people = {row.person for row in Attendance.objects.all()}
    own = cast.own
    assert people == {own.lead, own.keeper, own.facilitator, own.member, own.follower, cast.other.colleague}
