from django.db import models
from django.utils.translation import gettext_lazy as _


class LetterMoment(models.TextChoices):
    """When people hear of a meeting. The value is the word in a method file."""

    MONTH = "month", _("a month before: keep the day free")
    FORTNIGHT = "fortnight", _("two weeks before: the programme of the day")
    DAYS = "days", _("a few days before: what to read")
    DAY = "day", _("the day before: where and when")
    AFTERWARDS = "afterwards", _("the day after: what it yielded")
