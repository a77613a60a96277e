from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from leerkring.community.meetings.rhythm.days import BOUNDS, USUAL
from leerkring.community.meetings.rhythm.enums import LetterMoment
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person


def _days(moment: LetterMoment) -> models.PositiveSmallIntegerField[int, int]:
    least, most = BOUNDS[moment]
    return models.PositiveSmallIntegerField(
        default=USUAL[moment], validators=[MinValueValidator(least), MaxValueValidator(most)]
    )


class MailRhythm(models.Model):
    """Which letters go out around the meetings of a programme and its groups, and when. Without a row, all as usual."""

    id: int
    community = models.OneToOneField(Community, on_delete=models.CASCADE, related_name="mail_rhythm")
    month = models.BooleanField(default=True)
    fortnight = models.BooleanField(default=True)
    days = models.BooleanField(default=True)
    day = models.BooleanField(default=True)
    afterwards = models.BooleanField(default=True)
    month_days = _days(LetterMoment.MONTH)
    fortnight_days = _days(LetterMoment.FORTNIGHT)
    days_days = _days(LetterMoment.DAYS)
    afterwards_days = _days(LetterMoment.AFTERWARDS)
    changed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"rhythm of {self.pk}"

    @property
    def letters(self) -> dict[LetterMoment, int]:
        """Those that go, each with its days."""
        return {moment: self.days_of(moment) for moment in LetterMoment if getattr(self, moment.value)}

    def days_of(self, moment: LetterMoment) -> int:
        """Also of a letter that does not go now: chosen again, it comes back on its days."""
        days: int = getattr(self, f"{moment.value}_days", USUAL[moment])
        return days
