"""What others do with mail: `from leerkring.platform.mail import actions as mail`."""

from django.db import transaction

from leerkring.platform import facts, jobs
from leerkring.platform.mail import queries
from leerkring.platform.mail.enums import LetterState
from leerkring.platform.mail.facts import LetterSentAgain
from leerkring.platform.mail.models import Letter
from leerkring.platform.mail.privacy import forget_address, hold_back
from leerkring.platform.mail.writing import is_silenced, send, silenced

__all__ = ["forget_address", "hold_back", "is_silenced", "send", "send_again", "silenced"]


def send_again(*, letter: Letter) -> bool:
    """Have a letter that was refused or given up handed over once more, as it was; False when its texts are gone."""
    with transaction.atomic():
        wanted = queries.sendable_again().filter(pk=letter.pk)
        if not wanted.update(state=LetterState.WAITING, answer=""):
            return False
        jobs.enqueue("mail.hand_over", letter_id=letter.pk)
        facts.record(LetterSentAgain(community_id=None, by_id=None, letter_id=letter.pk))
    return True
