from __future__ import annotations

from datetime import date, timedelta

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from leerkring.community.people.models import Person
from leerkring.platform import clock


class Speaker(models.Model):
    """Somebody from outside at one meeting, from a day up to (not including) a day. Holding the link is the access."""

    id: int
    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.CASCADE, related_name="speakers")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="speaks_at")
    token = models.CharField(max_length=43, unique=True)
    from_on = models.DateField()
    until_on = models.DateField()
    item = models.ForeignKey(
        "meetings.RunSheetItem", on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("own part")
    )
    note = models.TextField(_("what is asked of the speaker"), blank=True, validators=[MaxLengthValidator(10_000)])
    sees_run_sheet = models.BooleanField(_("may see the run sheet"), default=True)
    sees_materials = models.BooleanField(_("may see the materials"), default=True)
    invited_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    meeting_id: int
    person_id: int
    item_id: int | None

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="speaker_once")]

    def __str__(self) -> str:
        return f"speaker {self.pk}"

    @property
    def last_day(self) -> date:
        return self.until_on - timedelta(days=1)

    @property
    def has_access(self) -> bool:
        return self.ended_at is None and self.from_on <= clock.today() < self.until_on
