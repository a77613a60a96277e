"""What is asked at the end of a meeting, and what was answered: with no person, no moment and no order in it."""

from __future__ import annotations

import hashlib
import hmac
import uuid
from datetime import datetime, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from leerkring.community.meetings.evaluation.enums import AskedAs
from leerkring.community.meetings.evaluation.library import LIBRARY
from leerkring.community.people.models import Person
from leerkring.platform import clock

TERM_IN_DAYS = 7
THRESHOLD = 5
"""Below so many answers nothing is shown."""


class Evaluation(models.Model):
    """Of one meeting. Opens when that ends; its secret lives from then until it closes, nowhere else."""

    id: int
    meeting = models.OneToOneField("meetings.Meeting", on_delete=models.CASCADE, related_name="evaluation")
    days = models.PositiveSmallIntegerField(
        _("open for so many days"), default=TERM_IN_DAYS, validators=[MinValueValidator(1), MaxValueValidator(28)]
    )
    opened_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    secret = models.BinaryField(null=True)
    answers_count = models.PositiveIntegerField(default=0)
    paper_count = models.PositiveIntegerField(default=0)
    """Of those answers, how many were typed over from paper."""
    revision = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True)

    meeting_id: int

    def __str__(self) -> str:
        return f"evaluation of {self.meeting_id}"

    @property
    def begins_at(self) -> datetime:
        return self.opened_at or self.meeting.ends_at

    @property
    def last_moment(self) -> datetime:
        return self.closes_at or self.meeting.ends_at + timedelta(days=self.days)

    @property
    def has_begun(self) -> bool:
        """Its meeting is over, by the clock or because somebody said so; nobody has to open it."""
        if self.opened_at is not None:
            return True
        return not self.meeting.is_cancelled and (self.meeting.is_held or self.meeting.ends_at <= clock.now())

    @property
    def is_over(self) -> bool:
        return self.closed_at is not None or (self.has_begun and self.last_moment <= clock.now())

    @property
    def is_open(self) -> bool:
        return self.has_begun and not self.is_over and not self.meeting.is_cancelled

    @property
    def has_few(self) -> bool:
        """Who typed sheets over knows what is on them: beside those, the others must be enough by themselves."""
        others = self.answers_count - self.paper_count
        return (others or self.paper_count) < THRESHOLD

    @property
    def shows_results(self) -> bool:
        """Once it is closed, so that nobody can watch one answer come in; and never below the threshold."""
        return self.closed_at is not None and not self.has_few

    def voter_of(self, voice: str) -> str:
        """What counts once: a person, or the seat of a guest. Without the secret nobody can tell whose it is."""
        if self.secret is None:
            raise ValueError("an evaluation that is not open knows nobody")
        return hmac.new(bytes(self.secret), voice.encode(), hashlib.sha256).hexdigest()


class EvaluationQuestion(models.Model):
    """One of the two to four: from the library by its key, or in own words."""

    id: int
    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=20, blank=True)
    text = models.CharField(_("question"), max_length=200, blank=True)
    kind = models.CharField(max_length=8, choices=AskedAs, default=AskedAs.SCALE)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["evaluation", "position"], name="evaluation_position_once")]

    def __str__(self) -> str:
        return self.wording

    @property
    def wording(self) -> str:
        """As the reader reads it."""
        ready = LIBRARY.get(self.key)
        return str(ready.text) if ready else self.text

    @property
    def sameness(self) -> str:
        """Equal for the same question at another meeting."""
        return self.key or " ".join(self.text.casefold().split())


class EvaluationTurn(models.Model):
    """That somebody answered, so that nobody does so twice; tied to no answer, and gone when the evaluation closes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="turns")
    voter = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["evaluation", "voter"], name="evaluation_turn_once")]

    def __str__(self) -> str:
        return f"turn in {self.evaluation_id}"

    evaluation_id: int


class GuestAddress(models.Model):
    """Where a guest wants the questions to be mailed; gone when the evaluation closes. Tied to no answer."""

    id: int
    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="guest_addresses")
    seat = models.OneToOneField("meetings.Seat", on_delete=models.CASCADE, related_name="+")
    address = models.EmailField(_("your e-mail address"))
    language = models.CharField(max_length=5)

    seat_id: int
    evaluation_id: int

    def __str__(self) -> str:
        return f"guest of {self.evaluation_id}"


class EvaluationAnswer(models.Model):
    """An answer to one question. Numbered at random: a rising number would tell who answered when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.ForeignKey(EvaluationQuestion, on_delete=models.CASCADE, related_name="answers")
    number = models.PositiveSmallIntegerField(null=True, validators=[MinValueValidator(1), MaxValueValidator(5)])
    text = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.number or self.text)
