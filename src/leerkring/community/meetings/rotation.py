"""The half of a code that changes every half minute: it follows from a secret and the time, nothing is written down."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime

SIGNS = "ACDEFGHJKLMNPQRTUVWXY34679"
"""No sign that looks or sounds like another one on a screen far away."""
LENGTH = 4
STEP = 30
"""Seconds that one half code stands on the screen."""
STILL_GOOD = 1
"""Half codes before the one on the screen that still open the door: who scanned just before it changed."""
JUST_GONE = 20
"""Half codes that no longer open it and yet are no guess: somebody stood here some minutes ago."""


def fresh_secret() -> str:
    return secrets.token_urlsafe(32)


def half_code(secret: str, moment: datetime, *, steps_ago: int = 0) -> str:
    """What stands on the screen at this moment, or so many steps before it."""
    step = int(moment.timestamp()) // STEP - steps_ago
    number = int.from_bytes(hmac.digest(secret.encode(), str(step).encode(), "sha256"), "big")
    found = ""
    for _sign in range(LENGTH):
        number, place = divmod(number, len(SIGNS))
        found += SIGNS[place]
    return found


def age_of(half: str, secret: str, moment: datetime) -> int | None:
    """How many steps ago this half code stood on the screen; None when it never did, or too long ago."""
    for steps_ago in range(STILL_GOOD + JUST_GONE + 1):
        if hmac.compare_digest(half_code(secret, moment, steps_ago=steps_ago), half):
            return steps_ago
    return None


def seconds_left(moment: datetime) -> int:
    """Until the next half code."""
    return STEP - int(moment.timestamp()) % STEP
