from __future__ import annotations

from django.db import models

from leerkring.platform.jobs.enums import State


class Job(models.Model):
    """Work to do once, by whichever worker takes it first."""

    id: int
    name = models.CharField(max_length=80)
    arguments = models.JSONField()
    urgency = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    """When a worker may take it: at its moment, or when the lease of who took it has run out. Empty when it ended."""
    leased_by = models.CharField(max_length=160, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    dedupe = models.CharField(max_length=120, blank=True)
    waiting_key = models.CharField(max_length=201, null=True, unique=True)
    """Name and dedupe key for as long as it waits: two of the same cannot wait, one may wait while one runs."""
    ended_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=80, blank=True)
    """The class of what went wrong last; never its text, which may name people."""

    class Meta:
        indexes = [
            models.Index(fields=["urgency", "due_at"], condition=models.Q(due_at__isnull=False), name="job_next"),
            models.Index(fields=["state", "ended_at"], name="job_ended"),
        ]

    def __str__(self) -> str:
        return f"job {self.pk} {self.name}"

    @property
    def key(self) -> str | None:
        return f"{self.name}:{self.dedupe}" if self.dedupe else None


class Recurring(models.Model):
    """When something that comes back is due again. How often that is stands in the code."""

    name = models.CharField(max_length=80, unique=True)
    next_at = models.DateTimeField()
    last_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
