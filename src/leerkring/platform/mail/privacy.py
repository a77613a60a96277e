"""What goes when a person leaves, and what is held back when an installation comes out of a backup."""

from leerkring.platform.jobs.models import Job
from leerkring.platform.mail.enums import OPEN, LetterState
from leerkring.platform.mail.models import EMPTY, Letter


def forget_address(*, address: str) -> int:
    """Whoever is erased gets no letter any more, and stands on none; says on how many it was."""
    letters = Letter.objects.filter(address__iexact=address)
    letters.filter(state__in=OPEN).update(state=LetterState.LATE)
    return letters.update(address="", **EMPTY)


def hold_back() -> int:
    """What waited in a backup was sent since, or is old: it goes when an operator says so. Says how many letters."""
    Job.objects.filter(name="mail.hand_over", ended_at__isnull=True).delete()
    return Letter.objects.filter(state__in=OPEN).update(state=LetterState.GIVEN_UP)
