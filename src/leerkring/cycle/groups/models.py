from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.models import Community, Labelled
from leerkring.community.people.models import Organisation, Person
from leerkring.cycle.groups.enums import GROUP_TRANSITIONS, LIVING_GROUP_STATES, GroupState, Guidance
from leerkring.cycle.questions.models import LearningQuestion, Theme


class LearningGroup(Labelled):
    """A small group on a theme or question. `community` is the programme's; `circle` holds the group's own people."""

    id: int
    circle = models.OneToOneField(Community, on_delete=models.CASCADE, related_name="group")
    name = models.CharField(_("name of the group"), max_length=200)
    purpose = models.TextField(_("what you want to find out"), blank=True)
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
    revision = models.PositiveIntegerField(default=1)

    theme_id: int | None

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_living(self) -> bool:
        return self.state in LIVING_GROUP_STATES

    def may_become(self, state: GroupState) -> bool:
        return state in GROUP_TRANSITIONS[GroupState(self.state)]


class GroupStateChange(models.Model):
    """Every state a group came to."""

    id: int
    group = models.ForeignKey(LearningGroup, on_delete=models.CASCADE, related_name="state_changes")
    after = models.CharField(max_length=12, choices=GroupState)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return str(self.after)


class Case(Labelled):
    """A concrete project or file that a group works on. `community` is the group's circle."""

    id: int
    group = models.ForeignKey(LearningGroup, on_delete=models.CASCADE, related_name="cases")
    title = models.CharField(_("case"), max_length=200)
    description = models.TextField(_("what it is about"), blank=True)
    closed_on = models.DateField(null=True, blank=True)

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

    class Meta:
        ordering = ["since_on", "id"]

    def __str__(self) -> str:
        return f"{self.person}: {self.role}"


class ResultPage(models.Model):
    """One page of results of a group for a werkplaats."""

    id: int
    group = models.ForeignKey(LearningGroup, on_delete=models.CASCADE, related_name="results")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="group_results", verbose_name=_("for"))
    did = models.TextField(_("what we did"), blank=True)
    found = models.TextField(_("what we found"), blank=True)
    asks = models.TextField(_("what we ask of you"), blank=True)
    wants_to = models.CharField(_("what we want next"), max_length=300, blank=True)
    changed_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-meeting__starts_at", "id"]
        constraints = [models.UniqueConstraint(fields=["group", "meeting"], name="one_result_page")]

    def __str__(self) -> str:
        return f"{self.group} for {self.meeting}"
