from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.cycle.uptake.handing.enums import HandoverAnswer
from leerkring.cycle.uptake.models.changes import Change, Uptake


class Handover(models.Model):
    """An offer of a question or an uptake: to a person, or of a question to the team of another programme."""

    id: int
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="handovers")
    """The programme that it is in now."""
    question = models.ForeignKey(LearningQuestion, on_delete=models.CASCADE, null=True, related_name="handovers")
    uptake = models.ForeignKey(Uptake, on_delete=models.CASCADE, null=True, related_name="handovers")
    to_person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, related_name="handovers", verbose_name=_("to whom")
    )
    to_team = models.ForeignKey(Community, on_delete=models.CASCADE, null=True, related_name="handovers_to_team")
    note = models.CharField(_("what the other should know"), max_length=300, blank=True)
    offered_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    offered_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=HandoverAnswer, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    became = models.ForeignKey(LearningQuestion, on_delete=models.SET_NULL, null=True, related_name="+")
    """The question that the other programme made of it."""

    community_id: int
    question_id: int | None
    uptake_id: int | None
    to_person_id: int | None
    to_team_id: int | None
    offered_by_id: int | None
    answered_by_id: int | None

    class Meta:
        ordering = ["offered_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="handover_of_one_thing", condition=Q(question__isnull=True) ^ Q(uptake__isnull=True)
            ),
            models.CheckConstraint(
                name="handover_to_one_party", condition=Q(to_person__isnull=True) ^ Q(to_team__isnull=True)
            ),
            models.UniqueConstraint(
                fields=["question"],
                condition=Q(answered_at__isnull=True, question__isnull=False),
                name="question_offered_once",
            ),
            models.UniqueConstraint(
                fields=["uptake"],
                condition=Q(answered_at__isnull=True, uptake__isnull=False),
                name="uptake_offered_once",
            ),
        ]
        indexes = [models.Index(fields=["to_person"], condition=Q(answered_at__isnull=True), name="handover_to_answer")]

    def __str__(self) -> str:
        return f"handover {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.answered_at is None

    @property
    def item(self) -> LearningQuestion | Change | None:
        """Whose label says who may read what is offered."""
        return self.question or (self.uptake.change if self.uptake is not None else None)

    @property
    def title(self) -> str:
        if self.question is not None:
            return str(self.question)
        return f"{self.uptake.change}, {self.uptake.unit}" if self.uptake is not None else ""

    @property
    def receiver(self) -> str:
        return str(self.to_person or self.to_team)
