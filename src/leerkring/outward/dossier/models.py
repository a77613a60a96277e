from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import models

from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person

KEPT_FOR = timedelta(days=7)
FOLDER = "dossiers"


class Dossier(models.Model):
    """A dossier that somebody of the team asked for, as one file, for a week and for that person alone.

    The file stands beside the uploads and not among them, so that no backup holds it.
    """

    id: int
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="dossiers")
    narrowest = models.CharField(max_length=14, choices=Label, default=Label.GROUP)
    """What bears a narrower label than this is not in it."""
    asked_by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    file_name = models.CharField(max_length=80, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    files_count = models.PositiveIntegerField(default=0)

    asked_by_id: int
    community_id: int

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["asked_at"])]

    def __str__(self) -> str:
        return f"dossier {self.pk}"

    @property
    def is_made(self) -> bool:
        return self.made_at is not None

    @property
    def has_failed(self) -> bool:
        return self.failed_at is not None

    @property
    def path(self) -> Path:
        return Path(settings.DATA) / FOLDER / self.file_name
