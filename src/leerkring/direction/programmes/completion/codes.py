"""Codes of certificates: how they are made, read and guarded. Guesses are counted by device, not by network address."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.utils.translation import gettext as _

from leerkring.direction.programmes.completion import queries
from leerkring.direction.programmes.completion.models import Certificate, WrongCertificateCode
from leerkring.platform import clock
from leerkring.platform.rules import Refused

SIGNS = "ACDEFGHJKLMNPQRTUVWXY34679"
"""No sign that looks like another one in print."""
LENGTH = 16
"""26 to the power 16: who tries a thousand a second finds none. The limits only spare the machine."""
WINDOW = timedelta(minutes=10)
GUESSES_PER_DEVICE = 20
GUESSES_KEPT = 2_000
KEPT = timedelta(days=1)


class TooManyGuesses(Refused):
    """Wait a little. Says nothing about whether the code is right."""


def fresh_code() -> str:
    return "".join(secrets.choice(SIGNS) for _sign in range(LENGTH))


def read_code(typed: str) -> str:
    """What was typed as it is kept: capitals, without spaces and hyphens."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())[: 2 * LENGTH]


def certificate_behind(*, code: str, device: str) -> Certificate | None:
    """The certificate with this code. A wrong one is counted. Raises TooManyGuesses."""
    hashed = hashlib.sha256(device.encode()).hexdigest()
    guesses = queries.recent_guesses(WINDOW)
    if guesses.filter(device=hashed).count() >= GUESSES_PER_DEVICE:
        raise TooManyGuesses(_("That was an unknown code too often. Wait ten minutes and try again."))
    certificate = queries.certificate_with(read_code(code))
    if certificate is None and guesses.count() < GUESSES_KEPT:
        WrongCertificateCode.objects.filter(at__lt=clock.now() - KEPT).delete()
        WrongCertificateCode.objects.create(device=hashed, at=clock.now())
    return certificate
