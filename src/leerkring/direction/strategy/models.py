from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from leerkring.community.memberships.models import Labelled
from leerkring.community.people.models import Person, Unit
from leerkring.direction.strategy.enums import ActivityState


class Goal(Labelled):
    """A policy goal with a target year and measured values."""

    id: int
    title = models.CharField(_("goal"), max_length=200)
    explanation = models.TextField(_("how we measure it, and what we do not know yet"), blank=True)
    target_year = models.PositiveSmallIntegerField(_("target year"))
    target_value = models.DecimalField(_("target value"), max_digits=14, decimal_places=2, null=True, blank=True)
    measured_in = models.CharField(_("measured in"), max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

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

    class Meta:
        ordering = ["measured_on", "id"]
        constraints = [models.UniqueConstraint(fields=["goal", "measured_on"], name="goal_value_once_a_day")]

    def __str__(self) -> str:
        return f"{self.value} on {self.measured_on}"


class Activity(Labelled):
    """One of the activities under the goals, such as those of an implementation agenda."""

    id: int
    number = models.CharField(_("number"), max_length=20, blank=True)
    title = models.CharField(_("activity"), max_length=300)
    description = models.TextField(_("description"), blank=True)
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

    class Meta:
        ordering = ["number", "title", "id"]
        verbose_name_plural = "activities"

    def __str__(self) -> str:
        return self.title
