from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.outward.exchange.enums import ImportKind


class ImportBatch(models.Model):
    """One import of a spreadsheet: what it made, so that it can be undone as a whole.

    The report holds row numbers, cells and reasons, never the texts of the list.
    """

    id: int
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="import_batches")
    kind = models.CharField(max_length=10, choices=ImportKind)
    file_name = models.CharField(_("file"), max_length=255)
    sheet_name = models.CharField(max_length=255, blank=True)
    waiting_id = models.PositiveBigIntegerField(null=True, unique=True)
    """The waiting file that it came from: a second click finds what the first one did."""
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    report = models.JSONField(default=dict)
    made = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    kept = models.JSONField(default=list)
    """After undoing: ids of the people or activities that stayed, because something hangs on them."""

    community_id: int

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"import {self.pk} of {self.kind}"

    @property
    def is_undone(self) -> bool:
        return self.undone_at is not None

    @property
    def is_of_people(self) -> bool:
        return self.kind == ImportKind.PEOPLE

    def made_ids(self, what: str) -> list[int]:
        """Ids of what the import made: people, memberships, placements, units, activities."""
        return list(self.made.get(what, ()))

    @property
    def made_count(self) -> int:
        return len(self.made_ids("memberships" if self.is_of_people else "activities"))


class CalendarFeed(models.Model):
    """The address at which a person's calendar program reads their meetings. Whoever has it can read them too."""

    id: int
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="calendar_feed")
    token = models.CharField(max_length=43, unique=True)
    made_at = models.DateTimeField()

    person_id: int

    def __str__(self) -> str:
        return f"calendar of {self.person_id}"


class WaitingFile(models.Model):
    """An uploaded list on its way in, between the upload and the decision on what is unsure; removed after that."""

    id: int
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="waiting_files")
    kind = models.CharField(max_length=10, choices=ImportKind)
    file_name = models.CharField(max_length=255)
    content = models.BinaryField()
    choices: dict[str, Any] = models.JSONField(default=dict)  # type: ignore[assignment]
    """What was decided so far: sheet, columns, near matches, the level of rows without one."""
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    community_id: int

    def __str__(self) -> str:
        return f"waiting file {self.pk}"
