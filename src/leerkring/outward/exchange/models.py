from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.outward.exchange.enums import ImportKind


class ImportBatch(models.Model):
    """One import of a spreadsheet: what it made, so that it can be undone as a whole."""

    id: int
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="import_batches")
    kind = models.CharField(max_length=10, choices=ImportKind)
    file_name = models.CharField(_("file"), max_length=255)
    sheet_name = models.CharField(max_length=255, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    report = models.JSONField(default=dict)
    made = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    kept = models.JSONField(default=list)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"import {self.pk} of {self.kind}"


class WaitingFile(models.Model):
    """An uploaded list on its way in, between the upload and the decision on what is unsure; removed after that."""

    id: int
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="waiting_files")
    kind = models.CharField(max_length=10, choices=ImportKind)
    file_name = models.CharField(max_length=255)
    content = models.BinaryField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"waiting file {self.pk}"
