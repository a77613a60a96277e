from datetime import timedelta

from django.db.models import Count, Max, Q, QuerySet

from leerkring.platform import clock
from leerkring.platform.mail.enums import OPEN, LetterState
from leerkring.platform.mail.models import Letter

RECENT = timedelta(minutes=15)
OVERDUE = timedelta(minutes=1)


def is_stuck() -> bool:
    """Whether no letter gets out: the mail server does not answer, or nobody does our jobs.

    One answer for everybody, so that it tells nobody whether an address is known.
    """
    now = clock.now()
    found = Letter.objects.filter(state__in=OPEN).aggregate(
        failed_at=Max("tried_at", filter=unanswered()),
        overdue=Count("id", filter=Q(until__gt=now, written_at__lt=now - OVERDUE)),
    )
    failed_at = found["failed_at"]
    if found["overdue"] or failed_at is None or failed_at <= now - RECENT:
        return bool(found["overdue"])
    return not Letter.objects.filter(accepted_at__gte=failed_at).exists()


def unanswered() -> Q:
    """Tried, and what stopped it was not this letter."""
    return Q(state=LetterState.WAITING, tried_at__isnull=False, answer="")


def counts() -> dict[str, int]:
    found = dict(Letter.objects.order_by().values_list("state").annotate(Count("id")))
    return {state.value: found.get(state.value, 0) for state in LetterState}


def troubled() -> QuerySet[Letter]:
    """What did not arrive, does not get out, or may have come twice."""
    odd = (
        Q(state__in=[LetterState.REFUSED, LetterState.GIVEN_UP]) | Q(repeats__gt=0) | Q(state__in=OPEN, attempts__gt=0)
    )
    return Letter.objects.filter(odd).defer("body", "html", "calendar")


def sendable_again() -> QuerySet[Letter]:
    return Letter.objects.filter(state__in=[LetterState.REFUSED, LetterState.GIVEN_UP]).exclude(body="")


def letter_handed_over(message_id: str) -> Letter | None:
    """The letter with this Message-ID, held until the end of the transaction; None when it never went out."""
    return Letter.objects.select_for_update().filter(message_id=message_id, attempts__gt=0).first()
