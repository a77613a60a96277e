from django.db.models import TextChoices


class LetterState(TextChoices):
    WAITING = "waiting"
    HANDING = "handing"
    """Given to the mail server, whose answer we do not know (yet)."""
    ACCEPTED = "accepted"
    REFUSED = "refused"
    GIVEN_UP = "given_up"
    """Tried for most of a day; an operator may have it tried again."""
    LATE = "late"
    """Of no use any more by the time that it could be handed over."""


OPEN = (LetterState.WAITING, LetterState.HANDING)


class BounceOutcome(TextChoices):
    """What became of a message that came in as a notification."""

    REFUSED = "refused"
    GIVEN_UP = "given_up"
    PUT_OFF = "put_off"
    KNOWN = "known"
    """Said before, or it arrived as far as the notification goes."""
    UNKNOWN = "unknown"
    """Of no letter of ours, or not of the reader whom that letter was for."""
    NO_REPORT = "no_report"
