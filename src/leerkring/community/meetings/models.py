from __future__ import annotations

from datetime import date
from uuid import uuid4

from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from leerkring.community.meetings import rotation
from leerkring.community.meetings.enums import (
    MEETING_TRANSITIONS,
    AttendanceWay,
    IntervisieStep,
    MeetingKind,
    MeetingState,
    Presence,
)
from leerkring.community.meetings.evaluation.models import Evaluation  # noqa: F401 - known with its meeting
from leerkring.community.meetings.polls.models import DatePoll, PollAnswer, PollOption, PollVoice
from leerkring.community.meetings.rhythm.models import MailRhythm
from leerkring.community.meetings.speakers.models import Speaker
from leerkring.community.meetings.workforms.enums import BuiltIn
from leerkring.community.meetings.workforms.models import Workform
from leerkring.community.memberships.models import Labelled
from leerkring.community.people.models import Organisation, Person, Unit

__all__ = [
    "Attendance",
    "AttendanceChange",
    "AttendedPart",
    "DatePoll",
    "Door",
    "MailRhythm",
    "Material",
    "Meeting",
    "PollAnswer",
    "PollOption",
    "PollVoice",
    "RunSheetItem",
    "Seat",
    "Speaker",
    "Workform",
    "WrongCode",
]

LONG_TEXT = MaxLengthValidator(10_000)
DAY_IN_MINUTES = 24 * 60


class Meeting(Labelled):
    """Any planned moment of a community. An intervisie keeps no text (rule 6): `keeps_text` is False."""

    id: int
    kind = models.CharField(_("kind"), max_length=20, choices=MeetingKind)
    title = models.CharField(_("title"), max_length=200)
    purpose = models.TextField(_("what for"), blank=True, validators=[LONG_TEXT])
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=300, blank=True)
    online_url = models.URLField(
        _("link to take part online"), max_length=500, blank=True, validators=[URLValidator(["https", "http"])]
    )
    state = models.CharField(max_length=12, choices=MeetingState, default=MeetingState.PLANNED)
    is_open = models.BooleanField(_("open to newcomers"), default=False)
    places_count = models.PositiveIntegerField(_("number of places"), null=True, blank=True)
    keeps_text = models.BooleanField(default=True)
    facilitator = models.ForeignKey(
        Person,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="facilitates",
        verbose_name=_("facilitator"),
    )
    revision = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True)
    calendar_uid = models.UUIDField(default=uuid4, editable=False, unique=True)
    """By which calendars know this meeting, for ever."""
    calendar_sequence = models.PositiveIntegerField(default=0)
    """Rises with each change that a calendar shows, so that calendars take it over."""

    facilitator_id: int | None

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [models.Index(fields=["community", "starts_at"])]
        constraints = [models.CheckConstraint(name="meeting_ends_after_start", condition=Q(ends_at__gt=F("starts_at")))]

    def __str__(self) -> str:
        return self.title

    @property
    def day(self) -> date:
        """The day on which it begins, where people are."""
        return timezone.localtime(self.starts_at).date()

    @property
    def last_day(self) -> date:
        return timezone.localtime(self.ends_at).date()

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    @property
    def is_held(self) -> bool:
        return self.state in (MeetingState.HELD, MeetingState.HARVESTED, MeetingState.CLOSED)

    @property
    def is_cancelled(self) -> bool:
        return self.state == MeetingState.CANCELLED

    @property
    def takes_sign_ups(self) -> bool:
        return self.state in (MeetingState.PLANNED, MeetingState.PREPARED)

    def may_become(self, state: MeetingState) -> bool:
        """Along the table; an intervisie has no harvest, so it may close as soon as it is held (rule 14)."""
        if not self.keeps_text and (self.state, state) == (MeetingState.HELD, MeetingState.CLOSED):
            return True
        return state in MEETING_TRANSITIONS[MeetingState(self.state)]


class RunSheetItem(models.Model):
    """A timed part of a meeting. In an intervisie it is a step of a method, never free text (rule 6)."""

    id: int
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), validators=[MinValueValidator(1), MaxValueValidator(DAY_IN_MINUTES)]
    )
    title = models.CharField(_("part"), max_length=200, blank=True)
    step = models.CharField(_("step"), max_length=20, choices=IntervisieStep, blank=True)
    note = models.TextField(_("for everyone"), blank=True, validators=[LONG_TEXT])
    facilitator_note = models.TextField(_("for facilitators only"), blank=True, validators=[LONG_TEXT])
    built_in_form = models.CharField(_("working form"), max_length=30, choices=BuiltIn, blank=True)
    own_form = models.ForeignKey(
        Workform, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("working form of our own")
    )
    revision = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    own_form_id: int | None

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(name="one_form_for_a_part", condition=Q(built_in_form="") | Q(own_form__isnull=True))
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_form(self) -> bool:
        return bool(self.built_in_form) or self.own_form_id is not None

    @property
    def name(self) -> str:
        return str(capfirst(IntervisieStep(self.step).label)) if self.step else self.title


class Attendance(models.Model):
    """Whether a person is expected at, or was at, a meeting; with where they worked then."""

    id: int
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="attendances")
    presence = models.CharField(max_length=10, choices=Presence, default=Presence.EXPECTED)
    expected_at = models.DateTimeField(null=True)
    """Since when this person is expected: what was told to others before that is not told afterwards."""
    minutes = models.PositiveSmallIntegerField(_("minutes present"), null=True, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")

    person_id: int

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.person} {self.presence}"

    @property
    def counts_as_attended(self) -> bool:
        """Present at least half of the minutes counts as attended."""
        if self.presence == Presence.PRESENT:
            return True
        return self.presence == Presence.PARTLY and (self.minutes or 0) * 2 >= self.meeting.minutes


class AttendedPart(models.Model):
    """A part of the run sheet for which somebody was there, who was there partly."""

    id: int
    attendance = models.ForeignKey(Attendance, on_delete=models.CASCADE, related_name="parts")
    item = models.ForeignKey(RunSheetItem, on_delete=models.CASCADE, related_name="+")

    attendance_id: int
    item_id: int

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attendance", "item"], name="part_attended_once")]

    def __str__(self) -> str:
        return f"part {self.item_id} of {self.attendance_id}"


class AttendanceChange(models.Model):
    """What was noted of somebody, by whom and when. Each line stays; the person and the team can read it."""

    id: int
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendance_changes")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="attendance_changes")
    before = models.CharField(max_length=10, choices=Presence, blank=True)
    before_minutes = models.PositiveSmallIntegerField(null=True)
    presence = models.CharField(max_length=10, choices=Presence)
    minutes = models.PositiveSmallIntegerField(null=True)
    way = models.CharField(max_length=10, choices=AttendanceWay)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["meeting", "person"])]

    def __str__(self) -> str:
        return f"{self.before} to {self.presence}"

    @property
    def is_correction(self) -> bool:
        """Something else was noted before; that somebody was expected is no such thing."""
        return self.before not in ("", Presence.EXPECTED)


class Material(Labelled):
    """A link or a file that belongs to a meeting. Files are kept under a random name, and served by a view only."""

    id: int
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="materials")
    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(_("link"), max_length=500, blank=True, validators=[URLValidator(["https", "http"])])
    file = models.FileField(_("file"), upload_to="materials/%Y/", blank=True)
    file_name = models.CharField(max_length=120, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(default=0)
    added_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["added_at", "id"]

    def __str__(self) -> str:
        return self.title


class Door(models.Model):
    """The way in to a meeting: a code on the screen. Closed for good when the meeting is over.

    The code of a screen at the door has a second half that follows from `secret` and the time; without
    `takes_fixed_code` nobody comes in by the first half alone.
    """

    id: int
    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="door")
    code = models.CharField(max_length=6)
    secret = models.CharField(max_length=43, default=rotation.fresh_secret)
    takes_fixed_code = models.BooleanField(default=True)
    is_locked = models.BooleanField(default=False)
    admits_guests = models.BooleanField(_("open to people without an account"), default=False)
    opened_at = models.DateTimeField()
    rotated_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    meeting_id: int

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=Q(closed_at__isnull=True), name="code_of_one_open_door")
        ]

    def __str__(self) -> str:
        return f"door of {self.meeting_id}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and not self.is_locked


class Seat(models.Model):
    """One device in a meeting. Somebody with two devices has two seats, and counts once by `voice`."""

    id: int
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="seats")
    device = models.CharField(max_length=64)
    """Only the hash of what the browser keeps."""
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="seats")
    name = models.CharField(_("your name"), max_length=100, blank=True)
    since = models.DateTimeField()
    came_in_at = models.DateTimeField(null=True)
    """With the code, at the meeting; empty for who only brought something in before it."""
    left_at = models.DateTimeField(null=True)

    meeting_id: int
    person_id: int | None

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "device"], name="one_seat_per_device")]

    def __str__(self) -> str:
        return f"seat {self.pk}"

    @property
    def is_out(self) -> bool:
        """Put out by a facilitator."""
        return self.left_at is not None

    @property
    def voice(self) -> str:
        """What counts once: the person, on whatever device, or else the device."""
        return f"person:{self.person_id}" if self.person_id is not None else self.guest_voice

    @property
    def guest_voice(self) -> str:
        return f"seat:{self.pk}"


class WrongCode(models.Model):
    """A wrong guess at the door: counted by device and in all, never by network address. Kept for a day."""

    id: int
    device = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["device", "at"]), models.Index(fields=["at"])]

    def __str__(self) -> str:
        return f"wrong code {self.pk}"
