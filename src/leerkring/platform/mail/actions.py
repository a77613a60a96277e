"""What others do with mail: `from leerkring.platform.mail import actions as mail`."""

from django.db import transaction

from leerkring.platform import facts, jobs
from leerkring.platform.mail import bounces, queries
from leerkring.platform.mail.bounces import Bounce
from leerkring.platform.mail.enums import BounceOutcome, LetterState
from leerkring.platform.mail.facts import LetterGivenUp, LetterPutOff, LetterRefused, LetterSentAgain
from leerkring.platform.mail.models import Letter
from leerkring.platform.mail.privacy import forget_address, hold_back
from leerkring.platform.mail.writing import is_silenced, send, silenced

__all__ = ["forget_address", "hold_back", "is_silenced", "note_bounce", "send", "send_again", "silenced"]


def send_again(*, letter: Letter) -> bool:
    """Have a letter that was refused or given up handed over once more, as it was; False when its texts are gone."""
    with transaction.atomic():
        wanted = queries.sendable_again().filter(pk=letter.pk)
        if not wanted.update(state=LetterState.WAITING, answer=""):
            return False
        jobs.enqueue("mail.hand_over", letter_id=letter.pk)
        facts.record(LetterSentAgain(community_id=None, by_id=None, letter_id=letter.pk))
    return True


def note_bounce(*, message: bytes) -> tuple[BounceOutcome, Letter | None]:
    """Note on the letter what a notification says of it: as when the mail server had refused it at once.

    It is found by the Message-ID that came back, which nobody can guess, and must have been for that reader; never by
    an address alone. What is unknown or forged changes nothing.
    """
    bounce = bounces.read(message)
    if bounce is None:
        return BounceOutcome.NO_REPORT, None
    with transaction.atomic():
        letter = queries.letter_handed_over(bounce.message_id)
        if letter is None or not _was_for(letter, bounce):
            return BounceOutcome.UNKNOWN, None
        if bounce.is_for_good and letter.state in (LetterState.ACCEPTED, LetterState.HANDING):
            return _came_back(letter, bounce), letter
        if bounce.action == "delayed" and letter.state == LetterState.ACCEPTED and letter.answer != bounce.status:
            Letter.objects.filter(pk=letter.pk).update(answer=bounce.status)
            facts.record(LetterPutOff(community_id=None, by_id=None, letter_id=letter.pk, status=bounce.status))
            return BounceOutcome.PUT_OFF, letter
    return BounceOutcome.KNOWN, letter


def _came_back(letter: Letter, bounce: Bounce) -> BounceOutcome:
    """For good with a temporary reason, such as days without an answer, says nothing against the address."""
    state = LetterState.REFUSED if bounce.is_refusal else LetterState.GIVEN_UP
    fact = LetterRefused if bounce.is_refusal else LetterGivenUp
    Letter.objects.filter(pk=letter.pk).update(state=state, answer=bounce.status)
    facts.record(fact(community_id=None, by_id=None, letter_id=letter.pk))
    return BounceOutcome(state.value)


def _was_for(letter: Letter, bounce: Bounce) -> bool:
    """An address goes from old letters; then the Message-ID has to do."""
    return not letter.address or letter.address.lower() in bounce.addresses
