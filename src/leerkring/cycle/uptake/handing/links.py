"""The link in a letter with which somebody says yes or no to an offer without signing in: signed, for that person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.core import signing
from django.urls import reverse

from leerkring.community.people.models import Person
from leerkring.cycle.uptake.handing.models import Handover
from leerkring.platform import clock

SALT = "leerkring.cycle.uptake.handover"
TERM = timedelta(days=60)
_signer = signing.Signer(salt=SALT)


@dataclass(frozen=True)
class Offer:
    handover_id: int
    person_id: int
    sent_on: date

    @property
    def is_too_old(self) -> bool:
        return clock.today() > self.sent_on + TERM


def path_of_offer(handover: Handover, person: Person) -> str:
    token = _signer.sign_object([handover.pk, person.pk, clock.today().toordinal()])
    return reverse("uptake:handover_page", args=[token])


def offer_in(token: str) -> Offer | None:
    """What the link says; None when it was not made here."""
    try:
        handover_id, person_id, day = _signer.unsign_object(token)
        return Offer(int(handover_id), int(person_id), date.fromordinal(int(day)))
    except (signing.BadSignature, TypeError, ValueError, OverflowError):
        return None
