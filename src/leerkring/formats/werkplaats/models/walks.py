from __future__ import annotations

from django.db import models

from leerkring.community.people.models import Person
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.formats.werkplaats.enums import Verdict
from leerkring.formats.werkplaats.models.rooms import Round


class Walked(models.Model):
    """What the room said of a question on the agenda."""

    id: int
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="walked")
    question = models.ForeignKey(LearningQuestion, on_delete=models.CASCADE, related_name="+")
    verdict = models.CharField(max_length=12, choices=Verdict)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    round_id: int
    question_id: int

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["round", "question"], name="walked_once")]

    def __str__(self) -> str:
        return f"{self.question_id} {self.verdict}"


class Presentation(models.Model):
    """A group that presents in a round, in its turn."""

    id: int
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="presentations")
    group = models.ForeignKey(LearningGroup, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField(default=5)
    began_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    round_id: int
    group_id: int

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["round", "group"], name="presents_once")]

    def __str__(self) -> str:
        return f"{self.position} {self.group_id}"

    @property
    def is_on(self) -> bool:
        return self.began_at is not None and self.done_at is None
