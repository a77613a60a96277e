"""Codes at the door: how they are made, read and guarded. A guess is counted by device, never by network address."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.core import signing
from django.utils.translation import gettext as _

from leerkring.community.meetings import queries, rotation
from leerkring.community.meetings.models import Door, Seat, WrongCode
from leerkring.platform import clock
from leerkring.platform.prepared import prepared
from leerkring.platform.rules import Refused

SIGNS = rotation.SIGNS
LENGTH = 6
WINDOW = timedelta(minutes=10)
GUESSES_PER_DEVICE = 10
GUESSES_IN_ALL = 1_000
"""Over all devices: a hall that mistypes stays below it, whoever tries them all would need centuries."""
KEPT = timedelta(days=1)
SCANNED_FOR = timedelta(minutes=20)
"""Who stood before the screen may take this long to sign in by a link in their mail."""
SCANNED_SALT = "meetings.scanned"


# A whole hall asks these at the same time.
_doors_with = prepared(str)(lambda code: queries.open_doors().filter(code=code))
_seats_of = prepared(str)(lambda hashed: queries.seats_behind_open_doors(hashed).order_by("-id")[:20])
_guesses_of = prepared(str, datetime)(
    lambda hashed, since: WrongCode.objects.filter(device=hashed, at__gt=since).values_list("pk")[:GUESSES_PER_DEVICE]
)
_guesses = prepared(datetime)(lambda since: WrongCode.objects.filter(at__gt=since).values_list("pk")[:GUESSES_IN_ALL])


class TooManyGuesses(Refused):
    """Wait a little. Says nothing about whether the code is right."""


class CodeChanged(Refused):
    """It was right some minutes ago: a slow phone, or a picture that somebody passed on."""


def fresh_code() -> str:
    """A code that no open door has."""
    while True:
        code = "".join(secrets.choice(SIGNS) for _sign in range(LENGTH))
        if not queries.open_doors().filter(code=code).exists():
            return code


def read_code(typed: str) -> str:
    """What was typed as it would be kept: capitals, without spaces and hyphens."""
    return "".join(typed.upper().replace("-", " ").split())


def hash_of(device: str) -> str:
    return hashlib.sha256(device.encode()).hexdigest()


def code_now(door: Door) -> str:
    """The code with the half that changes, as it stands on the screen at the door."""
    return door.code + rotation.half_code(door.secret, clock.now())


def door_behind(*, code: str, device: str, is_known: bool = False, scanned: str = "") -> Door | None:
    """The open door with this code. A wrong guess is counted; who `is_known` (signed in) waits for own guesses only.

    `scanned` is the proof that this device stood before the screen just now. Raises TooManyGuesses, and CodeChanged
    for a code that was on the screen some minutes ago.
    """
    hashed = hash_of(device)
    _check_guesses(hashed, is_known=is_known)
    typed = read_code(code)
    door, half = _doors_with.first(typed[:LENGTH]), typed[LENGTH:]
    if door is not None:
        age = rotation.age_of(half, door.secret, clock.now()) if half else None
        if (typed == door.code and door.takes_fixed_code) or (age is not None and age <= rotation.STILL_GOOD):
            return door
        if scanned and has_scanned(door, device, scanned):
            return door
        if age is not None:
            raise CodeChanged(_("This code has changed. Scan the one that is on the screen now."))
    WrongCode.objects.filter(at__lt=clock.now() - KEPT).delete()
    WrongCode.objects.create(device=hashed, at=clock.now())
    return None


def proof_of_scan(door: Door, device: str) -> str:
    """For a device that gave the right code: it need not give it again while somebody signs in."""
    now = int(clock.now().timestamp())
    return signing.dumps([door.pk, int(door.opened_at.timestamp()), hash_of(device), now], salt=SCANNED_SALT)


def has_scanned(door: Door, device: str, proof: str) -> bool:
    """Whether this device stood before the screen of this door, and not too long ago."""
    try:
        door_id, opened, hashed, at = signing.loads(proof, salt=SCANNED_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return False
    is_fresh = 0 <= clock.now().timestamp() - at + 1 <= SCANNED_FOR.total_seconds()
    return is_fresh and [door_id, opened, hashed] == [door.pk, int(door.opened_at.timestamp()), hash_of(device)]


def seat_of_device(*, code: str, device: str) -> Seat | None:
    """The seat that this device has behind this code, or had when the code was still another: seats outlive codes."""
    typed = read_code(code)[:LENGTH]
    own = _seats_of(hash_of(device))
    exact = next((seat for seat in own if seat.meeting.door.code == typed), None)
    if exact is not None or not own or queries.open_doors().filter(code=typed).exists():
        return exact
    return next((seat for seat in own if seat.meeting.door.rotated_at > seat.since), None)


def _check_guesses(hashed: str, *, is_known: bool) -> None:
    since = clock.now() - WINDOW
    if len(_guesses_of(hashed, since)) >= GUESSES_PER_DEVICE:
        raise TooManyGuesses(_("That was the wrong code too often. Wait ten minutes, or ask the facilitator."))
    if not is_known and len(_guesses(since)) >= GUESSES_IN_ALL:
        raise TooManyGuesses(_("Too many wrong codes came in. Sign in first, or try again in a few minutes."))
