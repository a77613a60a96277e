"""A division that somebody prepares: settings, people, possible groups, and what came of it. JSON holds ids."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.cycle.groups.enums import FormingState, PairKind
from leerkring.cycle.questions.models import LearningQuestion, Theme

MOST = 1_000
SILENT = timedelta(seconds=30)
"""A run that wrote nothing for so long has lost its process."""
WEIGHTS = {"unit": 4, "organisation": 0, "policy_field": 1, "level": 0, "role": 1, "met": 6}


def usual_weights() -> dict[str, int]:
    return dict(WEIGHTS)


class Forming(models.Model):
    """A division of people over possible groups, in a programme, perhaps for a meeting.

    `places` says where everybody is now, `moves` how it was changed by hand since the former made it, `thrown` what was
    thrown away last. `ref` is set by a format that handed over the people and makes the groups itself.
    """

    id: int
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="formings")
    meeting = models.ForeignKey(
        Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="formings", verbose_name=_("formed at")
    )
    title = models.CharField(_("what it is for"), max_length=200)
    ref = models.CharField(max_length=40, blank=True)
    wishes = models.PositiveSmallIntegerField(_("wishes or mixing"), default=50, validators=[MaxValueValidator(100)])
    weights = models.JSONField(default=usual_weights, blank=True)
    seed = models.PositiveIntegerField(default=1)
    seconds = models.PositiveSmallIntegerField(default=4, validators=[MinValueValidator(1), MaxValueValidator(60)])
    state = models.CharField(max_length=10, choices=FormingState, default=FormingState.PREPARED)
    run = models.PositiveIntegerField(default=0)
    verb = models.CharField(max_length=10, default="form")
    stage = models.CharField(max_length=12, blank=True)
    percent = models.PositiveSmallIntegerField(default=0)
    beat_at = models.DateTimeField(null=True)
    failure = models.JSONField(default=dict, blank=True)
    result = models.JSONField(default=dict, blank=True)
    curve = models.JSONField(default=list, blank=True)
    places = models.JSONField(default=dict, blank=True)
    moves = models.JSONField(default=list, blank=True)
    thrown = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    community_id: int
    meeting_id: int | None

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "ref"], condition=~Q(ref=""), name="one_forming_per_meeting_and_format"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def lock(self) -> None:
        """Hold the row until the transaction ends, and read it anew."""
        community, meeting = self.community, self.meeting
        self.refresh_from_db(from_queryset=Forming.objects.select_for_update())
        if self.community_id == community.pk:
            self.community = community
        if meeting is not None and self.meeting_id == meeting.pk:
            self.meeting = meeting

    def is_lost(self, now: datetime) -> bool:
        """The process that formed it is gone: it may be asked again."""
        return self.state == FormingState.RUNNING and (self.beat_at is None or now - self.beat_at > SILENT)

    def is_busy(self, now: datetime) -> bool:
        return self.state == FormingState.RUNNING and not self.is_lost(now)

    @property
    def is_used(self) -> bool:
        return self.state == FormingState.USED

    @property
    def has_division(self) -> bool:
        return bool(self.result)

    def place_of(self, candidate_id: int) -> int | None:
        return self.places.get(str(candidate_id))


class PossibleGroup(models.Model):
    """A group that can come of it, with its limits; `ref` is what the format calls it."""

    id: int
    forming = models.ForeignKey(Forming, on_delete=models.CASCADE, related_name="possible_groups")
    name = models.CharField(_("name of the group"), max_length=200)
    theme = models.ForeignKey(Theme, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    question = models.ForeignKey(LearningQuestion, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    min = models.PositiveSmallIntegerField(_("at least"), default=4, validators=[MinValueValidator(1)])
    max = models.PositiveSmallIntegerField(_("at most"), default=8, validators=[MaxValueValidator(MOST)])
    slot = models.CharField(_("part of the day"), max_length=40, blank=True)
    needs_facilitator = models.BooleanField(_("needs somebody to guide it"), default=False)
    first_at = models.DateTimeField(_("first date"), null=True, blank=True)
    ref = models.CharField(max_length=40, blank=True)
    group = models.ForeignKey("groups.LearningGroup", on_delete=models.SET_NULL, null=True, related_name="formed_as")

    forming_id: int
    theme_id: int | None
    question_id: int | None
    group_id: int | None

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.CheckConstraint(name="possible_group_min_below_max", condition=Q(max__gte=F("min")))]

    def __str__(self) -> str:
        return self.name


class Candidate(models.Model):
    """Somebody to be put in a group: a person of the programme, or a guest whom the format knows by `ref`.

    `choices` are ids of possible groups, the first wish first; `slots` when they can come, empty: always.
    `choices_handed` is what the format handed over last: what a facilitator noted since stays until that changes.
    """

    id: int
    forming = models.ForeignKey(Forming, on_delete=models.CASCADE, related_name="candidates")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    ref = models.CharField(max_length=40, blank=True)
    guest_name = models.CharField(max_length=100, blank=True)
    choices: Any = models.JSONField(default=list, blank=True)
    choices_handed: Any = models.JSONField(default=list, blank=True)
    slots: Any = models.JSONField(default=list, blank=True)
    can_facilitate = models.BooleanField(_("can guide a group"), default=False)
    pin = models.ForeignKey(
        PossibleGroup, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("must be in")
    )
    is_absent = models.BooleanField(_("is not there"), default=False)

    forming_id: int
    person_id: int | None
    pin_id: int | None

    class Meta:
        ordering = ["person__name_key", "guest_name", "id"]
        constraints = [models.UniqueConstraint(fields=["forming", "person"], name="candidate_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        if self.person is not None:
            return self.person.name
        return self.guest_name or str(_("Guest"))


class CandidatePair(models.Model):
    """Two people who must be together or apart, or who chose each other."""

    id: int
    forming = models.ForeignKey(Forming, on_delete=models.CASCADE, related_name="pairs")
    one = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=PairKind)

    one_id: int
    other_id: int

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="candidate_pair_once")]

    def __str__(self) -> str:
        return f"{self.one_id} {self.kind} {self.other_id}"
