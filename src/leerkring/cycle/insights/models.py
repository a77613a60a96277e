from __future__ import annotations

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.models import Labelled
from leerkring.community.people.models import Person
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.insights.enums import HarvestKind
from leerkring.cycle.questions.models import Action, LearningQuestion


class Insight(Labelled):
    """One sentence that others can use, with context, evidence and source."""

    id: int
    sentence = models.CharField(_("insight, in one sentence"), max_length=300)
    context = models.TextField(_("where and when it holds"), blank=True, validators=[MaxLengthValidator(5000)])
    evidence = models.TextField(_("how we know"), blank=True, validators=[MaxLengthValidator(5000)])
    evidence_url = models.URLField(_("link to the evidence"), max_length=500, blank=True)
    meeting = models.ForeignKey(
        Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="insights", verbose_name=_("meeting")
    )
    group = models.ForeignKey(
        LearningGroup,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="insights",
        verbose_name=_("group"),
    )
    questions = models.ManyToManyField(
        LearningQuestion, related_name="insights", blank=True, verbose_name=_("says something about")
    )
    found_on = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="insights")
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-found_on", "-id"]

    def __str__(self) -> str:
        return self.sentence


class HarvestItem(models.Model):
    """One line of what a meeting yielded, typed at speed; read by whoever may read the meeting's label."""

    id: int
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="harvest_items")
    kind = models.CharField(_("kind"), max_length=12, choices=HarvestKind, default=HarvestKind.NOTE)
    text = models.CharField(_("what was said"), max_length=500)
    position = models.PositiveIntegerField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    key = models.CharField(max_length=36, null=True, unique=True)
    insight = models.OneToOneField(
        Insight, on_delete=models.SET_NULL, null=True, blank=True, related_name="harvested_from"
    )
    question = models.OneToOneField(
        LearningQuestion, on_delete=models.SET_NULL, null=True, blank=True, related_name="harvested_from"
    )
    action = models.OneToOneField(
        Action, on_delete=models.SET_NULL, null=True, blank=True, related_name="harvested_from"
    )

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.text


class Thread(Labelled):
    """A theme that runs through many insights and questions; put together by hand."""

    id: int
    title = models.CharField(_("thread"), max_length=200)
    story = models.TextField(_("what runs through it"), blank=True)
    insights = models.ManyToManyField(Insight, related_name="threads", blank=True)
    questions = models.ManyToManyField(LearningQuestion, related_name="threads", blank=True)
    made_at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["title", "id"]

    def __str__(self) -> str:
        return self.title


class FollowUpQuestion(models.Model):
    """A question that an insight raised; one way in which the circle closes."""

    id: int
    insight = models.ForeignKey(Insight, on_delete=models.CASCADE, related_name="follow_ups")
    question = models.OneToOneField(LearningQuestion, on_delete=models.CASCADE, related_name="follows_insight")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.insight_id} > {self.question_id}"
