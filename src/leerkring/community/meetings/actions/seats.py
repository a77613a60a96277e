from __future__ import annotations

from collections.abc import Iterable
from copy import copy

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from leerkring.community.meetings import access, codes, queries, rules
from leerkring.community.meetings.actions import history
from leerkring.community.meetings.actions.attendance import Noted, note_attendances
from leerkring.community.meetings.enums import AttendanceWay, Presence
from leerkring.community.meetings.facts import CheckedIn, SeatClaimed, SeatLetBackIn, SeatPutOut, SeatTaken
from leerkring.community.meetings.models import Attendance, Door, Meeting, Seat
from leerkring.community.people.models import Person
from leerkring.platform import clock, facts
from leerkring.platform.prepared import prepared
from leerkring.platform.rules import Refused

NAME_LENGTH = 100
_seats = prepared(int, str)(
    lambda meeting_id, hashed: Seat.objects.filter(meeting=meeting_id, device=hashed).select_related("person")
)


def check_in(*, meeting: Meeting, code: str, device: str, by: Person | None, name: str = "", scanned: str = "") -> Seat:
    """Come in with the code on the screen: a seat for this device, and for a person of the programme attendance.

    Twice is once; it locks no row that others need, because a whole hall comes in at the same time. A guest who is
    signed in by now takes over the seat. `scanned` proves that this device gave the right code some minutes ago, when
    the code changes all the time. Raises Refused: wrong code, locked, no guests, put out by a facilitator.
    """
    door = codes.door_behind(code=code, device=device, is_known=by is not None, scanned=scanned)
    if door is None or door.meeting_id != meeting.pk:
        raise Refused(_("This code is not right, or no longer. Look at the screen and type it again."))
    hashed = codes.hash_of(device)
    seat = _seats.first(meeting.pk, hashed)
    if seat is not None:
        return _check_in_again(meeting, seat, by, name)
    _require_way_in(door, by)
    try:
        return _first_seat(meeting, hashed, by, name)
    except IntegrityError:
        # The same device, at the same moment.
        return _check_in_again(meeting, Seat.objects.get(meeting=meeting, device=hashed), by, name)


def _first_seat(meeting: Meeting, hashed: str, by: Person | None, name: str) -> Seat:
    now = clock.now()
    with transaction.atomic():
        seat = Seat.objects.create(
            meeting=meeting,
            device=hashed,
            person=by,
            name=_short(name) if by is None else "",
            since=now,
            came_in_at=now,
        )
        _note_present(meeting, by)
        facts.record(
            CheckedIn(
                community_id=meeting.community_id,
                by_id=by.pk if by else None,
                meeting_id=meeting.pk,
                seat_id=seat.pk,
            )
        )
    return seat


def take_seat(*, meeting: Meeting, device: str, by: Person) -> Seat:
    """A seat before the meeting, without a code, for somebody of the programme; says nothing of attendance.

    Twice is once. Raises PermissionDenied, Refused for who was put out or for a meeting that is over.
    """
    rules.require(access.may_take_seat(by, meeting))
    if meeting.is_cancelled or meeting.is_held:
        raise Refused(_("This meeting is over, or cancelled."))
    with transaction.atomic():
        seat, is_new = Seat.objects.get_or_create(
            meeting=meeting, device=codes.hash_of(device), defaults={"person": by, "since": clock.now()}
        )
        _require_in(seat)
        if is_new:
            facts.record(
                SeatTaken(community_id=meeting.community_id, by_id=by.pk, meeting_id=meeting.pk, seat_id=seat.pk)
            )
    if seat.person_id is None:
        return claim_seat(seat=seat, by=by)
    if seat.person_id != by.pk:
        raise PermissionDenied
    return seat


def claim_seat(*, seat: Seat, by: Person) -> Seat:
    """A guest signed in: the seat and all that was said from it are theirs, and they were there.

    Twice is once. Raises PermissionDenied for the seat of another person, Refused for who was put out.
    """
    with transaction.atomic():
        meeting = seat.meeting
        seat.refresh_from_db(
            fields=["person", "name", "left_at"], from_queryset=Seat.objects.select_for_update(no_key=True)
        )
        _require_in(seat)
        if seat.person_id is not None:
            rules.require(seat.person_id == by.pk)
            return seat
        seat.person, seat.name = by, ""
        seat.save(update_fields=["person", "name"])
        _note_present(meeting, by)
        facts.record(
            SeatClaimed(community_id=meeting.community_id, by_id=by.pk, meeting_id=meeting.pk, seat_id=seat.pk)
        )
    return seat


def put_out(*, seat: Seat, by: Person) -> Seat:
    """Close a seat: nothing more is said from it. Twice is once. Raises PermissionDenied."""
    rules.require(access.may_keep_door(by, seat.meeting))
    with transaction.atomic():
        _lock(seat)
        if seat.left_at is None:
            seat.left_at = clock.now()
            seat.save(update_fields=["left_at"])
            facts.record(
                SeatPutOut(
                    community_id=seat.meeting.community_id,
                    by_id=by.pk,
                    meeting_id=seat.meeting_id,
                    seat_id=seat.pk,
                )
            )
    return seat


def let_back_in(*, seat: Seat, by: Person) -> Seat:
    """The inverse of `put_out`. Raises PermissionDenied."""
    rules.require(access.may_keep_door(by, seat.meeting))
    with transaction.atomic():
        _lock(seat)
        if seat.left_at is not None:
            seat.left_at = None
            seat.save(update_fields=["left_at"])
            facts.record(
                SeatLetBackIn(
                    community_id=seat.meeting.community_id,
                    by_id=by.pk,
                    meeting_id=seat.meeting_id,
                    seat_id=seat.pk,
                )
            )
    return seat


def check_in_by_name(*, meeting: Meeting, people: Iterable[Person], by: Person) -> list[Attendance]:
    """Who came without a phone: a facilitator ticks them off. Raises PermissionDenied and Refused."""
    return note_attendances(meeting=meeting, notes=[Noted(person, Presence.PRESENT) for person in people], by=by)


def _check_in_again(meeting: Meeting, seat: Seat, by: Person | None, name: str) -> Seat:
    _require_in(seat)
    if by is None:
        if seat.person_id is None and name.strip() and _short(name) != seat.name:
            seat.name = _short(name)
            seat.save(update_fields=["name"])
        return seat
    if seat.person_id is None:
        seat.meeting = meeting
        return claim_seat(seat=seat, by=by)
    if seat.person_id != by.pk:
        raise Refused(_("Somebody else is signed in on this device here. Use your own phone, or sign in as them."))
    with transaction.atomic():
        is_first = Seat.objects.filter(pk=seat.pk, came_in_at__isnull=True).update(came_in_at=clock.now())
        if _note_present(meeting, by) or is_first:
            facts.record(
                CheckedIn(community_id=meeting.community_id, by_id=by.pk, meeting_id=meeting.pk, seat_id=seat.pk)
            )
    return seat


def _require_in(seat: Seat) -> None:
    if seat.is_out:
        raise Refused(_("The facilitator has closed this seat. Speak to them."))


def _require_way_in(door: Door, by: Person | None) -> None:
    if door.is_locked:
        raise Refused(_("The door is locked. Ask the facilitator to let you in."))
    if door.admits_guests or access.is_part_of(by, door.meeting.community):
        return
    if by is None:
        raise Refused(_("This meeting is for people of the programme. Sign in, and you are in."))
    raise Refused(_("This meeting is for people of the programme. Ask the facilitator to invite you."))


def _note_present(meeting: Meeting, person: Person | None) -> bool:
    """Whoever is in is present, from the day of the meeting on; what a facilitator noted is never lowered."""
    if person is None or not access.is_part_of(person, meeting.community):
        return False
    placement = queries.placements_of([person], meeting.community).get(person.pk)
    has_come = clock.today() >= meeting.day
    row, is_new = Attendance.objects.get_or_create(
        meeting=meeting,
        person=person,
        defaults={
            "presence": Presence.PRESENT if has_come else Presence.EXPECTED,
            "expected_at": None if has_come else clock.now(),
            "organisation": placement.organisation if placement else None,
            "unit": placement.unit if placement else None,
        },
    )
    if is_new:
        history.keep(meeting, None, row, way=AttendanceWay.CHECK_IN, by=person)
        return True
    if not has_come or row.presence not in (Presence.EXPECTED, Presence.EXCUSED, Presence.ABSENT):
        return False
    before = copy(row)
    row.presence, row.minutes = Presence.PRESENT, None
    unchanged = Attendance.objects.filter(pk=row.pk, presence=before.presence)
    if not unchanged.update(presence=row.presence, minutes=row.minutes):
        return False
    history.keep(meeting, before, row, way=AttendanceWay.CHECK_IN, by=person)
    return True


def _lock(seat: Seat) -> None:
    seat.refresh_from_db(
        fields=["person", "name", "left_at"], from_queryset=Seat.objects.select_for_update(no_key=True)
    )


def _short(name: str) -> str:
    return " ".join(name.split())[:NAME_LENGTH]
