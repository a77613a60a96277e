"""A poll for a date. Who answers is a voice: a person, or a device with a name; each has an answer per date."""

from __future__ import annotations

from datetime import date

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leerkring.community.meetings.enums import MeetingKind, PollReply
from leerkring.community.memberships.models import Labelled
from leerkring.community.people.models import Organisation, Person
from leerkring.platform import clock


class DatePoll(Labelled):
    """Proposed dates for a meeting that is still to be planned, or for `meeting` when that stands already."""

    id: int
    token = models.CharField(max_length=43, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=MeetingKind)
    title = models.CharField(_("title"), max_length=200)
    purpose = models.TextField(_("what for"), blank=True, validators=[MaxLengthValidator(10_000)])
    place = models.CharField(_("place"), max_length=300, blank=True)
    closes_on = models.DateField(_("last day to answer"))
    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.SET_NULL, null=True, related_name="polls")
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    chosen = models.ForeignKey("PollOption", on_delete=models.SET_NULL, null=True, related_name="+")
    chosen_at = models.DateTimeField(null=True)

    meeting_id: int | None
    chosen_id: int | None

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_past(self) -> bool:
        return self.closes_on < clock.today()

    @property
    def is_open(self) -> bool:
        """Answers are taken: until the last day, and until a date is chosen or the poll is closed."""
        return self.closed_at is None and self.chosen_id is None and not self.is_past


class PollOption(models.Model):
    """A proposed date with its hours."""

    id: int
    poll = models.ForeignKey(DatePoll, on_delete=models.CASCADE, related_name="options")
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["starts_at", "ends_at", "id"]
        constraints = [
            models.CheckConstraint(name="option_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))),
            models.UniqueConstraint(fields=["poll", "starts_at", "ends_at"], name="option_once"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def day(self) -> date:
        return timezone.localtime(self.starts_at).date()


class PollVoice(models.Model):
    """Who answers, or must: a person who is known, or a device and the name that was typed on it."""

    id: int
    poll = models.ForeignKey(DatePoll, on_delete=models.CASCADE, related_name="voices")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="poll_voices")
    device = models.CharField(max_length=64, blank=True)
    """Only the hash of what the browser keeps."""
    token = models.CharField(max_length=43, unique=True)
    name = models.CharField(_("your name"), max_length=100, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.SET_NULL, null=True, related_name="+")
    organisation_name = models.CharField(_("organisation"), max_length=200, blank=True)
    address = models.EmailField(_("e-mail address"), blank=True)
    is_needed = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True)

    person_id: int | None
    organisation_id: int | None

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "person"], condition=Q(person__isnull=False), name="one_voice_per_person"
            ),
            models.UniqueConstraint(
                fields=["poll", "device"], condition=Q(person__isnull=True) & ~Q(device=""), name="one_voice_per_device"
            ),
        ]

    def __str__(self) -> str:
        return f"voice {self.pk}"

    @property
    def called(self) -> str:
        return self.person.name if self.person else self.name

    @property
    def works_at(self) -> str:
        return self.organisation.name if self.organisation else self.organisation_name


class PollAnswer(models.Model):
    """What one voice says of one date."""

    id: int
    voice = models.ForeignKey(PollVoice, on_delete=models.CASCADE, related_name="answers")
    option = models.ForeignKey(PollOption, on_delete=models.CASCADE, related_name="answers")
    answer = models.CharField(max_length=12, choices=PollReply)

    voice_id: int
    option_id: int

    class Meta:
        constraints = [models.UniqueConstraint(fields=["voice", "option"], name="one_answer_per_date")]

    def __str__(self) -> str:
        return self.answer
