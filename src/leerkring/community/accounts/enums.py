from django.db import models


class TicketPurpose(models.TextChoices):
    """What a link or code in a mail is for: it does that and nothing else."""

    SIGN_IN = "sign_in"
    JOIN = "join"
    REGISTER = "register"


class TicketState(models.TextChoices):
    """What a link says when somebody opens it."""

    OPEN = "open"
    USED = "used"
    OLD = "old"
    UNKNOWN = "unknown"
