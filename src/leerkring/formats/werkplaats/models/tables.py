from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from leerkring.community.meetings.models import Seat
from leerkring.community.people.models import Person
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.questions.models import LearningQuestion, Theme
from leerkring.formats.werkplaats.models.posts import VOTER_LENGTH, Cluster
from leerkring.formats.werkplaats.models.rooms import Room, Round

MOST = 1_000


class Table(models.Model):
    """A possible group, and where it sits in the hall."""

    id: int
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="tables")
    name = models.CharField(_("name of the group"), max_length=200)
    question = models.ForeignKey(LearningQuestion, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    theme = models.ForeignKey(Theme, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    cluster = models.ForeignKey(Cluster, on_delete=models.SET_NULL, null=True, blank=True, related_name="tables")
    position = models.PositiveSmallIntegerField()
    table = models.CharField(_("table in the hall"), max_length=20, blank=True)
    min = models.PositiveSmallIntegerField(_("at least"), default=3, validators=[MinValueValidator(1)])
    max = models.PositiveSmallIntegerField(_("at most"), default=8, validators=[MaxValueValidator(MOST)])
    needs_facilitator = models.BooleanField(_("needs somebody to guide it"), default=False)
    slot = models.CharField(_("part of the day"), max_length=40, blank=True)
    first_at = models.DateTimeField(_("first date"), null=True, blank=True)
    group = models.ForeignKey(LearningGroup, on_delete=models.SET_NULL, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    room_id: int
    group_id: int | None

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.CheckConstraint(name="table_min_below_max", condition=Q(max__gte=F("min")))]

    def __str__(self) -> str:
        return self.name


class Wish(models.Model):
    """One table that one voter would like, the first wish first."""

    id: int
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="wishes")
    voter = models.CharField(max_length=VOTER_LENGTH)
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, null=True, related_name="wishes")
    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="wishes")
    rank = models.PositiveSmallIntegerField()

    round_id: int
    table_id: int
    seat_id: int | None

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["round", "voter", "rank"], name="one_wish_per_rank"),
            models.UniqueConstraint(fields=["round", "voter", "table"], name="one_wish_per_table"),
        ]

    def __str__(self) -> str:
        return f"{self.rank}: {self.table_id}"


class Placing(models.Model):
    """Who sits at which table. `why` holds numbers and ids of the former, never sentences."""

    id: int
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="placings")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, null=True, related_name="placings")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="placings")
    why = models.JSONField(default=dict)
    is_pinned = models.BooleanField(default=False)

    seat_id: int | None
    person_id: int | None
    table_id: int

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["room", "seat"], name="seat_placed_once"),
            models.UniqueConstraint(fields=["room", "person"], name="person_placed_once"),
            models.CheckConstraint(
                name="placing_of_somebody",
                condition=Q(seat__isnull=False, person__isnull=True) | Q(seat__isnull=True, person__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id or self.person_id} at {self.table_id}"
