from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.outward.publishing.publications.models import (  # noqa: F401 - a part of this app
    Author,
    Publication,
    PublicationRevision,
    PublicationText,
    Reaction,
    ReactionChoice,
)
from leerkring.outward.publishing.reports.models import Report  # noqa: F401 - a part of this app


class ContactMessage(models.Model):
    """What somebody without an account wrote to the programme team."""

    id: int
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="contact_messages")
    name = models.CharField(_("your name"), max_length=200)
    address = models.EmailField(_("your e-mail address"), max_length=254)
    text = models.TextField(_("your message"), max_length=5000)
    sent_at = models.DateTimeField()
    device = models.CharField(max_length=64)
    handled_at = models.DateTimeField(null=True)
    handled_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    community_id: int

    class Meta:
        ordering = ["-sent_at", "-id"]
        indexes = [
            models.Index(fields=["device", "sent_at"]),
            models.Index(fields=["community", "handled_at", "sent_at"]),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"

    @property
    def is_handled(self) -> bool:
        return self.handled_at is not None
