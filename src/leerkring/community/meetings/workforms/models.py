from __future__ import annotations

from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from leerkring.community.meetings.workforms.enums import Aim, BuiltIn
from leerkring.community.memberships.models import Labelled
from leerkring.community.people.models import Person

TEXT = MaxLengthValidator(10_000)
LONGEST, LARGEST = 480, 1_000
MINUTES = [MinValueValidator(1), MaxValueValidator(LONGEST)]
SIZE = [MinValueValidator(1), MaxValueValidator(LARGEST)]


class Workform(Labelled):
    """A working form of a programme's own. Retired, it keeps its place on the run sheets that have it."""

    id: int
    name = models.CharField(_("name"), max_length=200)
    purpose = models.CharField(_("what it is for, in one sentence"), max_length=300)
    aim = models.CharField(_("aim"), max_length=10, choices=Aim)
    minutes = models.PositiveSmallIntegerField(_("minutes it usually takes"), validators=MINUTES)
    minutes_min = models.PositiveSmallIntegerField(_("minutes at least"), validators=MINUTES)
    minutes_max = models.PositiveSmallIntegerField(_("minutes at most"), validators=MINUTES)
    size_min = models.PositiveSmallIntegerField(_("from how many people"), validators=SIZE)
    size_max = models.PositiveSmallIntegerField(_("to how many people"), validators=SIZE)
    steps = models.TextField(_("steps, one on each line"), validators=[TEXT])
    materials = models.TextField(_("what it needs, one thing on each line"), blank=True, validators=[TEXT])
    fits = models.CharField(_("when to use it"), max_length=300, blank=True)
    fits_not = models.CharField(_("when not to"), max_length=300, blank=True)
    watch = models.TextField(_("what to watch"), blank=True, validators=[MaxLengthValidator(1_000)])
    copied_from = models.CharField(max_length=30, choices=BuiltIn, blank=True)
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "name"], condition=Q(retired_at__isnull=True), name="workform_named_once"
            ),
            models.CheckConstraint(
                name="workform_minutes_in_order",
                condition=Q(minutes_min__lte=F("minutes"), minutes_max__gte=F("minutes")),
            ),
            models.CheckConstraint(name="workform_sizes_in_order", condition=Q(size_min__lte=F("size_max"))),
        ]

    def __str__(self) -> str:
        return self.name
