from __future__ import annotations

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.models import Labelled
from leerkring.community.people.models import Organisation, Person
from leerkring.cycle.questions.enums import Size
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
        Organisation, related_name="initiatives", blank=True, verbose_name=_("municipalities that join")
    )
    next_step = models.CharField(_("next step"), max_length=300, blank=True)
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
    made_at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True)
    changed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=1)

    carrier_id: int | None

    class Meta:
        ordering = ["title", "id"]

    def __str__(self) -> str:
        return self.title
