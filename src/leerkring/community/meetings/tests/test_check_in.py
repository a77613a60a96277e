from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from leerkring.community.meetings import actions, codes, queries
from leerkring.community.meetings.enums import Presence
from leerkring.community.meetings.models import Attendance, Door, Meeting, Seat, WrongCode
from leerkring.community.people.models import Person
from leerkring.platform import clock
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import Refused
from tests.cast import Cast

Browser = Callable[[Person | None], Client]


@pytest.fixture
def door(cast: Cast) -> Door:
    return actions.open_door(meeting=cast.own.meeting(days=0), by=cast.own.facilitator)


@pytest.fixture
def guests_door(cast: Cast, door: Door) -> Door:
    return actions.admit_guests(meeting=door.meeting, by=cast.own.facilitator, is_on=True)


def come_in(door: Door, by: Person | None = None, *, device: str = "phone", code: str = "", name: str = "") -> Seat:
    return actions.check_in(meeting=door.meeting, code=code or door.code, device=device, by=by, name=name)


def names() -> list[str]:
    return list(FactRow.objects.order_by("id").values_list("name", flat=True))


def test_a_member_who_comes_in_has_a_seat_and_was_there(cast: Cast, door: Door) -> None:
    seat = come_in(door, cast.own.member)
    assert come_in(door, cast.own.member) == seat
    attendance = Attendance.objects.get()
    assert (attendance.person, attendance.presence, attendance.organisation) == (
        cast.own.member, Presence.PRESENT, cast.own.organisation,
    )  # fmt: skip
    assert (seat.voice, len(seat.device), seat.device == "phone") == (f"person:{cast.own.member.pk}", 64, False)
    assert names() == ["DoorOpened", "CheckedIn"]


def test_two_devices_are_two_seats_and_one_voice(cast: Cast, door: Door) -> None:
    phone, laptop = come_in(door, cast.own.member), come_in(door, cast.own.member, device="laptop")
    assert phone != laptop
    assert phone.voice == laptop.voice
    assert Attendance.objects.count() == 1


@pytest.mark.parametrize(
    ("noted", "after"),
    [(Presence.EXPECTED, Presence.PRESENT), (Presence.ABSENT, Presence.PRESENT), (Presence.PARTLY, Presence.PARTLY)],
)
def test_attendance_is_never_lowered(cast: Cast, door: Door, noted: Presence, after: Presence) -> None:
    Attendance.objects.create(meeting=door.meeting, person=cast.own.member, presence=noted, minutes=30)
    come_in(door, cast.own.member)
    assert Attendance.objects.get().presence == after


@pytest.mark.parametrize("hours", [-72, -1, 2, 9])
def test_early_or_late_nobody_stays_outside(cast: Cast, hours: int) -> None:
    meeting = cast.own.meeting(days=4)
    door = actions.open_door(meeting=meeting, by=cast.own.facilitator)
    with clock.at(meeting.starts_at + timedelta(hours=hours)):
        come_in(door, cast.own.member)
        has_come = clock.today() >= meeting.day
    assert Attendance.objects.get().presence == (Presence.PRESENT if has_come else Presence.EXPECTED)


def test_a_guest_comes_in_only_where_guests_are_admitted(cast: Cast, door: Door) -> None:
    for stranger in (None, cast.outsider):
        with pytest.raises(Refused):
            come_in(door, stranger)
    assert not Seat.objects.exists()
    actions.admit_guests(meeting=door.meeting, by=cast.own.facilitator, is_on=True)
    seat = come_in(door, name="  Sam   de Gast ")
    assert (seat.name, seat.person, seat.voice) == ("Sam de Gast", None, f"seat:{seat.pk}")
    assert not Attendance.objects.exists()


def test_a_guest_who_signs_in_keeps_the_seat_and_was_there(cast: Cast, guests_door: Door) -> None:
    seat = come_in(guests_door, name="Sam")
    assert come_in(guests_door, cast.own.member) == seat
    seat.refresh_from_db()
    assert (seat.person, seat.name) == (cast.own.member, "")
    assert Attendance.objects.get().presence == Presence.PRESENT
    assert names()[-1] == "SeatClaimed"
    with pytest.raises(PermissionDenied):
        actions.claim_seat(seat=seat, by=cast.own.follower)
    with pytest.raises(Refused):
        come_in(guests_door, cast.own.follower)


def test_a_new_code_stops_the_old_one_and_leaves_the_seats(cast: Cast, door: Door) -> None:
    seat, old = come_in(door, cast.own.member), door.code
    later = clock.now() + timedelta(minutes=1)
    with clock.at(later):
        fresh = actions.rotate_code(meeting=door.meeting, by=cast.own.facilitator)
        assert fresh.code != old
        with pytest.raises(Refused):
            come_in(door, cast.own.follower, device="other", code=old)
        assert codes.seat_of_device(code=old, device="phone") == seat
        assert codes.seat_of_device(code=fresh.code, device="phone") == seat
        assert codes.seat_of_device(code=old, device="other") is None
        assert list(queries.seats_of(door.meeting)) == [seat]


def test_a_locked_door_keeps_out_who_is_not_in(cast: Cast, door: Door) -> None:
    seat = come_in(door, cast.own.member)
    actions.lock_door(meeting=door.meeting, by=cast.own.facilitator)
    with pytest.raises(Refused):
        come_in(door, cast.own.follower, device="other")
    assert come_in(door, cast.own.member) == seat
    actions.unlock_door(meeting=door.meeting, by=cast.own.facilitator)
    come_in(door, cast.own.follower, device="other")


def test_who_was_put_out_comes_in_when_let_back(cast: Cast, door: Door) -> None:
    seat = come_in(door, cast.own.member)
    for _twice in range(2):
        actions.put_out(seat=seat, by=cast.own.facilitator)
    with pytest.raises(Refused):
        come_in(door, cast.own.member)
    assert (list(queries.seats_of(door.meeting)), list(queries.seats_put_out(door.meeting))) == ([], [seat])
    actions.let_back_in(seat=seat, by=cast.own.facilitator)
    assert come_in(door, cast.own.member) == seat
    assert names().count("SeatPutOut") == 1


def test_doors_are_kept_by_facilitators(cast: Cast, door: Door) -> None:
    seat = come_in(door, cast.own.member)
    meeting: Meeting = door.meeting
    for act in (
        lambda by: actions.open_door(meeting=meeting, by=by),
        lambda by: actions.close_door(meeting=meeting, by=by),
        lambda by: actions.rotate_code(meeting=meeting, by=by),
        lambda by: actions.lock_door(meeting=meeting, by=by),
        lambda by: actions.unlock_door(meeting=meeting, by=by),
        lambda by: actions.admit_guests(meeting=meeting, by=by, is_on=True),
        lambda by: actions.put_out(seat=seat, by=by),
        lambda by: actions.let_back_in(seat=seat, by=by),
    ):
        with pytest.raises(PermissionDenied):
            act(cast.own.member)
    assert names() == ["DoorOpened", "CheckedIn"]


def test_a_closed_door_frees_its_code_and_can_be_opened_with_another(cast: Cast, door: Door) -> None:
    actions.close_door(meeting=door.meeting, by=cast.own.facilitator)
    assert codes.door_behind(code=door.code, device="x") is None
    again = actions.open_door(meeting=door.meeting, by=cast.own.facilitator)
    assert (again.pk, again.closed_at) == (door.pk, None)


def test_codes_cannot_be_tried_by_one_device_nor_by_many(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    for _guess in range(codes.GUESSES_PER_DEVICE):
        assert codes.door_behind(code="AAAAAA", device="thief") is None
    with pytest.raises(codes.TooManyGuesses):
        codes.door_behind(code=door.code, device="thief")
    assert codes.door_behind(code=door.code.lower(), device="neighbour") == door
    monkeypatch.setattr(codes, "GUESSES_IN_ALL", codes.GUESSES_PER_DEVICE)
    with pytest.raises(codes.TooManyGuesses):
        codes.door_behind(code=door.code, device="neighbour")
    assert codes.door_behind(code=door.code, device="neighbour", is_known=True) == door
    with clock.at(clock.now() + codes.WINDOW + timedelta(seconds=1)):
        assert codes.door_behind(code=door.code, device="thief") == door
    with clock.at(clock.now() + codes.KEPT + timedelta(seconds=1)):
        codes.door_behind(code="AAAAAA", device="late")
    assert WrongCode.objects.count() == 1


def test_who_came_without_a_phone_is_ticked_off(cast: Cast, door: Door) -> None:
    actions.check_in_by_name(meeting=door.meeting, people=[cast.own.member], by=cast.own.facilitator)
    assert Attendance.objects.get().presence == Presence.PRESENT


def test_before_the_meeting_a_member_has_a_seat_without_attendance(cast: Cast) -> None:
    meeting = cast.own.meeting(days=7)
    seat = actions.take_seat(meeting=meeting, device="thuis", by=cast.own.member)
    assert actions.take_seat(meeting=meeting, device="thuis", by=cast.own.member) == seat
    assert not Attendance.objects.exists()
    with pytest.raises(PermissionDenied):
        actions.take_seat(meeting=meeting, device="x", by=cast.outsider)
    with pytest.raises(PermissionDenied):
        actions.take_seat(meeting=meeting, device="thuis", by=cast.own.follower)


def test_the_pages_from_code_to_seat(cast: Cast, client_of: Browser, guests_door: Door) -> None:
    browser, code = client_of(None), guests_door.code
    assert browser.get("/w/").status_code == 200
    assert browser.post("/w/", {"code": ""}).status_code == 422
    answer = browser.post("/w/", {"code": f" {code[:3].lower()}-{code[3:]} "})
    assert (answer.status_code, answer["Location"]) == (302, f"/w/{code}/")
    page = browser.get(f"/w/{code}/")
    assert guests_door.meeting.title in page.content.decode()
    assert browser.post(f"/w/{code}/", {"name": "Sam"}).status_code == 302
    assert "Je bent binnen" in browser.get(f"/w/{code}/").content.decode()
    assert Seat.objects.get().name == "Sam"
    assert cast.own.member.account is not None
    browser.force_login(cast.own.member.account)
    assert cast.own.member.name in browser.get(f"/w/{code}/").content.decode()
    assert browser.post(f"/w/{code}/").status_code == 302
    assert Seat.objects.get().person == cast.own.member


def test_wrong_codes_are_told_and_then_stopped(client_of: Browser, door: Door) -> None:
    browser = client_of(None)
    for _guess in range(codes.GUESSES_PER_DEVICE):
        assert browser.get("/w/AAAAAA/").status_code == 404
    assert browser.get("/w/AAAAAA/").status_code == 429
    assert browser.post(f"/w/{door.code}/").status_code == 429


def test_a_visitor_is_shown_the_way_to_sign_in(client_of: Browser, door: Door) -> None:
    page = client_of(None).get(f"/w/{door.code}/").content.decode()
    assert f"/sign-in/?next=%2Fw%2F{door.code}%2F" in page
    assert client_of(None).post(f"/w/{door.code}/").status_code == 422
    assert not Seat.objects.exists()
