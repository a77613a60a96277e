"""Codes at the door: how they are made, read and guarded. A guess is counted by device, never by network address."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.utils.translation import gettext as _

from leerkring.community.meetings import queries
from leerkring.community.meetings.models import Door, Seat, WrongCode
from leerkring.platform import clock
from leerkring.platform.rules import Refused

SIGNS = "ACDEFGHJKLMNPQRTUVWXY34679"
"""No sign that looks or sounds like another one on a screen far away."""
LENGTH = 6
WINDOW = timedelta(minutes=10)
GUESSES_PER_DEVICE = 10
GUESSES_IN_ALL = 1_000
"""Over all devices: a hall that mistypes stays below it, whoever tries them all would need centuries."""
KEPT = timedelta(days=1)


class TooManyGuesses(Refused):
    """Wait a little. Says nothing about whether the code is right."""


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


def door_behind(*, code: str, device: str, is_known: bool = False) -> Door | None:
    """The open door with this code. A wrong guess is counted; who `is_known` (signed in) waits for own guesses only.

    Raises TooManyGuesses.
    """
    hashed = hash_of(device)
    _check_guesses(hashed, is_known=is_known)
    door = queries.open_doors().filter(code=read_code(code)).first()
    if door is None:
        WrongCode.objects.filter(at__lt=clock.now() - KEPT).delete()
        WrongCode.objects.create(device=hashed, at=clock.now())
    return door


def seat_of_device(*, code: str, device: str) -> Seat | None:
    """The seat that this device has behind this code, or had when the code was still another: seats outlive codes."""
    seats = Seat.objects.filter(device=hash_of(device), meeting__door__closed_at__isnull=True)
    seats = seats.select_related("meeting__community", "meeting__door", "person").order_by("-id")
    typed = read_code(code)
    own = list(seats[:20])
    exact = next((seat for seat in own if seat.meeting.door.code == typed), None)
    if exact is not None or queries.open_doors().filter(code=typed).exists():
        return exact
    return next((seat for seat in own if seat.meeting.door.rotated_at > seat.since), None)


def _check_guesses(hashed: str, *, is_known: bool) -> None:
    recent = WrongCode.objects.filter(at__gt=clock.now() - WINDOW)
    if recent.filter(device=hashed).count() >= GUESSES_PER_DEVICE:
        raise TooManyGuesses(_("That was the wrong code too often. Wait ten minutes, or ask the facilitator."))
    if not is_known and recent.count() >= GUESSES_IN_ALL:
        raise TooManyGuesses(_("Too many wrong codes came in. Sign in first, or try again in a few minutes."))
