from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from leerkring.formats.werkplaats.enums import AskKind
from leerkring.formats.werkplaats.models.posts import VOTER_LENGTH
from leerkring.formats.werkplaats.models.rooms import Round


class Ask(models.Model):
    """One question to look back with."""

    id: int
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="asks")
    text = models.CharField(_("question"), max_length=300)
    kind = models.CharField(_("kind of answer"), max_length=5, choices=AskKind, default=AskKind.SCALE)
    position = models.PositiveSmallIntegerField()
    removed_at = models.DateTimeField(null=True)

    round_id: int

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.text


class Reply(models.Model):
    """What one voter answers; it can be changed until the round is closed."""

    id: int
    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="replies")
    voter = models.CharField(max_length=VOTER_LENGTH)
    number = models.PositiveSmallIntegerField(null=True, validators=[MinValueValidator(1), MaxValueValidator(5)])
    text = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    ask_id: int

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ask", "voter"], name="one_reply")]

    def __str__(self) -> str:
        return str(self.number or self.text)
