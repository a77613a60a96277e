from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person


class KeptBlueprint(models.Model):
    """A method that came in as a file, kept by a programme to plan editions from. It holds no persons."""

    id: int
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="blueprints")
    name = models.CharField(_("name"), max_length=200)
    document = models.JSONField()
    """As document.py writes it: what was in the file and could be used, nothing else."""
    kept_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    kept_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    community_id: int

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name
