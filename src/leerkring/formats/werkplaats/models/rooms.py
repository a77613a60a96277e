from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from leerkring.community.meetings.models import Meeting, Seat
from leerkring.community.people.models import Person
from leerkring.formats.werkplaats.enums import HANDING_IN_KINDS, PostKind, RoundKind, RoundState

DAY_IN_MINUTES = 24 * 60


class Room(models.Model):
    """The hall of a meeting: what the projector, the phones and the facilitators look at.

    It has no counter that each post would raise: two thousand phones would wait for one row. Its version is counted
    from the facts of its community after `facts_from`, which only grows with what is committed.
    """

    id: int
    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="room")
    is_screened = models.BooleanField(_("nothing is shown before you have seen it"), default=True)
    current_round = models.ForeignKey("Round", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    announced_at = models.DateTimeField(null=True)
    harvested_at = models.DateTimeField(null=True)
    facts_from = models.BigIntegerField(default=0)
    seed = models.PositiveIntegerField(default=0)

    meeting_id: int
    current_round_id: int | None

    def __str__(self) -> str:
        return f"room of {self.meeting_id}"

    @property
    def community_id(self) -> int:
        return self.meeting.community_id

    @property
    def is_running(self) -> bool:
        return self.began_at is not None and self.ended_at is None


class Round(models.Model):
    """One part of the run. The secret of an anonymous round lives from its opening to its closing, nowhere else."""

    id: int
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="rounds")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind"), max_length=12, choices=RoundKind)
    title = models.CharField(_("what stands on the screen"), max_length=200)
    prompt = models.CharField(_("explanation"), max_length=300, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=10, validators=[MaxValueValidator(DAY_IN_MINUTES)])
    takes = models.CharField(_("what people can bring in"), max_length=60, blank=True)
    is_anonymous = models.BooleanField(_("without names"), default=False)
    budget = models.PositiveSmallIntegerField(_("points for each"), default=3)
    most_per_target = models.PositiveSmallIntegerField(_("at most on one"), null=True, blank=True)
    deadline_at = models.DateTimeField(_("open before the meeting until"), null=True, blank=True)
    state = models.CharField(max_length=8, choices=RoundState, default=RoundState.WAITING)
    opened_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    left_seconds = models.PositiveIntegerField(null=True)
    closed_at = models.DateTimeField(null=True)
    is_shown = models.BooleanField(default=False)
    secret = models.BinaryField(null=True)
    removed_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True)

    room_id: int

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state == RoundState.OPEN

    @property
    def is_paused(self) -> bool:
        return self.is_open and self.left_seconds is not None

    @property
    def has_paper(self) -> bool:
        return self.kind in HANDING_IN_KINDS

    @property
    def post_kinds(self) -> list[PostKind]:
        if self.kind == RoundKind.PRESENT:
            return [PostKind.FEEDBACK]
        return [PostKind(word) for word in self.takes.split(",") if word]

    def is_early(self, now: datetime) -> bool:
        """Whether members can already bring something in, before the meeting (until the deadline)."""
        if self.kind != RoundKind.RAISE or self.state != RoundState.WAITING or self.removed_at is not None:
            return False
        return self.deadline_at is not None and now < self.deadline_at

    def voter_of(self, seat: Seat) -> str:
        """What counts once: a person on any device, else a seat; in an anonymous round what only its secret can tell.

        Empty when the round is anonymous and has no secret (any more): then nobody can be recognised.
        """
        return self._voter(seat.voice)

    def guest_voter_of(self, seat: Seat) -> str:
        """What the same seat was before somebody signed in at it."""
        return self._voter(seat.guest_voice)

    def _voter(self, voice: str) -> str:
        if not self.is_anonymous:
            return voice
        if self.secret is None:
            return ""
        return hmac.new(bytes(self.secret), voice.encode(), hashlib.sha256).hexdigest()


class Step(models.Model):
    """Something a facilitator did, with what it takes to undo it: rows with their values before and after."""

    id: int
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="steps")
    verb = models.CharField(max_length=30)
    payload = models.JSONField(default=dict)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    room_id: int

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.verb} {self.pk}"
