from __future__ import annotations

from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leerkring.community.memberships.models import Labelled
from leerkring.community.people.models import Person, Unit
from leerkring.direction.strategy.enums import ActivityState

LONG_TEXT = MaxLengthValidator(10_000)


class Goal(Labelled):
    """A policy goal with a target year and measured values."""

    id: int
    title = models.CharField(_("goal"), max_length=200)
    explanation = models.TextField(
        _("how we measure it, and what we do not know yet"), blank=True, validators=[LONG_TEXT]
    )
    target_year = models.PositiveSmallIntegerField(
        _("target year"), validators=[MinValueValidator(1990), MaxValueValidator(2200)]
    )
    target_value = models.DecimalField(_("target value"), max_digits=14, decimal_places=2, null=True, blank=True)
    measured_in = models.CharField(_("measured in"), max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    revision = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "target_year", "id"]

    def __str__(self) -> str:
        return self.title


class GoalValue(models.Model):
    """A measured value of a goal on a day, with its source."""

    id: int
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="values")
    measured_on = models.DateField(_("measured on"))
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2)
    source = models.CharField(_("source"), max_length=300, blank=True)

    goal_id: int

    class Meta:
        ordering = ["measured_on", "id"]
        constraints = [models.UniqueConstraint(fields=["goal", "measured_on"], name="goal_value_once_a_day")]

    def __str__(self) -> str:
        return f"{self.value} on {self.measured_on}"


class Activity(Labelled):
    """One of the activities under the goals, such as those of an implementation agenda."""

    id: int
    number = models.CharField(_("number"), max_length=20, blank=True)
    position = models.PositiveIntegerField(default=0, editable=False)
    title = models.CharField(_("activity"), max_length=300)
    description = models.TextField(_("description"), blank=True, validators=[LONG_TEXT])
    chain = models.CharField(_("value chain"), max_length=100, blank=True)
    goals = models.ManyToManyField(Goal, related_name="activities", blank=True, verbose_name=_("goals"))
    owner = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="activities", verbose_name=_("owner")
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="activities", verbose_name=_("unit")
    )
    state = models.CharField(_("state"), max_length=10, choices=ActivityState, default=ActivityState.PLANNED)
    starts_on = models.DateField(_("starts"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True)

    owner_id: int | None
    unit_id: int | None

    class Meta:
        ordering = ["position", "number", "title", "id"]
        verbose_name_plural = "activities"
        constraints = [
            models.UniqueConstraint(
                fields=["community", "number"], condition=~Q(number=""), name="activity_number_once"
            )
        ]

    def __str__(self) -> str:
        return self.title
