from __future__ import annotations

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.models import Community, Labelled
from leerkring.community.people.models import Person, Unit
from leerkring.cycle.questions.enums import (
    GONE_STATES,
    ON_AGENDA_STATES,
    OPEN_STATES,
    QUESTION_TRANSITIONS,
    ActionKind,
    ActionState,
    DropReason,
    Origin,
    QuestionState,
    Size,
)
from leerkring.direction.strategy.models import Activity, Goal


def ring_of(state: str) -> str:
    """The ring of a question in this state, whether it lives or is frozen."""
    if state in GONE_STATES:
        return "dropped"
    return {QuestionState.ANSWERED: "answered", QuestionState.PROVISIONAL: "prov"}.get(QuestionState(state), "open")


class Theme(models.Model):
    """A theme of a programme; its position gives it a shape and a colour (1 to 8)."""

    id: int
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="themes")
    name = models.CharField(_("theme"), max_length=200)
    explanation = models.TextField(_("what it is about"), blank=True)
    position = models.PositiveSmallIntegerField()
    is_closed = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["community", "name"], name="theme_name_once")]

    def __str__(self) -> str:
        return self.name


class LearningQuestion(Labelled):
    """A question about ways of thinking, working and organising. Its code stays for life once given (rule 2)."""

    id: int
    code = models.CharField(max_length=4, null=True, editable=False)
    wording = models.CharField(_("question"), max_length=300)
    barrier = models.TextField(_("what gets in the way"), blank=True, validators=[MaxLengthValidator(2000)])
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="questions", verbose_name=_("theme")
    )
    owner = models.ForeignKey(
        Person,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="owned_questions",
        verbose_name=_("owner"),
    )
    owner_unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="owned_questions",
        verbose_name=_("owning unit"),
    )
    state = models.CharField(max_length=12, choices=QuestionState, default=QuestionState.RAISED)
    answer = models.TextField(_("answer"), blank=True, validators=[MaxLengthValidator(5000)])
    drop_reason = models.CharField(_("why it is let go"), max_length=12, choices=DropReason, blank=True)
    drop_note = models.CharField(_("note"), max_length=300, blank=True)
    raised_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="raised_questions")
    raised_at = models.DateTimeField()
    raised_in = models.ForeignKey(
        Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="raised_questions"
    )
    origin = models.CharField(max_length=12, choices=Origin, default=Origin.PERSON)
    goals = models.ManyToManyField(Goal, related_name="questions", blank=True)
    activities = models.ManyToManyField(Activity, related_name="questions", blank=True)
    revision = models.PositiveIntegerField(default=1)
    answer_revision = models.PositiveIntegerField(default=0)

    raised_by_id: int | None
    theme_id: int | None
    owner_id: int | None
    owner_unit_id: int | None

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["community", "code"], condition=Q(code__isnull=False), name="code_once")
        ]
        indexes = [models.Index(fields=["community", "state"])]

    def __str__(self) -> str:
        return f"{self.code} {self.wording}" if self.code else self.wording

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_gone(self) -> bool:
        return self.state in GONE_STATES

    @property
    def is_answered(self) -> bool:
        return self.state == QuestionState.ANSWERED

    @property
    def is_provisional(self) -> bool:
        return self.state == QuestionState.PROVISIONAL

    @property
    def ring(self) -> str:
        """The shape that carries its state: open, prov, answered or dropped."""
        return ring_of(self.state)

    @property
    def has_owner(self) -> bool:
        return self.owner_id is not None or self.owner_unit_id is not None

    @property
    def needs_owner(self) -> bool:
        """On the agenda, not answered yet, and nobody has to act (rule 3)."""
        return not self.has_owner and self.state in ON_AGENDA_STATES and not self.is_answered

    @property
    def owner_name(self) -> str:
        owner = self.owner_unit or self.owner
        return owner.name if owner else ""

    def may_become(self, state: QuestionState) -> bool:
        return state in QUESTION_TRANSITIONS[QuestionState(self.state)]


class Wording(models.Model):
    """Every wording that a question had, with when, by whom and in which meeting."""

    id: int
    question = models.ForeignKey(LearningQuestion, on_delete=models.CASCADE, related_name="wordings")
    text = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.SET_NULL, null=True, related_name="wordings")

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.text


class StateChange(models.Model):
    """Every state that a question came to, with when, by whom and why."""

    id: int
    question = models.ForeignKey(LearningQuestion, on_delete=models.CASCADE, related_name="state_changes")
    before = models.CharField(max_length=12, choices=QuestionState, blank=True)
    after = models.CharField(max_length=12, choices=QuestionState)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.before} > {self.after}"


class Succession(models.Model):
    """One question that came of another, by split or merge; read it both ways."""

    id: int
    predecessor = models.ForeignKey(LearningQuestion, on_delete=models.CASCADE, related_name="successions")
    successor = models.ForeignKey(LearningQuestion, on_delete=models.CASCADE, related_name="origins")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once")]

    def __str__(self) -> str:
        return f"{self.predecessor_id} > {self.successor_id}"


class Action(models.Model):
    """A step to clarify or solve a question; its effect is evaluated."""

    id: int
    question = models.ForeignKey(LearningQuestion, on_delete=models.CASCADE, related_name="actions")
    text = models.CharField(_("action"), max_length=300)
    kind = models.CharField(_("kind"), max_length=5, choices=ActionKind, default=ActionKind.MORE)
    owner = models.ForeignKey(
        Person,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="question_actions",
        verbose_name=_("owner"),
    )
    due_on = models.DateField(_("before"), null=True, blank=True)
    effort = models.CharField(_("effort"), max_length=6, choices=Size, default=Size.MEDIUM)
    impact = models.CharField(_("impact"), max_length=6, choices=Size, default=Size.MEDIUM)
    state = models.CharField(max_length=8, choices=ActionState, default=ActionState.OPEN)
    effect = models.TextField(_("what came of it"), blank=True)
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    question_id: int
    owner_id: int | None

    class Meta:
        ordering = ["state", "due_on", "id"]

    def __str__(self) -> str:
        return self.text
