"""The code at the door that changes every half minute: good for who stands there, worthless an hour later."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client

from leerkring.community.meetings import actions, codes, rotation
from leerkring.community.meetings.enums import Presence
from leerkring.community.meetings.models import Attendance, AttendanceChange, Door, Seat, WrongCode
from leerkring.community.people.models import Person
from leerkring.platform import clock
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import Refused
from tests.cast import Cast

Browser = Callable[[Person | None], Client]
NOON = datetime(2025, 3, 13, 12, 0, 5, tzinfo=UTC)


def test_the_half_code_follows_from_secret_and_time_alone() -> None:
    secret, half = "s" * 43, rotation.half_code("s" * 43, NOON)
    assert (len(half), set(half) <= set(rotation.SIGNS)) == (4, True)
    assert rotation.half_code(secret, NOON + timedelta(seconds=24)) == half
    later = [rotation.half_code(secret, NOON + timedelta(seconds=30 * step)) for step in range(200)]
    assert len(set(later)) > 190
    assert rotation.half_code("t" * 43, NOON) != half
    ages = [rotation.age_of(half, secret, NOON + timedelta(seconds=seconds)) for seconds in (0, 25, 55, 85, 3600)]
    assert ages == [0, 1, 2, 3, None]
    assert (rotation.seconds_left(NOON), rotation.age_of("", secret, NOON)) == (25, None)


@pytest.fixture
def door(cast: Cast) -> Door:
    return actions.open_door(meeting=cast.own.meeting(days=0), by=cast.own.facilitator, takes_fixed_code=False)


def come_in(door: Door, code: str, by: Person | None, *, device: str = "phone", scanned: str = "") -> Seat:
    return actions.check_in(meeting=door.meeting, code=code, device=device, by=by, scanned=scanned)


def test_a_code_opens_for_a_minute_and_its_picture_is_worthless_after(cast: Cast, door: Door) -> None:
    with clock.at(NOON):
        code = codes.code_now(door)
        with pytest.raises(Refused):
            come_in(door, door.code, cast.own.member)
        assert WrongCode.objects.count() == 1
    with clock.at(NOON + timedelta(seconds=50)):
        assert come_in(door, code, cast.own.member).person == cast.own.member
    with clock.at(NOON + timedelta(minutes=3)), pytest.raises(codes.CodeChanged):
        come_in(door, code, cast.own.keeper, device="at home")
    assert WrongCode.objects.count() == 1, "Who is slow guesses nothing."
    with clock.at(NOON + timedelta(hours=2)), pytest.raises(Refused):
        come_in(door, code, cast.own.keeper, device="at home")
    assert Attendance.objects.filter(person=cast.own.keeper).count() == 0


def test_who_scanned_has_time_to_sign_in_and_nobody_else_has(cast: Cast, door: Door) -> None:
    with clock.at(NOON):
        proof = codes.proof_of_scan(door, "phone")
    with clock.at(NOON + timedelta(minutes=10)):
        with pytest.raises(Refused):
            come_in(door, door.code, cast.own.member, device="phone of a friend", scanned=proof)
        with pytest.raises(Refused):
            come_in(door, door.code, cast.own.member, scanned=proof + "x")
        assert come_in(door, door.code, cast.own.member, scanned=proof).person == cast.own.member
    with clock.at(NOON + timedelta(minutes=30)), pytest.raises(Refused):
        come_in(door, door.code, cast.own.keeper, scanned=proof)
    with clock.at(NOON + timedelta(minutes=1)):
        actions.close_door(meeting=door.meeting, by=cast.own.lead)
        actions.open_door(meeting=door.meeting, by=cast.own.lead, takes_fixed_code=False)
        with pytest.raises(Refused):
            come_in(Door.objects.get(), Door.objects.get().code, cast.own.keeper, scanned=proof)


def test_a_werkplaats_adds_its_fixed_code_to_the_same_door(cast: Cast, door: Door) -> None:
    again = actions.open_door(meeting=door.meeting, by=cast.own.facilitator)
    assert (again.pk, again.code, again.takes_fixed_code) == (door.pk, door.code, True)
    actions.open_door(meeting=door.meeting, by=cast.own.facilitator, takes_fixed_code=False)
    come_in(again, again.code, cast.own.member)
    come_in(again, codes.code_now(again), cast.own.keeper, device="laptop")
    assert Attendance.objects.filter(presence=Presence.PRESENT).count() == 2


def test_the_screen_shows_opens_and_takes_names(cast: Cast, client_of: Browser) -> None:
    meeting = cast.own.meeting(days=0)
    actions.expect_people(meeting=meeting, people=[cast.own.member, cast.own.keeper], by=cast.own.lead)
    here = f"/eigen/meetings/{meeting.pk}/door/"
    team = client_of(cast.own.lead)
    assert 'class="qr"' not in team.get(here).content.decode()
    for person, status in ((cast.own.member, 403), (cast.outsider, 404), (None, 302)):
        assert client_of(person).get(here).status_code == status
        assert client_of(person).post(here + "open/").status_code == status
    with pytest.raises(PermissionDenied):
        actions.open_door(meeting=meeting, by=cast.own.member)
    assert team.post(here + "open/").status_code == 302
    door = Door.objects.get()
    code = codes.code_now(door)
    page = team.get(here).content.decode()
    assert 'class="qr"' in page
    assert f"{code[:3]} {code[3:6]} {code[6:]}" in page
    assert code[:3] in team.get(here + "now/").content.decode()
    assert cast.own.member.name not in page
    row = Attendance.objects.get(person=cast.own.member)
    assert cast.own.member.name in team.get(here, {"name": "memb"}).content.decode()
    assert "aria-invalid" in team.get(here, {"name": "m"}).content.decode()
    assert team.post(f"{here}in/{row.pk}/").status_code == 302
    row.refresh_from_db()
    assert row.presence == Presence.PRESENT
    assert f"door/in/{row.pk}/" not in team.get(here, {"name": "memb"}).content.decode()
    assert team.post(f"{here}out/{row.pk}/").status_code == 302
    row.refresh_from_db()
    assert row.presence == Presence.EXPECTED
    elsewhere = Attendance.objects.create(meeting=cast.other.meeting(), person=cast.other.member)
    assert team.post(f"{here}in/{elsewhere.pk}/").status_code == 404
    assert team.post(here + "close/").status_code == 302
    door.refresh_from_db()
    assert door.closed_at is not None


def test_one_scan_one_tap_and_signing_in_on_the_way(cast: Cast, door: Door, client_of: Browser) -> None:
    with clock.at(NOON):
        scanned = f"/w/{codes.code_now(door)}/"
        member, visitor = client_of(cast.own.member), client_of(None)
        assert cast.own.member.name in member.get(scanned).content.decode()
        assert "sign" in visitor.get(scanned).content.decode()
    with clock.at(NOON + timedelta(minutes=9)):
        sent_on = member.post(scanned)
        assert (sent_on.status_code, sent_on["Location"]) == (302, f"/w/{door.code}/")
        assert member.get(sent_on["Location"]).status_code == 200
        assert cast.own.keeper.account
        visitor.force_login(cast.own.keeper.account)
        assert visitor.get(f"/w/{door.code}/").status_code == 200
        assert visitor.post(f"/w/{door.code}/").status_code == 302
        late = client_of(cast.own.facilitator).get(scanned)
        assert (late.status_code, "op het scherm" in late.content.decode()) == (404, True)
    assert Attendance.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_devices_of_one_person_at_once_are_one_row_and_one_line(cast: Cast) -> None:
    door = actions.open_door(meeting=cast.own.meeting(days=0), by=cast.own.facilitator, takes_fixed_code=False)
    code, start = codes.code_now(door), threading.Barrier(6)
    outcomes: list[object] = []

    def run(act: Callable[[], Seat]) -> None:
        try:
            start.wait()
            outcomes.append(act().pk)
        except Exception as error:
            outcomes.append(error)
        finally:
            connection.close()

    acts = [partial(come_in, door, code, cast.own.member, device=f"phone {number % 2}") for number in range(6)]
    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(outcomes)) == Seat.objects.count() == 2, outcomes
    assert (Attendance.objects.count(), AttendanceChange.objects.count()) == (1, 1)
    assert FactRow.objects.filter(name="CheckedIn").count() == 2
