from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from leerkring.community.memberships.models import Labelled
from leerkring.community.people.models import Person
from leerkring.direction.programmes.models import Edition
from leerkring.outward.publishing.reports.enums import Audience


class Report(Labelled):
    """Figures and results of a programme as they were at one moment, with what each counts. `data` never change.

    They hold what stands in it in each language, and no person. Its label follows from the audience.
    """

    id: int
    edition = models.ForeignKey(Edition, on_delete=models.SET_NULL, null=True, related_name="reports")
    audience = models.CharField(_("for whom"), max_length=12, choices=Audience)
    data = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    edition_id: int | None

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"report {self.pk}"

    @property
    def is_released(self) -> bool:
        return self.released_at is not None

    @property
    def said(self) -> dict[str, Any]:
        """What stands in it, in the language of who reads."""
        return self.said_in(get_language() or "nl")

    def said_in(self, language: str) -> dict[str, Any]:
        return self.data.get(language) or self.data["nl"]
