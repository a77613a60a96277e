from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.models import Community, Labelled
from leerkring.community.people.models import Person
from leerkring.cycle.agenda.enums import Origin, VersionState
from leerkring.cycle.questions.enums import GONE_STATES, QuestionState
from leerkring.cycle.questions.models import LearningQuestion, ring_of


class Agenda(models.Model):
    """The living learning agenda of a programme: the draft is what is placed on it now."""

    id: int
    community = models.OneToOneField(Community, on_delete=models.CASCADE, related_name="agenda")
    last_code_number = models.PositiveIntegerField(default=0)
    stubborn_after = models.PositiveSmallIntegerField(
        _("versions in a row after which an open question is called stubborn"), default=3
    )
    revision = models.PositiveIntegerField(default=1)
    version_revision = models.PositiveIntegerField(default=0)
    """The revision that the last set version brought: who comes with a lower one has not seen it yet."""

    community_id: int

    def __str__(self) -> str:
        return f"agenda of {self.community}"


class DraftPlace(models.Model):
    """A question's place in the order of the draft. Whether it stands there at all is told by its state."""

    id: int
    agenda = models.ForeignKey(Agenda, on_delete=models.CASCADE, related_name="places")
    question = models.OneToOneField(LearningQuestion, on_delete=models.CASCADE, related_name="draft_place")
    position = models.PositiveIntegerField()
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    question_id: int

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.position} {self.question}"


class AgendaVersion(Labelled):
    """A frozen photograph of the agenda, tied to a meeting or to a dated decision. It never changes (rule 1)."""

    id: int
    agenda = models.ForeignKey(Agenda, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=VersionState, default=VersionState.SET)
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="agenda_versions",
        verbose_name=_("meeting"),
    )
    meeting_title = models.CharField(max_length=200, blank=True)
    decision = models.CharField(_("decision"), max_length=300, blank=True)
    set_on = models.DateField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    set_by_name = models.CharField(max_length=250)
    stubborn_after = models.PositiveSmallIntegerField()
    note = models.TextField(_("note"), blank=True)

    meeting_id: int | None

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["agenda", "number"], name="version_number_once"),
            models.UniqueConstraint(fields=["agenda"], condition=Q(state="set"), name="one_version_in_force"),
            models.CheckConstraint(name="meeting_or_decision", condition=Q(meeting__isnull=False) | ~Q(decision="")),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"


class AgendaEntry(models.Model):
    """One question as it was when the version was set: everything copied, nothing read from the living question.

    Every question that ever had a code has a row in each later version; `is_listed` says that it stood on the agenda,
    the others are kept so that any two versions can be compared from these rows alone. `came_from` and `went_to`
    hold codes. `open_count` counts the set versions in a row, this one included, in which it was open; `closed_in` is
    the number of the version in which it first showed as answered, let go, split or merged.
    """

    id: int
    version = models.ForeignKey(AgendaVersion, on_delete=models.PROTECT, related_name="entries")
    question = models.ForeignKey(LearningQuestion, on_delete=models.PROTECT, related_name="entries")
    code = models.CharField(max_length=4)
    position = models.PositiveIntegerField()
    is_listed = models.BooleanField()
    wording = models.CharField(max_length=300)
    barrier = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=QuestionState)
    theme_name = models.CharField(max_length=200, blank=True)
    theme_position = models.PositiveSmallIntegerField(null=True)
    owner_name = models.CharField(max_length=250, blank=True)
    owner_is_unit = models.BooleanField(default=False)
    answer = models.TextField(blank=True)
    drop_reason = models.CharField(max_length=12, blank=True)
    drop_note = models.CharField(max_length=300, blank=True)
    came_from = models.JSONField(default=list)
    went_to = models.JSONField(default=list)
    origin = models.CharField(max_length=12, choices=Origin)
    open_count = models.PositiveSmallIntegerField(default=0)
    closed_in = models.PositiveIntegerField(null=True)

    version_id: int
    question_id: int

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="entry_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.wording}"

    @property
    def is_stubborn(self) -> bool:
        """Open in so many set versions in a row that it asks for another approach (rule 4)."""
        return self.open_count >= self.version.stubborn_after

    @property
    def is_answered(self) -> bool:
        return self.state == QuestionState.ANSWERED

    @property
    def is_provisional(self) -> bool:
        return self.state == QuestionState.PROVISIONAL

    @property
    def is_gone(self) -> bool:
        return self.state in GONE_STATES

    @property
    def needs_owner(self) -> bool:
        return self.is_listed and not self.owner_name and not self.is_answered

    @property
    def ring(self) -> str:
        return ring_of(self.state)
