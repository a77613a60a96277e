from __future__ import annotations

from datetime import date, timedelta

from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leerkring.community.accounts.models import SignInTicket
from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Organisation, Person, PolicyField, Unit
from leerkring.direction.programmes.completion.models import (  # noqa: F401 - a part of this app
    Certificate,
    CompletionException,
    WrongCertificateCode,
)
from leerkring.direction.programmes.enums import (
    ENROLMENT_TRANSITIONS,
    Completion,
    EditionState,
    EnrolmentState,
    OfferAnswer,
    ProgrammeKind,
)
from leerkring.platform import clock

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
    is_open_to_all = models.BooleanField(_("anybody may register, also without a link"), default=False)
    confirms_at_once = models.BooleanField(_("who registers is in, as long as there are places"), default=False)
    offer_days = models.PositiveSmallIntegerField(
        _("days to answer when a place comes free"),
        default=4,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    invitation_nl = models.TextField(_("invitation in Dutch"), blank=True, validators=[LONG_TEXT])
    invitation_en = models.TextField(_("invitation in English"), blank=True, validators=[LONG_TEXT])
    wanted_fields = models.ManyToManyField(PolicyField, related_name="+", blank=True)
    """Policy fields that the edition looks for; none means every one."""

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


class Call(models.Model):
    """An invitation to an edition, aimed at an organisation, a policy field or both, with a link of its own.

    The link tells through which organisation somebody came. An empty text is that of the edition.
    """

    id: int
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="calls")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    policy_field = models.ForeignKey(PolicyField, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    token = models.CharField(max_length=43, unique=True)
    text_nl = models.TextField(_("invitation in Dutch"), blank=True, validators=[LONG_TEXT])
    text_en = models.TextField(_("invitation in English"), blank=True, validators=[LONG_TEXT])
    contact_name = models.CharField(_("name of the contact"), max_length=200, blank=True)
    contact_address = models.EmailField(_("e-mail address of the contact"), max_length=254, blank=True)
    contact_language = models.CharField(_("language of the contact"), max_length=5, default="nl")
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True)
    said_sent_at = models.DateTimeField(null=True)
    """Somebody of the team sent it on by hand, and said so."""

    edition_id: int
    organisation_id: int | None
    policy_field_id: int | None

    class Meta:
        ordering = ["organisation__name", "policy_field__name", "id"]
        constraints = [
            models.CheckConstraint(
                name="call_is_aimed", condition=Q(organisation__isnull=False) | Q(policy_field__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["edition", "organisation", "policy_field"],
                condition=Q(organisation__isnull=False, policy_field__isnull=False),
                name="call_once",
            ),
            models.UniqueConstraint(
                fields=["edition", "organisation"],
                condition=Q(policy_field__isnull=True),
                name="call_once_of_organisation",
            ),
            models.UniqueConstraint(
                fields=["edition", "policy_field"],
                condition=Q(organisation__isnull=True),
                name="call_once_of_policy_field",
            ),
        ]

    def __str__(self) -> str:
        return " · ".join(str(aim) for aim in (self.organisation, self.policy_field) if aim is not None)

    @property
    def is_sent(self) -> bool:
        return self.mailed_at is not None or self.said_sent_at is not None


class Forwarding(models.Model):
    """A member who was asked to pass a call on to colleagues."""

    id: int
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="forwardings")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()

    person_id: int

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "person"], name="forwarding_once")]

    def __str__(self) -> str:
        return f"{self.call} by {self.person}"


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
    manager_contact = models.CharField(_("contact of the manager"), max_length=200, blank=True)
    """Only when the person wants it; gone when the person steps out."""
    call = models.ForeignKey(Call, on_delete=models.SET_NULL, null=True, blank=True, related_name="enrolments")
    waiting_since = models.DateTimeField(null=True)
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


class PlaceOffer(models.Model):
    """A place that came free, offered to somebody on the waiting list up to a moment. Open, it holds the place."""

    id: int
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="offers")
    offered_at = models.DateTimeField()
    answer_before = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=OfferAnswer, blank=True)
    answered_at = models.DateTimeField(null=True)
    offered_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    enrolment_id: int

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(answered_at__isnull=True), name="one_open_offer_of_enrolment"
            )
        ]
        indexes = [models.Index(fields=["answer_before"], condition=Q(answered_at__isnull=True), name="offer_open")]

    def __str__(self) -> str:
        return f"place for {self.enrolment}"

    @property
    def is_open(self) -> bool:
        return self.answered_at is None

    @property
    def is_past(self) -> bool:
        return self.answer_before <= clock.now()

    @property
    def last_day(self) -> date:
        """An answer counts up to the end of this day."""
        return timezone.localtime(self.answer_before - timedelta(seconds=1)).date()


class Registration(models.Model):
    """What a visitor filled in to register, until the click in the mail: then it becomes a person and an enrolment."""

    id: int
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="registrations")
    call = models.ForeignKey(Call, on_delete=models.SET_NULL, null=True, related_name="+")
    ticket = models.OneToOneField(SignInTicket, on_delete=models.CASCADE, related_name="registration")
    given_name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=40, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, related_name="+")
    policy_field = models.ForeignKey(PolicyField, on_delete=models.SET_NULL, null=True, related_name="+")
    personal_question = models.CharField(max_length=300, blank=True)
    manager_contact = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=5, default="nl")
    asked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"registration {self.pk}"
