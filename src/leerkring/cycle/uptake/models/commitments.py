from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leerkring.community.meetings.models import Meeting
from leerkring.community.people.models import Person
from leerkring.cycle.insights.models import HarvestItem, Insight
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.cycle.uptake.enums import CommitmentOutcome, CommitmentState, Moment
from leerkring.cycle.uptake.models.changes import Uptake
from leerkring.platform import clock


class Commitment(models.Model):
    """What somebody says to do at work, with a date; private to the person and the programme team."""

    id: int
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="commitments")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="commitments")
    harvest_item = models.OneToOneField(
        HarvestItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="commitment"
    )
    typed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    """Who typed it from paper; empty when the person did so."""
    text = models.CharField(_("what I shall do"), max_length=300)
    with_whom = models.CharField(_("with whom"), max_length=200, blank=True)
    due_on = models.DateField(_("before"))
    is_shared = models.BooleanField(_("share with the programme"), default=False)
    state = models.CharField(max_length=12, choices=CommitmentState, default=CommitmentState.MADE)
    outcome = models.CharField(_("how it went"), max_length=10, choices=CommitmentOutcome, blank=True)
    looked_back = models.CharField(_("in one line"), max_length=300, blank=True)
    helped = models.CharField(_("what helped"), max_length=300, blank=True)
    hindered = models.CharField(_("what hindered"), max_length=300, blank=True)
    made_at = models.DateTimeField()
    looked_back_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=1)
    """Rises with each look back, so that of two answers at once one counts and the other is told."""

    person_id: int
    meeting_id: int
    typed_by_id: int | None

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["meeting", "state"]), models.Index(fields=["made_at"])]

    def __str__(self) -> str:
        return self.text

    @property
    def is_looked_back(self) -> bool:
        return self.state == CommitmentState.LOOKED_BACK

    @property
    def is_due(self) -> bool:
        """Its day has come, and nobody looked back yet."""
        return not self.is_looked_back and self.due_on <= clock.today()

    @property
    def is_settled(self) -> bool:
        """Nothing is left to ask: it was done, or something else was."""
        return self.is_looked_back and self.outcome in (CommitmentOutcome.DONE, CommitmentOutcome.DIFFERENT)

    def day_of(self, moment: Moment) -> date:
        """When the reminder of this moment goes out."""
        return timezone.localtime(self.made_at).date() + timedelta(weeks=moment)


class CommitmentReminder(models.Model):
    """That a commitment was brought to mind at a moment: once for each, whoever does it, and never undone."""

    id: int
    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="reminders")
    moment = models.PositiveSmallIntegerField(choices=Moment)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commitment", "moment"], name="one_reminder_per_moment")]

    def __str__(self) -> str:
        return f"{self.commitment_id} after {self.moment} weeks"

    commitment_id: int


class Promotion(models.Model):
    """What came of a commitment: an insight, a question or an uptake, worded anew.

    Read from the commitment alone: nobody who sees what came of it is led back to what was private.
    """

    id: int
    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="promotions")
    insight = models.ForeignKey(Insight, on_delete=models.CASCADE, null=True, related_name="+")
    question = models.ForeignKey(LearningQuestion, on_delete=models.CASCADE, null=True, related_name="+")
    uptake = models.ForeignKey(Uptake, on_delete=models.CASCADE, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment"], condition=Q(insight__isnull=False), name="one_insight_of_commitment"
            ),
            models.UniqueConstraint(
                fields=["commitment"], condition=Q(question__isnull=False), name="one_question_of_commitment"
            ),
            models.UniqueConstraint(
                fields=["commitment"], condition=Q(uptake__isnull=False), name="one_uptake_of_commitment"
            ),
        ]

    def __str__(self) -> str:
        return f"of {self.commitment_id}"
