"""Handing letters over: at least once, and once but for a lost answer."""

import logging
import smtplib
import time
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from leerkring.platform import clock, facts, jobs
from leerkring.platform.mail.composing import message_of
from leerkring.platform.mail.enums import OPEN, LetterState
from leerkring.platform.mail.facts import LetterGivenUp, LetterRefused
from leerkring.platform.mail.line import hand, open_line
from leerkring.platform.mail.models import EMPTY, Letter
from leerkring.platform.mail.queries import unanswered

logger = logging.getLogger(__name__)

ABOUT_THE_LETTER = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, ValueError)
"""A no to this one. What the server has against us, our name or our password, may be put right tomorrow."""
UNANSWERED = "Unanswered"
LOOK_AGAIN = 10.0


class _Looked:
    at = 0.0


looked = _Looked()


def give_up(*, letter_id: int) -> None:
    with transaction.atomic():
        waiting = Letter.objects.filter(pk=letter_id, state__in=OPEN)
        if waiting.update(state=LetterState.GIVEN_UP):
            facts.record(LetterGivenUp(community_id=None, by_id=None, letter_id=letter_id))


@jobs.job("mail.hand_over", given_up=give_up)
def hand_over(*, letter_id: int) -> None:
    letter = Letter.objects.filter(pk=letter_id).first()
    if letter is None or letter.state in (LetterState.ACCEPTED, LetterState.REFUSED, LetterState.LATE):
        return
    if letter.until is not None and letter.until <= clock.now():
        _end(letter, LetterState.LATE)
        return
    try:
        open_line()
    except OSError as error:
        # What it was before stays as it was: not begun, or begun and perhaps arrived.
        Letter.objects.filter(pk=letter.pk).update(tried_at=clock.now(), answer="")
        _log(letter, error)
        raise jobs.TryLater(UNANSWERED) from None
    _begin(letter)
    try:
        hand(message_of(letter))
    except (OSError, ValueError) as error:
        _log(letter, error)
        _hear_no(letter, error)
    else:
        _end(letter, LetterState.ACCEPTED, accepted_at=clock.now())
        _recover()


def _log(letter: Letter, error: Exception) -> None:
    # smtplib's errors are OSErrors; their texts may hold addresses.
    logger.warning("Mail %s was not handed over: %s", letter.message_id, type(error).__name__)


def _begin(letter: Letter) -> None:
    """Committed before the letter goes: who finds it so later does not know whether it arrived."""
    again = 1 if letter.state == LetterState.HANDING else 0
    Letter.objects.filter(pk=letter.pk).update(
        state=LetterState.HANDING, tried_at=clock.now(), attempts=F("attempts") + 1, repeats=F("repeats") + again
    )


def _hear_no(letter: Letter, error: Exception) -> None:
    code = _code_of(error)
    about_it = isinstance(error, ABOUT_THE_LETTER)
    if about_it and (code is None or code >= 500):
        _end(letter, LetterState.REFUSED, answer=str(code or ""))
        return
    if code is not None:
        # A clear no, for now: it did not arrive.
        kept = Letter.objects.filter(pk=letter.pk)
        kept.update(state=LetterState.WAITING, answer=str(code) if about_it else "")
    raise jobs.TryLater(type(error).__name__ if about_it else UNANSWERED)


def _code_of(error: Exception) -> int | None:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max((code for code, _ in error.recipients.values()), default=None)
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else None


def _recover() -> None:
    """The mail server is there again: what waits for that need not wait longer. Looked at once in a while."""
    if time.monotonic() < looked.at + LOOK_AGAIN:
        return
    looked.at = time.monotonic()
    if Letter.objects.filter(unanswered()).exists():
        jobs.hasten("mail.hand_over", error=UNANSWERED)


def _end(letter: Letter, state: LetterState, **more: Any) -> None:
    with transaction.atomic():
        # A refused letter may be wanted again by the operator, but not one with a code that is of use to others.
        emptied = EMPTY if state != LetterState.REFUSED or letter.until is not None else {}
        Letter.objects.filter(pk=letter.pk).update(state=state, **emptied, **more)
        if state == LetterState.REFUSED:
            facts.record(LetterRefused(community_id=None, by_id=None, letter_id=letter.pk))


@jobs.every(minutes=60, name="mail.clean")
def clean() -> None:
    """Texts that nobody is served by are emptied, and after half a year the address goes too."""
    now = clock.now()
    open_ones = Letter.objects.filter(state__in=[*OPEN, LetterState.GIVEN_UP])
    open_ones.filter(until__lte=now).update(state=LetterState.LATE, **EMPTY)
    Letter.objects.filter(written_at__lt=now - timedelta(days=14)).exclude(body="").update(**EMPTY)
    Letter.objects.filter(written_at__lt=now - timedelta(days=180)).exclude(address="").update(address="")
