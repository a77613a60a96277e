from __future__ import annotations

from typing import Any

from django.db import models

from leerkring.platform.mail.enums import LetterState

EMPTY: dict[str, Any] = {
    "subject": "", "body": "", "html": "", "calendar": "", "calendar_method": "", "reply_to": [], "unsubscribe_url": "",
}  # fmt: skip


class Letter(models.Model):
    """One e-mail to one address, from the moment that it is written until a mail server has it.

    Its texts are emptied as soon as the mail server has accepted it.
    """

    id: int
    message_id = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=80)
    address = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=5)
    subject = models.TextField(blank=True)
    body = models.TextField(blank=True)
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True)
    calendar_method = models.CharField(max_length=10, blank=True)
    reply_to = models.JSONField(default=list)
    unsubscribe_url = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=LetterState, default=LetterState.WAITING)
    written_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    """From then on nobody is served by it: the term of a code, the start of a meeting."""
    attempts = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    repeats = models.PositiveSmallIntegerField(default=0)
    """How often it was handed over again because the server's answer was lost: it may have come twice."""
    answer = models.CharField(max_length=20, blank=True)
    """The code of the last answer that was no yes, as 550, or as 5.1.1 when the letter came back later; never its text,
    which may name people."""

    class Meta:
        indexes = [
            models.Index(fields=["state", "written_at"], name="letter_state"),
            models.Index(fields=["address"], name="letter_address"),
            models.Index(fields=["accepted_at"], name="letter_accepted"),
        ]

    def __str__(self) -> str:
        return f"letter {self.pk}"
