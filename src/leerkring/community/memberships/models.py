from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leerkring.community.accounts.models import SignInTicket
from leerkring.community.memberships.enums import CommunityKind, Door, Label, Level, Role
from leerkring.community.people.models import Organisation, Person, Unit
from leerkring.platform import clock


class Community(models.Model):
    """The people of a programme, or of a group within it. The root of a group's community is the programme's."""

    id: int
    kind = models.CharField(max_length=10, choices=CommunityKind)
    root = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="parts")
    slug = models.SlugField(max_length=60, unique=True, null=True)
    name = models.CharField(_("name"), max_length=200)
    is_public = models.BooleanField(default=False)
    follow_door = models.CharField(
        _("who may follow of their own accord"), max_length=14, choices=Door, default=Door.ORGANISATIONS
    )
    member_door = models.CharField(
        _("who may take part of their own accord"), max_length=14, choices=Door, default=Door.ORGANISATIONS
    )
    is_sample = models.BooleanField(default=False)
    organisations = models.ManyToManyField(Organisation, related_name="communities", blank=True)

    root_id: int | None
    newest_fact: int | None = None
    """How far the facts had come when a page read its programme; what is kept (`facts/kept.py`) goes by it."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="programme_is_root",
                condition=Q(kind="programme", root__isnull=True, slug__isnull=False)
                | Q(kind="group", root__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def takes_followers(self) -> bool:
        """Of their own accord; whether this person may is asked when they sign in."""
        return self.follow_door != Door.INVITED

    @property
    def root_pk(self) -> int:
        return self.root_id or self.id


class Membership(models.Model):
    """A person in a community, from a day up to (not including) a day. Levels are chosen by the person (rule 8).

    `is_invited`: the team brought this member in, so that every level is open; who came in by the door of followers
    alone needs the door of members to take part.
    """

    id: int
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    level = models.CharField(_("level"), max_length=12, choices=Level, default=Level.ACTIVE)
    level_stated_by_team = models.BooleanField(default=False)
    is_invited = models.BooleanField(default=False)
    since_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    community_id: int
    person_id: int

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "person"], condition=Q(until_on__isnull=True), name="one_current_membership"
            )
        ]
        indexes = [models.Index(fields=["community", "until_on"])]

    def __str__(self) -> str:
        return f"{self.person} in {self.community}"

    @property
    def is_follower(self) -> bool:
        return self.level == Level.FOLLOWER

    @property
    def place(self) -> Placement | None:
        """Where this member works now; lists fetch all places at once."""
        return next((placement for placement in self.placements.all() if placement.until_on is None), None)


class Placement(models.Model):
    """Where a member worked, with dates, so that old counts stay true when people move (rule 11)."""

    id: int
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="placements")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="placements")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="placements")
    since_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    membership_id: int
    organisation_id: int
    unit_id: int | None

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership"], condition=Q(until_on__isnull=True), name="one_current_placement"
            )
        ]

    def __str__(self) -> str:
        return str(self.unit or self.organisation)


class LevelChange(models.Model):
    """Every level a member had: movement between levels is health, growth is not."""

    id: int
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="level_changes")
    level = models.CharField(max_length=12, choices=Level)
    at = models.DateTimeField()
    stated_by_team = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.level} {self.at:%Y-%m-%d}"


class RoleGrant(models.Model):
    """A role of a person in a community, from a day up to (not including) a day."""

    id: int
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="role_grants")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField(max_length=12, choices=Role)
    since_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    community_id: int
    person_id: int

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "person", "role"], condition=Q(until_on__isnull=True), name="role_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.person}"

    @property
    def is_current(self) -> bool:
        return self.until_on is None or self.until_on > clock.today()

    @property
    def last_day(self) -> date | None:
        return self.until_on - timedelta(days=1) if self.until_on else None


class OrganisationAdmin(models.Model):
    """Somebody who keeps the list of people of the own organisation, and sees no content."""

    id: int
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="admins")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="administers")

    organisation_id: int
    person_id: int

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "person"], name="organisation_admin_once")]

    def __str__(self) -> str:
        return f"{self.person} for {self.organisation}"


class Invitation(models.Model):
    """A link that lets whoever holds it join a community, until it is closed or full."""

    id: int
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="invitations")
    token = models.CharField(max_length=43, unique=True)
    level = models.CharField(max_length=12, choices=Level, default=Level.ACTIVE)
    organisation = models.ForeignKey(Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    expires_on = models.DateField()
    closed_at = models.DateTimeField(null=True)
    uses_count = models.PositiveIntegerField(default=0)
    max_uses = models.PositiveIntegerField(default=100)

    community_id: int

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    @property
    def last_day(self) -> date:
        return self.expires_on - timedelta(days=1)

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def is_past(self) -> bool:
        return self.expires_on <= clock.today()

    @property
    def is_full(self) -> bool:
        return self.uses_count >= self.max_uses

    @property
    def is_open(self) -> bool:
        return not (self.is_closed or self.is_past or self.is_full)


class Joining(models.Model):
    """What a newcomer filled in, until the click in the mail: then it becomes a person and a membership.

    Without an invitation it is somebody who follows from the public page.
    """

    id: int
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="joinings")
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, null=True, related_name="joinings")
    ticket = models.OneToOneField(SignInTicket, on_delete=models.CASCADE, related_name="joining")
    given_name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=40, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, related_name="+")
    level = models.CharField(max_length=12, choices=Level)
    language = models.CharField(max_length=5, default="nl")
    asked_at = models.DateTimeField()

    community_id: int
    ticket_id: int

    def __str__(self) -> str:
        return f"joining {self.pk}"


class Labelled(models.Model):
    """An item of a community that bears a label (rule 13)."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="%(class)s_items")
    label = models.CharField(_("who may see this"), max_length=14, choices=Label, default=Label.PROGRAMME)

    community_id: int

    class Meta:
        abstract = True
