from __future__ import annotations

from typing import Any

from django.db import models

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.outward.notifications import kinds
from leerkring.outward.notifications.enums import GOES_OUT, TOLD
from leerkring.platform.mail.enums import LetterState
from leerkring.platform.mail.models import Letter


class Muted(models.Model):
    """A kind of letters that a person does not want."""

    id: int
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="muted")
    kind = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="muted_once")]

    def __str__(self) -> str:
        return self.kind


class Notice(models.Model):
    """That a person was told something, once: `key` says what. The letter itself is emptied when it has gone."""

    id: int
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    community = models.ForeignKey(Community, on_delete=models.CASCADE, null=True, related_name="notices")
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=160, unique=True)
    about = models.CharField(max_length=200, blank=True)
    """In a few words, for the team; never what a person wrote."""
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, null=True, related_name="notices")
    moment = models.CharField(max_length=12, blank=True)
    seen: dict[str, Any] = models.JSONField(default=dict)  # type: ignore[assignment]
    """The meeting as it was told, so that a change can be told from what was."""
    letter = models.ForeignKey(Letter, on_delete=models.SET_NULL, null=True, related_name="notices")
    """Empty when the person switched this kind off: it was not sent, and will not be later."""
    at = models.DateTimeField()

    person_id: int
    meeting_id: int | None
    letter_id: int | None

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["community", "at"], name="notice_of_programme"),
            models.Index(fields=["meeting", "person"], name="notice_of_meeting"),
        ]

    def __str__(self) -> str:
        return f"notice {self.pk} {self.kind}"

    @property
    def of_kind(self) -> kinds.Kind | None:
        """None for a kind that is no longer there."""
        return kinds.named(self.kind)

    @property
    def is_in_calendar(self) -> bool:
        """After this one, if it was the last: the invitation was sent, and no cancellation."""
        return self.moment in TOLD and self.moment not in GOES_OUT and self.letter_id is not None

    @property
    def has_arrived(self) -> bool:
        return self.letter is not None and self.letter.state == LetterState.ACCEPTED

    @property
    def is_refused(self) -> bool:
        return self.letter is not None and self.letter.state == LetterState.REFUSED

    @property
    def is_stuck(self) -> bool:
        return self.letter is not None and self.letter.state == LetterState.GIVEN_UP

    @property
    def came_too_late(self) -> bool:
        return self.letter is not None and self.letter.state == LetterState.LATE
