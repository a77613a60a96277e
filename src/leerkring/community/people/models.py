from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leerkring.community.accounts.models import Account
from leerkring.community.people.enums import Digest, OrganisationKind


class Organisation(models.Model):
    """A municipality, region, knowledge institute, company or civic initiative."""

    id: int
    name = models.CharField(_("name"), max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind, default=OrganisationKind.MUNICIPALITY)
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A part of an organisation; parts can have parts."""

    id: int
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="units")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=20, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    organisation_id: int
    parent_id: int | None

    class Meta:
        ordering = ["position", "name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="unit_name_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        return self.short_name or "".join(word[0] for word in self.name.split() if word[0].isupper())[:3]


class PolicyField(models.Model):
    """Waste, economy, youth care ..."""

    id: int
    name = models.CharField(_("name"), max_length=100, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """A human being. Names are kept letter by letter; `name_key` sorts them by last name as the Dutch do."""

    id: int
    account = models.OneToOneField(Account, on_delete=models.PROTECT, null=True, related_name="person")
    given_name = models.CharField(_("first name"), max_length=100)
    prefix = models.CharField(_("prefix, such as 'van der'"), max_length=40, blank=True)
    family_name = models.CharField(_("last name"), max_length=100, blank=True)
    name_key = models.CharField(max_length=250, db_index=True, editable=False)
    policy_field = models.ForeignKey(
        PolicyField,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("policy field"),
    )
    digest = models.CharField(_("overview by mail"), max_length=10, choices=Digest, default=Digest.WEEKLY)
    is_sample = models.BooleanField(default=False)
    left_at = models.DateTimeField(null=True)

    account_id: int | None
    policy_field_id: int | None
    _standing: tuple[int, Any] | None = None

    class Meta:
        ordering = ["name_key", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        if self.left_at is not None and not self.given_name:
            return gettext("Somebody who left")
        return " ".join(part for part in (self.given_name, self.prefix, self.family_name) if part)

    @property
    def initials(self) -> str:
        if not self.given_name:
            return "–"
        return (self.given_name[:1] + (self.family_name[:1] or self.given_name[1:2])).upper()
