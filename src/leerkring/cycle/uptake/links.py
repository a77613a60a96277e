"""Links in a letter with which somebody answers for a commitment without signing in: signed, each with its answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.core import signing
from django.urls import reverse

from leerkring.cycle.uptake.enums import CommitmentOutcome
from leerkring.cycle.uptake.models import Commitment
from leerkring.platform import clock

SALT = "leerkring.cycle.uptake.look_back"
TERM = timedelta(days=60)
_signer = signing.Signer(salt=SALT)


@dataclass(frozen=True)
class Answer:
    """What a link says: of which commitment, with which of the four words, sent on which day."""

    commitment_id: int
    outcome: CommitmentOutcome
    sent_on: date

    @property
    def is_too_old(self) -> bool:
        return clock.today() > self.sent_on + TERM


def path_of_answer(commitment: Commitment, outcome: CommitmentOutcome, sent_on: date | None = None) -> str:
    """The address behind one of the four words in the letter of that day, or of today."""
    token = _signer.sign_object([commitment.pk, outcome.value, (sent_on or clock.today()).toordinal()])
    return reverse("uptake:commitment_answer", args=[token])


def answer_in(token: str) -> Answer | None:
    """What the link says; None when it was not made here."""
    try:
        commitment_id, outcome, day = _signer.unsign_object(token)
        return Answer(int(commitment_id), CommitmentOutcome(outcome), date.fromordinal(int(day)))
    except (signing.BadSignature, TypeError, ValueError, OverflowError):
        return None
