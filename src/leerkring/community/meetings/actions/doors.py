from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.meetings import access, codes, rotation, rules
from leerkring.community.meetings.facts import (
    CodeRotated,
    DoorClosed,
    DoorFact,
    DoorLocked,
    DoorOpened,
    DoorUnlocked,
    GuestsAdmitted,
)
from leerkring.community.meetings.models import Door, Meeting
from leerkring.community.people.models import Person
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused


def open_door(*, meeting: Meeting, by: Person, admits_guests: bool = False, takes_fixed_code: bool = True) -> Door:
    """Make a code with which people come in. Twice is one door; one that was closed gets a new code.

    Without `takes_fixed_code` only the code that changes each half minute opens it; who needs the fixed one as well
    (a werkplaats, on its wall) opens the door again with it.

    Raises PermissionDenied, and Refused for a cancelled meeting.
    """
    rules.require(access.may_keep_door(by, meeting))
    with transaction.atomic():
        rules.lock(meeting)
        if meeting.is_cancelled:
            raise Refused(_("This meeting is cancelled. Put it back first."))
        door = Door.objects.filter(meeting=meeting).first()
        if door is not None and door.closed_at is None:
            if takes_fixed_code and not door.takes_fixed_code:
                door.takes_fixed_code = True
                door.save(update_fields=["takes_fixed_code"])
                facts.record(DoorOpened(community_id=meeting.community_id, by_id=by.pk, meeting_id=meeting.pk))
            return door
        now = clock.now()
        door = door or Door(meeting=meeting, admits_guests=admits_guests)
        door.code, door.opened_at, door.rotated_at = codes.fresh_code(), now, now
        door.closed_at, door.is_locked = None, False
        door.secret, door.takes_fixed_code = rotation.fresh_secret(), takes_fixed_code
        door.save()
        facts.record(DoorOpened(community_id=meeting.community_id, by_id=by.pk, meeting_id=meeting.pk))
    return door


def close_door(*, meeting: Meeting, by: Person) -> None:
    """The meeting is over: the code stops for good. Twice is once. Raises PermissionDenied."""
    rules.require(access.may_keep_door(by, meeting))
    with transaction.atomic():
        door = Door.objects.select_for_update(no_key=True).filter(meeting=meeting, closed_at__isnull=True).first()
        if door is None:
            return
        door.closed_at = clock.now()
        door.save(update_fields=["closed_at"])
        facts.record(DoorClosed(community_id=meeting.community_id, by_id=by.pk, meeting_id=meeting.pk))


def rotate_code(*, meeting: Meeting, by: Person) -> Door:
    """A new code; the old one stops at once, who is in stays in. Raises PermissionDenied, Refused without a door."""
    rules.require(access.may_keep_door(by, meeting))
    with transaction.atomic():
        door = _locked_door(meeting)
        door.code, door.rotated_at = codes.fresh_code(), clock.now()
        door.save(update_fields=["code", "rotated_at"])
        facts.record(CodeRotated(community_id=meeting.community_id, by_id=by.pk, meeting_id=meeting.pk))
    return door


def lock_door(*, meeting: Meeting, by: Person) -> Door:
    """Nobody new comes in; who is in stays in. Twice is once. Raises PermissionDenied, Refused without a door."""
    return _set(meeting, by, DoorLocked, is_locked=True)


def unlock_door(*, meeting: Meeting, by: Person) -> Door:
    """The inverse of `lock_door`. Raises PermissionDenied, Refused without a door."""
    return _set(meeting, by, DoorUnlocked, is_locked=False)


def admit_guests(*, meeting: Meeting, by: Person, is_on: bool) -> Door:
    """Whether people come in without an account. Guests who are in stay in. Raises PermissionDenied and Refused."""
    rules.require(access.may_keep_door(by, meeting))
    with transaction.atomic():
        door = _locked_door(meeting)
        if door.admits_guests != is_on:
            door.admits_guests = is_on
            door.save(update_fields=["admits_guests"])
            facts.record(
                GuestsAdmitted(community_id=meeting.community_id, by_id=by.pk, meeting_id=meeting.pk, is_on=is_on)
            )
    return door


def _set(meeting: Meeting, by: Person, fact: type[DoorFact], *, is_locked: bool) -> Door:
    rules.require(access.may_keep_door(by, meeting))
    with transaction.atomic():
        door = _locked_door(meeting)
        if door.is_locked != is_locked:
            door.is_locked = is_locked
            door.save(update_fields=["is_locked"])
            facts.record(fact(community_id=meeting.community_id, by_id=by.pk, meeting_id=meeting.pk))
    return door


def _locked_door(meeting: Meeting) -> Door:
    door = Door.objects.select_for_update(no_key=True).filter(meeting=meeting, closed_at__isnull=True).first()
    if door is None:
        raise Refused(_("The door of this meeting is not open yet. Open it first."))
    return door
