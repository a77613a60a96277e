from __future__ import annotations

from django.db import models

from leerkring.community.meetings.rhythm.enums import LetterMoment
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person


class MailRhythm(models.Model):
    """Which letters go out around the meetings of a programme and its groups. Without a row, all of them."""

    id: int
    community = models.OneToOneField(Community, on_delete=models.CASCADE, related_name="mail_rhythm")
    month = models.BooleanField(default=True)
    fortnight = models.BooleanField(default=True)
    days = models.BooleanField(default=True)
    day = models.BooleanField(default=True)
    afterwards = models.BooleanField(default=True)
    changed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"rhythm of {self.pk}"

    @property
    def moments(self) -> frozenset[LetterMoment]:
        return frozenset(moment for moment in LetterMoment if getattr(self, moment.value))
