from django.db import models


class FactRow(models.Model):
    """One thing that happened: outbox, audit line and live signal at once. Ids only, never names or texts."""

    id: int
    name = models.CharField(max_length=80)
    at = models.DateTimeField()
    community_id = models.BigIntegerField(null=True)
    by_id = models.BigIntegerField(null=True)
    ids = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["community_id", "id"])]

    def __str__(self) -> str:
        return f"{self.name} {self.ids}"
