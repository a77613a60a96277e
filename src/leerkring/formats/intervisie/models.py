"""What an intervisie keeps (rule 6): methods, groups with their agreements, and of a round date, method and minutes.

No row of a round can hold a word that somebody says: its columns are numbers, moments and choices. A learning point is
the one sentence that its case bringer released.
"""

from __future__ import annotations

from datetime import datetime
from math import floor

from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.models import Community, Labelled
from leerkring.community.people.models import Person
from leerkring.formats.intervisie.enums import BuiltIn, Experience, RoundState, Speaker

MOST_MINUTES = 120
TEXT = MaxLengthValidator(1000)
AGREEMENTS = MaxLengthValidator(3000)
PEOPLE = [MinValueValidator(2), MaxValueValidator(20)]


class Method(models.Model):
    """A method of a programme's own, as the team typed it; the built-in ones are in library/."""

    id: int
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="intervisie_methods")
    copied_from = models.CharField(max_length=20, choices=BuiltIn, blank=True)
    name = models.CharField(_("name"), max_length=200)
    fits = models.CharField(_("when it fits"), max_length=300, blank=True)
    experience = models.CharField(_("experience"), max_length=8, choices=Experience, default=Experience.NEW)
    size_min = models.PositiveSmallIntegerField(_("from how many people"), default=4, validators=PEOPLE)
    size_max = models.PositiveSmallIntegerField(_("to how many people"), default=7, validators=PEOPLE)
    removed_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True)

    community_id: int

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class MethodStep(models.Model):
    """A step of an own method, with honest minutes."""

    id: int
    method = models.ForeignKey(Method, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("step"), max_length=100)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), validators=[MinValueValidator(1), MaxValueValidator(MOST_MINUTES)]
    )
    speaker = models.CharField(_("who speaks"), max_length=10, choices=Speaker, default=Speaker.EVERYONE)
    say = models.TextField(_("what the chair says"), blank=True, validators=[TEXT])
    not_now = models.TextField(_("not now"), blank=True, validators=[TEXT])

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class IntervisieGroup(models.Model):
    """Five or six people without hierarchy: a circle of the programme. Its members are those of the circle."""

    id: int
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="intervisie_groups")
    circle = models.OneToOneField(Community, on_delete=models.CASCADE, related_name="intervisie_group")
    agreements = models.TextField(_("agreements, one on each line"), blank=True, validators=[AGREEMENTS])
    """The group's own list; empty: the built-in one."""
    agreements_revision = models.PositiveIntegerField(default=1)
    formed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    community_id: int
    circle_id: int

    class Meta:
        ordering = ["circle__name", "id"]

    def __str__(self) -> str:
        return self.circle.name

    @property
    def name(self) -> str:
        return self.circle.name


class Acceptance(models.Model):
    """A member's yes to the agreements as they stood."""

    id: int
    group = models.ForeignKey(IntervisieGroup, on_delete=models.CASCADE, related_name="acceptances")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    revision = models.PositiveIntegerField()
    accepted_at = models.DateTimeField()

    person_id: int

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "person"], name="accepted_once")]

    def __str__(self) -> str:
        return f"acceptance {self.pk}"


class CaseBringer(models.Model):
    """That a member had a turn, and where they stand in line. No day, no round, no case (docs/adr/0010)."""

    id: int
    group = models.ForeignKey(IntervisieGroup, on_delete=models.CASCADE, related_name="bringers")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    turns_count = models.PositiveIntegerField(default=0)
    place = models.PositiveIntegerField()
    """Among those who had a turn: the highest brought last."""

    person_id: int

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["group", "person"], name="bringer_once")]

    def __str__(self) -> str:
        return f"bringer {self.pk}"


class Round(models.Model):
    """One sitting of one group at a meeting: which method, how far by the clock, how many minutes it took."""

    id: int
    group = models.ForeignKey(IntervisieGroup, on_delete=models.CASCADE, related_name="rounds")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="intervisie_rounds")
    built_in = models.CharField(max_length=20, choices=BuiltIn, blank=True)
    method = models.ForeignKey(Method, on_delete=models.PROTECT, null=True, related_name="rounds")
    state = models.CharField(max_length=8, choices=RoundState, default=RoundState.PLANNED)
    current = models.PositiveSmallIntegerField(null=True)
    """Position of the step that is on."""
    began_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    """When it would end had no minute been lost."""
    ends_at = models.DateTimeField(null=True)
    """When the minutes of this step are over; empty while it is paused."""
    left_seconds = models.IntegerField(null=True)
    """What was left of this step when it was paused; below zero it was over time."""
    added_minutes = models.PositiveSmallIntegerField(default=0)
    caught_up_minutes = models.PositiveSmallIntegerField(default=0)
    turns_count = models.PositiveSmallIntegerField(default=0)
    minutes = models.PositiveSmallIntegerField(null=True)
    """How long it took, once it is done."""
    version = models.PositiveBigIntegerField(default=1)

    group_id: int
    meeting_id: int
    method_id: int | None

    class Meta:
        ordering = ["-meeting__starts_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["group", "meeting"], name="round_once"),
            models.UniqueConstraint(fields=["group"], condition=Q(state="running"), name="one_running_round"),
            models.CheckConstraint(
                name="round_has_one_method",
                condition=Q(built_in="", method__isnull=False) | (~Q(built_in="") & Q(method__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"round {self.pk}"

    @property
    def is_planned(self) -> bool:
        return self.state == RoundState.PLANNED

    @property
    def is_running(self) -> bool:
        return self.state == RoundState.RUNNING

    @property
    def is_done(self) -> bool:
        return self.state == RoundState.DONE

    @property
    def is_paused(self) -> bool:
        return self.is_running and self.left_seconds is not None

    def left(self, now: datetime) -> int:
        """Seconds left of this step; below zero it is over time."""
        if self.left_seconds is not None:
            return self.left_seconds
        return floor((self.ends_at - now).total_seconds()) if self.ends_at else 0


class RoundStep(models.Model):
    """The minutes of one step while its round runs; gone when the round is done."""

    id: int
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    step_number = models.PositiveSmallIntegerField(null=True)
    """Which step of the method; empty: the look back that comes before each round but the first."""
    minutes = models.PositiveSmallIntegerField()
    spent_seconds = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["round", "position"], name="round_step_once")]

    def __str__(self) -> str:
        return f"round step {self.pk}"


class LearningPoint(Labelled):
    """One sentence that a case bringer released; withdrawn, the row is gone."""

    id: int
    group = models.ForeignKey(IntervisieGroup, on_delete=models.CASCADE, related_name="points")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="learning_points")
    sentence = models.CharField(_("what you learned, in one sentence"), max_length=300)
    released_at = models.DateTimeField()

    person_id: int

    class Meta:
        ordering = ["-released_at", "-id"]

    def __str__(self) -> str:
        return f"learning point {self.pk}"
