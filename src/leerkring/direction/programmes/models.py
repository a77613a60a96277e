from __future__ import annotations

from django.core.validators import MaxLengthValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Organisation, Person, PolicyField, Unit
from leerkring.direction.programmes.enums import (
    ENROLMENT_TRANSITIONS,
    Completion,
    EditionState,
    EnrolmentState,
    ProgrammeKind,
)

LONG_TEXT = MaxLengthValidator(10_000)


class Programme(models.Model):
    """A learning programme (fixed period and group) or a learning community (open, growing, in cycles).

    Its slug, name and openness stand on its community.
    """

    id: int
    community = models.OneToOneField(Community, on_delete=models.CASCADE, related_name="programme")
    kind = models.CharField(_("kind"), max_length=20, choices=ProgrammeKind)
    headline = models.CharField(_("what we learn, in one sentence"), max_length=200)
    purpose = models.TextField(_("purpose"), validators=[LONG_TEXT])
    long_term_goals = models.TextField(_("long-term goals"), blank=True, validators=[LONG_TEXT])
    host = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="programmes", verbose_name=_("host"))
    publications_to_come = models.TextField(_("publications to come"), blank=True, validators=[LONG_TEXT])
    starts_on = models.DateField(_("started on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True)

    community_id: int

    def __str__(self) -> str:
        return self.community.name

    @property
    def slug(self) -> str:
        return self.community.slug or ""


class Edition(models.Model):
    """One run of a learning programme."""

    id: int
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="editions")
    name = models.CharField(_("name"), max_length=200)
    state = models.CharField(max_length=12, choices=EditionState, default=EditionState.DRAFT)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    places_count = models.PositiveIntegerField(_("number of places"), null=True, blank=True)
    meetings = models.ManyToManyField(Meeting, related_name="editions", blank=True)
    fully_from_count = models.PositiveSmallIntegerField(
        _("completed fully from so many meetings"),
        help_text=_("Shown before one enrols."),
        validators=[MinValueValidator(1)],
    )

    programme_id: int

    class Meta:
        ordering = ["starts_on", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def community(self) -> Community:
        return self.programme.community

    @property
    def takes_enrolments(self) -> bool:
        return self.state in (EditionState.DRAFT, EditionState.RECRUITING, EditionState.RUNNING)

    @property
    def next_state(self) -> EditionState | None:
        """The one step ahead; a learning community has nobody to recruit for an edition, and skips that."""
        order = list(EditionState)
        if self.programme.kind == ProgrammeKind.LEERGEMEENSCHAP:
            order.remove(EditionState.RECRUITING)
        place = order.index(EditionState(self.state)) + 1
        return order[place] if place < len(order) else None


class Cycle(models.Model):
    """From one werkplaats to the next."""

    id: int
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="cycles")
    number = models.PositiveSmallIntegerField()
    opened_by = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="cycle_opened")
    closed_by = models.OneToOneField(Meeting, on_delete=models.PROTECT, null=True, related_name="cycle_closed")

    closed_by_id: int | None

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="cycle_number_once")]

    def __str__(self) -> str:
        return f"cycle {self.number}"

    @property
    def is_open(self) -> bool:
        return self.closed_by_id is None


class Enrolment(models.Model):
    """A person in an edition, with where they worked then (rule 11)."""

    id: int
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="enrolments")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="enrolments")
    state = models.CharField(max_length=12, choices=EnrolmentState)
    completion = models.CharField(max_length=8, choices=Completion, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    policy_field = models.ForeignKey(PolicyField, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    personal_question = models.CharField(_("my own learning question"), max_length=300, blank=True)
    enrolled_on = models.DateField()
    completed_on = models.DateField(null=True)
    attended_count = models.PositiveSmallIntegerField(null=True)
    meetings_count = models.PositiveSmallIntegerField(null=True)

    person_id: int
    organisation_id: int

    class Meta:
        ordering = ["person__name_key", "id"]
        constraints = [models.UniqueConstraint(fields=["edition", "person"], name="enrolment_once")]

    def __str__(self) -> str:
        return f"{self.person} in {self.edition}"

    def may_become(self, state: EnrolmentState) -> bool:
        return state in ENROLMENT_TRANSITIONS[EnrolmentState(self.state)]
