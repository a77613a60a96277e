from leerkring.platform.mail.enums import OPEN, LetterState
from leerkring.platform.mail.models import EMPTY, Letter


def forget_address(address: str) -> int:
    """Whoever is erased gets no letter any more, and stands on none; says on how many it was."""
    letters = Letter.objects.filter(address__iexact=address)
    letters.filter(state__in=OPEN).update(state=LetterState.LATE)
    return letters.update(address="", **EMPTY)
