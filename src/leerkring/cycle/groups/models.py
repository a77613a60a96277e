from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.models import Community, Labelled, Membership
from leerkring.community.people.models import Organisation, Person
from leerkring.cycle.groups.enums import GROUP_TRANSITIONS, LIVING_GROUP_STATES, GroupState, Guidance
from leerkring.cycle.groups.forming.models import Candidate, CandidatePair, Forming, PossibleGroup
from leerkring.cycle.questions.models import LearningQuestion, Theme
from leerkring.platform import rules

__all__ = [
    "Candidate",
    "CandidatePair",
    "Case",
    "Edited",
    "Forming",
    "GroupStateChange",
    "LearningGroup",
    "Leaving",
    "PossibleGroup",
    "ResultPage",
    "RoleTaken",
    "TransitionRole",
]

QUIET_AFTER = timedelta(weeks=6)


class Edited(models.Model):
    """A text that several people edit: it counts its changes and knows the last one."""

    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        abstract = True

    def check_revision(self, revision: int | None, **mine: Any) -> None:
        """Raise EditedMeanwhile when the text was changed since `revision`, unless both wrote the same."""
        if any(getattr(self, name) != value for name, value in mine.items()):
            rules.check_revision(self, revision, mine)

    def lock(self) -> None:
        """Hold the row until the transaction ends, and read it anew."""
        self.refresh_from_db(from_queryset=type(self)._base_manager.select_for_update())

    def changed(self, *, by: Person, at: datetime) -> None:
        self.revision += 1
        self.changed_at = at
        self.changed_by = by


class LearningGroup(Labelled, Edited):
    """A small group on a theme or question. `community` is the programme's; `circle` holds the group's own people."""

    id: int
    circle = models.OneToOneField(Community, on_delete=models.CASCADE, related_name="group")
    name = models.CharField(_("name of the group"), max_length=200)
    purpose = models.TextField(_("what you want to find out"), blank=True, validators=[MaxLengthValidator(5000)])
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="groups", verbose_name=_("theme")
    )
    questions = models.ManyToManyField(LearningQuestion, related_name="groups", blank=True, verbose_name=_("questions"))
    guidance = models.CharField(_("how it works"), max_length=8, choices=Guidance, default=Guidance.OWN)
    guide = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="guides", verbose_name=_("guided by")
    )
    guide_organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("guided by")
    )
    state = models.CharField(max_length=12, choices=GroupState, default=GroupState.PROPOSED)
    formed_in = models.ForeignKey(
        Meeting,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="formed_groups",
        verbose_name=_("formed at"),
    )
    formed_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    came_from = models.ManyToManyField("self", symmetrical=False, related_name="went_to", blank=True)
    proposed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    circle_id: int
    theme_id: int | None
    guide_id: int | None

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_living(self) -> bool:
        return self.state in LIVING_GROUP_STATES

    @property
    def is_guided(self) -> bool:
        return self.guidance == Guidance.GUIDED

    def is_quiet(self, *, last_on: date | None, meets_again: bool, today: date) -> bool:
        """Quiet: said so, or at work with no sign of life (a meeting, a move) for six weeks and no meeting to come."""
        if self.state == GroupState.DORMANT:
            return True
        if meets_again or self.state not in (GroupState.FORMED, GroupState.WORKING):
            return False
        last = last_on or self.formed_on
        return last is not None and today - last > QUIET_AFTER

    def may_become(self, state: GroupState) -> bool:
        return state in GROUP_TRANSITIONS[GroupState(self.state)]


class GroupStateChange(models.Model):
    """Every state a group came to."""

    id: int
    group = models.ForeignKey(LearningGroup, on_delete=models.CASCADE, related_name="state_changes")
    before = models.CharField(max_length=12, choices=GroupState, blank=True)
    after = models.CharField(max_length=12, choices=GroupState)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return str(self.after)


class Leaving(models.Model):
    """Somebody left a group. Kept so that it can be undone as a whole: contact and transition roles included."""

    id: int
    group = models.ForeignKey(LearningGroup, on_delete=models.CASCADE, related_name="leavings")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    was_contact = models.BooleanField(default=False)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.person} left {self.group}"


class Case(Labelled, Edited):
    """A concrete project or file that a group works on. `community` is the group's circle."""

    id: int
    group = models.ForeignKey(LearningGroup, on_delete=models.CASCADE, related_name="cases")
    title = models.CharField(_("case"), max_length=200)
    description = models.TextField(_("what it is about"), blank=True, validators=[MaxLengthValidator(5000)])
    closed_on = models.DateField(null=True, blank=True)

    group_id: int

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title


class TransitionRole(models.Model):
    """A role that people take up in a case for a while, such as connector; each programme can edit its set."""

    id: int
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="transition_roles")
    name = models.CharField(_("role"), max_length=100)
    meaning = models.CharField(_("what it means"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_retired = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["community", "name"], name="transition_role_once")]

    def __str__(self) -> str:
        return self.name


class RoleTaken(models.Model):
    """A member who takes up a transition role in a case, for a while; never a label of a person."""

    id: int
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="roles_taken")
    role = models.ForeignKey(TransitionRole, on_delete=models.PROTECT, related_name="taken")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles_taken")
    since_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(Leaving, on_delete=models.SET_NULL, null=True, related_name="roles_ended")

    role_id: int
    person_id: int

    class Meta:
        ordering = ["since_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "role", "person"], condition=Q(until_on__isnull=True), name="role_taken_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.role}"


class ResultPage(Edited):
    """One page of results of a group for a werkplaats."""

    id: int
    group = models.ForeignKey(LearningGroup, on_delete=models.CASCADE, related_name="results")
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="group_results", verbose_name=_("for the meeting")
    )
    did = models.TextField(_("what we did"), blank=True, validators=[MaxLengthValidator(5000)])
    found = models.TextField(_("what we found"), blank=True, validators=[MaxLengthValidator(5000)])
    asks = models.TextField(_("what we ask of you"), blank=True, validators=[MaxLengthValidator(5000)])
    wants_to = models.CharField(_("what we want next"), max_length=300, blank=True)

    group_id: int
    meeting_id: int

    class Meta:
        ordering = ["-meeting__starts_at", "id"]
        constraints = [models.UniqueConstraint(fields=["group", "meeting"], name="one_result_page")]

    def __str__(self) -> str:
        return f"{self.group} for {self.meeting}"
