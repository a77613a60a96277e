from __future__ import annotations

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.models import Labelled
from leerkring.community.people.models import Organisation, Person
from leerkring.cycle.questions.enums import Size
from leerkring.cycle.uptake.models.changes import Change
from leerkring.direction.strategy.models import Goal


class Initiative(Labelled):
    """A promising plan, such as a circular craft centre."""

    id: int
    title = models.CharField(_("initiative"), max_length=200)
    description = models.TextField(_("what it is"), blank=True, validators=[MaxLengthValidator(5000)])
    effort = models.CharField(_("effort"), max_length=6, choices=Size, default=Size.MEDIUM)
    impact = models.CharField(_("impact"), max_length=6, choices=Size, default=Size.MEDIUM)
    partners = models.CharField(_("partners"), max_length=300, blank=True)
    organisations = models.ManyToManyField(
        Organisation,
        through="InitiativeOrganisation",
        related_name="initiatives",
        blank=True,
        verbose_name=_("municipalities that join"),
    )
    next_step = models.CharField(_("next step"), max_length=300, blank=True)
    next_step_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who does it")
    )
    next_step_on = models.DateField(_("before"), null=True, blank=True)
    carrier = models.ForeignKey(
        Person,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="initiatives",
        verbose_name=_("carried by"),
    )
    meeting = models.ForeignKey(Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="initiatives")
    goals = models.ManyToManyField(Goal, related_name="initiatives", blank=True)
    changes = models.ManyToManyField(Change, related_name="initiatives", blank=True)
    """What came of it at work: ways of working that are followed per unit."""
    made_at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True)
    changed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=1)

    carrier_id: int | None
    next_step_by_id: int | None

    class Meta:
        ordering = ["title", "id"]

    def __str__(self) -> str:
        return self.title


class InitiativeOrganisation(models.Model):
    """That an organisation joins in, and since when."""

    id: int
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="joinings")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    joined_on = models.DateField(null=True)

    class Meta:
        db_table = "uptake_initiative_organisations"
        unique_together = (("initiative", "organisation"),)

    def __str__(self) -> str:
        return f"{self.organisation} in {self.initiative}"

    organisation_id: int


class InitiativeJudgement(models.Model):
    """What one participant thinks that it asks and brings. Shown together with those of others, never alone."""

    id: int
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="judgements")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="judgements")
    effort = models.CharField(_("effort"), max_length=6, choices=Size)
    impact = models.CharField(_("impact"), max_length=6, choices=Size)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["initiative", "person"], name="one_judgement_each")]

    def __str__(self) -> str:
        return f"{self.effort}, {self.impact}"

    initiative_id: int
    person_id: int
