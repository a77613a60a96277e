from __future__ import annotations

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.models import Labelled
from leerkring.community.people.models import Person
from leerkring.cycle.groups.models import Edited, LearningGroup
from leerkring.cycle.insights.enums import HarvestKind
from leerkring.cycle.insights.stories.models import ValueStory  # noqa: F401 - in a room of its own
from leerkring.cycle.questions.models import Action, LearningQuestion


class Insight(Labelled, Edited):
    """One sentence that others can use, with context, evidence and source.

    What a group found belongs to the group's circle, so that the label *group* means its members.
    """

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

    meeting_id: int | None
    group_id: int | None
    by_id: int | None

    class Meta:
        ordering = ["-found_on", "-id"]
        indexes = [models.Index(fields=["community", "-found_on"])]

    def __str__(self) -> str:
        return self.sentence


class HarvestItem(Edited):
    """One line of what a meeting yielded, typed at speed; read by whoever may read the meeting's label.

    `key` is made in the browser, so that a line sent twice is one line. A removed line can be put back.
    """

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
    removed_at = models.DateTimeField(null=True)

    meeting_id: int
    insight_id: int | None
    question_id: int | None
    action_id: int | None

    class Meta:
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["meeting", "position"])]

    def __str__(self) -> str:
        return self.text

    @property
    def is_promoted(self) -> bool:
        """Something of its own came of it: here, or (as far as the query asked) a floor higher."""
        kept_higher = getattr(self, "is_kept_higher", False)
        return bool(self.insight_id or self.question_id or self.action_id or kept_higher)


class Thread(Labelled, Edited):
    """A theme that runs through many insights and questions; put together by hand."""

    id: int
    title = models.CharField(_("thread"), max_length=200)
    story = models.TextField(_("what runs through it"), blank=True, validators=[MaxLengthValidator(5000)])
    insights = models.ManyToManyField(Insight, related_name="threads", blank=True)
    questions = models.ManyToManyField(LearningQuestion, related_name="threads", blank=True)
    made_at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    by_id: int | None

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

    insight_id: int
    question_id: int

    def __str__(self) -> str:
        return f"{self.insight_id} > {self.question_id}"
