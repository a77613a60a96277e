"""Handing letters over: at least once, and once but for a lost answer."""

import logging
import smtplib
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from leerkring.platform import clock, facts, jobs
from leerkring.platform.mail.composing import message_of
from leerkring.platform.mail.enums import LetterState
from leerkring.platform.mail.facts import LetterGivenUp, LetterRefused
from leerkring.platform.mail.line import hand, open_line
from leerkring.platform.mail.models import Letter

logger = logging.getLogger(__name__)

EMPTY: dict[str, Any] = {
    "subject": "", "body": "", "html": "", "calendar": "", "calendar_method": "", "reply_to": [], "unsubscribe_url": "",
}  # fmt: skip


def give_up(*, letter_id: int) -> None:
    with transaction.atomic():
        waiting = Letter.objects.filter(pk=letter_id, state__in=[LetterState.WAITING, LetterState.HANDING])
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
        _begin(letter)
        hand(message_of(letter))
    except (OSError, ValueError) as error:
        # smtplib's errors are OSErrors; their texts may hold addresses.
        logger.warning("Mail %s was not handed over: %s", letter.message_id, type(error).__name__)
        _hear_no(letter, error)
    else:
        _end(letter, LetterState.ACCEPTED, accepted_at=clock.now())


def _begin(letter: Letter) -> None:
    """Committed before the letter goes: who finds it so later does not know whether it arrived."""
    again = 1 if letter.state == LetterState.HANDING else 0
    Letter.objects.filter(pk=letter.pk).update(
        state=LetterState.HANDING, tried_at=clock.now(), attempts=F("attempts") + 1, repeats=F("repeats") + again
    )
    letter.state = LetterState.HANDING


def _hear_no(letter: Letter, error: Exception) -> None:
    code = _code_of(error)
    if _is_for_good(error, code):
        _end(letter, LetterState.REFUSED, answer=str(code or ""))
        return
    if code is not None:
        Letter.objects.filter(pk=letter.pk).update(state=LetterState.WAITING, answer=str(code))
    # Without an answer the letter stays as it is: not begun, or begun and perhaps arrived.
    raise jobs.TryLater(type(error).__name__)


def _code_of(error: Exception) -> int | None:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max((code for code, _ in error.recipients.values()), default=None)
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else None


def _is_for_good(error: Exception, code: int | None) -> bool:
    """Of this letter. What the server has against us, our name or our password, may be put right tomorrow."""
    if isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError):
        return code is not None and 500 <= code < 600
    # No address at all, or one that cannot be written down.
    return isinstance(error, ValueError)


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
    open_ones = Letter.objects.filter(state__in=[LetterState.WAITING, LetterState.HANDING, LetterState.GIVEN_UP])
    open_ones.filter(until__lte=now).update(state=LetterState.LATE, **EMPTY)
    Letter.objects.filter(written_at__lt=now - timedelta(days=14)).exclude(body="").update(**EMPTY)
    Letter.objects.filter(written_at__lt=now - timedelta(days=180)).exclude(address="").update(address="")
