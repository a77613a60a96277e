from django.db import models
from django.utils.translation import gettext_lazy as _


class LetterMoment(models.TextChoices):
    """What people hear around a meeting, and when. The value is the word in a method file."""

    MONTH = "month", _("keep the day free")
    FORTNIGHT = "fortnight", _("the programme of the day")
    DAYS = "days", _("what to read")
    DAY = "day", _("where and when")
    AFTERWARDS = "afterwards", _("what it yielded")

    @property
    def is_after(self) -> bool:
        return self == LetterMoment.AFTERWARDS
