from __future__ import annotations

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leerkring.community.memberships.models import Labelled
from leerkring.community.people.models import Person, Unit
from leerkring.cycle.insights.models import Insight
from leerkring.cycle.questions.models import LearningQuestion, Theme
from leerkring.cycle.uptake.enums import (
    AnchorKind,
    ChangeKind,
    ReviewOutcome,
    Step,
)
from leerkring.direction.strategy.models import Activity, Goal


class Change(Labelled):
    """Something done differently, anew or no longer; rests on insights, is fixed in an anchor."""

    id: int
    title = models.CharField(_("the new way of working"), max_length=200)
    kind = models.CharField(_("kind"), max_length=12, choices=ChangeKind, default=ChangeKind.DIFFERENTLY)
    explanation = models.TextField(_("explanation"), blank=True, validators=[MaxLengthValidator(5000)])
    anchor_kind = models.CharField(_("where it will be fixed"), max_length=12, choices=AnchorKind, blank=True)
    anchor = models.CharField(_("anchor, by name"), max_length=300, blank=True)
    carrier = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="carries", verbose_name=_("carried by")
    )
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="changes", verbose_name=_("theme")
    )
    insights = models.ManyToManyField(Insight, related_name="changes", blank=True, verbose_name=_("rests on"))
    goals = models.ManyToManyField(Goal, related_name="changes", blank=True)
    activities = models.ManyToManyField(Activity, related_name="changes", blank=True)
    made_at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True)
    changed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=1)

    carrier_id: int | None
    theme_id: int | None
    readable_insights: list[Insight]
    """Those that who asks may read; read ahead by queries.uptakes_in_unit."""

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["community", "kind"])]

    def __str__(self) -> str:
        return self.title

    @property
    def is_phase_out(self) -> bool:
        """It ends an old way of working; at the norm the old way has stopped."""
        return self.kind == ChangeKind.STOP


class Uptake(models.Model):
    """One change in one unit, on its step: a cell of the matrix."""

    id: int
    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="uptakes")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="uptakes", verbose_name=_("unit"))
    step = models.PositiveSmallIntegerField(choices=Step, default=Step.INSIGHT)
    recipient = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="receives", verbose_name=_("recipient")
    )
    recipient_name = models.CharField(_("recipient, when not in the list"), max_length=200, blank=True)
    review_on = models.DateField(_("review on"), null=True, blank=True)
    given_up_at = models.DateTimeField(null=True)
    given_up_reason = models.CharField(_("why it is given up"), max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=1)

    change_id: int
    unit_id: int
    recipient_id: int | None
    open_blocks: list[Block]
    """At most one; read ahead by the queries that list uptakes."""

    class Meta:
        ordering = ["change_id", "unit_id"]
        constraints = [
            models.UniqueConstraint(fields=["change", "unit"], name="one_uptake_per_unit"),
            models.CheckConstraint(name="norm_has_review", condition=~Q(step=5) | Q(review_on__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.change} in {self.unit}: {self.step}"

    @property
    def is_given_up(self) -> bool:
        return self.given_up_at is not None

    @property
    def has_stopped(self) -> bool:
        """A phase-out that reached the norm: here the old way is over."""
        return self.step == Step.NORM and self.change.is_phase_out and not self.is_given_up

    @property
    def next_step(self) -> Step | None:
        """The one step that may come next, or None at the norm."""
        return None if self.step == Step.NORM else Step(self.step + 1)


class StepTaken(models.Model):
    """Every step of an uptake: up with evidence and a name (rule 5), or down with a reason. Never edited."""

    id: int
    uptake = models.ForeignKey(Uptake, on_delete=models.CASCADE, related_name="steps")
    before = models.PositiveSmallIntegerField(choices=Step, null=True)
    after = models.PositiveSmallIntegerField(choices=Step)
    evidence = models.TextField(_("evidence"), blank=True, validators=[MaxLengthValidator(5000)])
    evidence_url = models.URLField(_("link to the evidence"), max_length=500, blank=True)
    name = models.CharField(_("who says so"), max_length=200, blank=True)
    taken_on = models.DateField(_("on"))
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.before} > {self.after}"

    @property
    def is_down(self) -> bool:
        return self.before is not None and self.after < self.before


class Block(models.Model):
    """What holds an uptake up, from when to when."""

    id: int
    uptake = models.ForeignKey(Uptake, on_delete=models.CASCADE, related_name="blocks")
    reason = models.CharField(_("what holds it up"), max_length=300)
    since_on = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    lifted_on = models.DateField(null=True)
    lifted_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    lifted_note = models.CharField(_("what solved it"), max_length=300, blank=True)

    uptake_id: int
    readable: list[QuestionFromBlock]
    """Links to questions that who asks may read; read ahead by queries.blocks_of."""

    class Meta:
        ordering = ["since_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["uptake"], condition=Q(lifted_on__isnull=True), name="one_block_at_a_time")
        ]

    def __str__(self) -> str:
        return self.reason

    @property
    def is_lifted(self) -> bool:
        return self.lifted_on is not None


class GivingUp(models.Model):
    """Each time that an uptake was given up, with the reason, and when it was taken up again."""

    id: int
    uptake = models.ForeignKey(Uptake, on_delete=models.CASCADE, related_name="givings_up")
    reason = models.CharField(_("why it is given up"), max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    resumed_at = models.DateTimeField(null=True)
    resumed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["uptake"], condition=Q(resumed_at__isnull=True), name="given_up_once")
        ]

    def __str__(self) -> str:
        return self.reason


class NormReview(models.Model):
    """What a review of a norm found, some months on: still the norm, or slipped back."""

    id: int
    uptake = models.ForeignKey(Uptake, on_delete=models.CASCADE, related_name="reviews")
    outcome = models.CharField(_("what you found"), max_length=8, choices=ReviewOutcome)
    evidence = models.TextField(_("evidence"), validators=[MaxLengthValidator(5000)])
    name = models.CharField(_("who says so"), max_length=200)
    reviewed_on = models.DateField(_("on"))
    next_review_on = models.DateField(_("next review on"), null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.outcome} {self.reviewed_on}"


class QuestionFromBlock(models.Model):
    """A question that a blocked uptake put on the agenda: this closes the circle."""

    id: int
    block = models.ForeignKey(Block, on_delete=models.CASCADE, related_name="questions")
    question = models.ForeignKey(LearningQuestion, on_delete=models.CASCADE, related_name="from_blocks")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    block_id: int
    question_id: int

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["block", "question"], name="block_question_once")]

    def __str__(self) -> str:
        return f"{self.block_id} > {self.question_id}"
