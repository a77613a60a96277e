from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from leerkring.community.memberships.models import Labelled
from leerkring.community.people.models import Person
from leerkring.cycle.insights.stories.enums import Value

LONGEST = 300


class ValueStory(Labelled):
    """Short, and its teller's own: they say who may read it, and take that back. Until then only they see it."""

    id: int
    teller = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="stories")
    immediate = models.CharField(_("what it did to me at once"), max_length=LONGEST, blank=True)
    potential = models.CharField(_("what I have in hand since then"), max_length=LONGEST, blank=True)
    applied = models.CharField(_("what I did with it"), max_length=LONGEST, blank=True)
    realised = models.CharField(_("what that brought about"), max_length=LONGEST, blank=True)
    transformative = models.CharField(_("what is different for good"), max_length=LONGEST, blank=True)
    is_named = models.BooleanField(_("with my name, outside the programme too"), default=False)
    told_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    teller_id: int

    class Meta:
        ordering = ["-told_at", "-id"]
        indexes = [models.Index(fields=["community", "-told_at"])]

    def __str__(self) -> str:
        return self.opening

    @property
    def is_shown(self) -> bool:
        return self.shown_at is not None

    @property
    def parts(self) -> list[tuple[Value, str]]:
        """All five, empty ones among them, in their order."""
        return [(value, getattr(self, value.value)) for value in Value]

    @property
    def told(self) -> list[tuple[Value, str]]:
        return [(value, text) for value, text in self.parts if text]

    @property
    def opening(self) -> str:
        """The first thing that it says."""
        return self.told[0][1] if self.told else ""
