from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leerkring.community.people.models import Person
from leerkring.direction.programmes.enums import Completion


class CompletionException(models.Model):
    """The team decides otherwise than the rule, for a reason that the person can read. Taken back, it stays to read."""

    id: int
    enrolment = models.ForeignKey("programmes.Enrolment", on_delete=models.CASCADE, related_name="exceptions")
    completion = models.CharField(_("completion"), max_length=8, choices=Completion)
    reason = models.CharField(_("reason"), max_length=300)
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    taken_back_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True)

    enrolment_id: int

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(taken_back_at__isnull=True), name="one_exception_stands"
            )
        ]

    def __str__(self) -> str:
        return f"{self.completion} for {self.enrolment_id}"


class Certificate(models.Model):
    """What somebody attended, on paper, as it stood when it was issued: `data` never change.

    It outlives the enrolment, the edition and the person: whoever holds the paper can still have it checked. Of
    somebody who left, name and meetings go, and the check says that the name was removed.
    """

    id: int
    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.SET_NULL, null=True, related_name="certificates"
    )
    edition = models.ForeignKey("programmes.Edition", on_delete=models.SET_NULL, null=True, related_name="certificates")
    enrolment = models.ForeignKey(
        "programmes.Enrolment", on_delete=models.SET_NULL, null=True, related_name="certificates"
    )
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="certificates")
    name = models.CharField(max_length=300, blank=True)
    number = models.CharField(_("number"), max_length=20)
    code = models.CharField(_("code"), max_length=16, unique=True)
    data = models.JSONField()
    issued_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    issued_at = models.DateTimeField()
    revoked_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    revoke_reason = models.CharField(_("reason"), max_length=300, blank=True)

    programme_id: int | None
    edition_id: int | None
    enrolment_id: int | None
    person_id: int | None

    class Meta:
        ordering = ["number", "id"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="certificate_number_once"),
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(revoked_at__isnull=True), name="one_certificate_stands"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None

    @property
    def holder(self) -> str:
        """The name as it was issued; nothing once the person left, also before a job has emptied the row."""
        gone = self.person is None or self.person.left_at is not None
        return "" if gone else self.name

    @property
    def completion(self) -> Completion:
        return Completion(self.data["completion"])

    @property
    def spelled_code(self) -> str:
        """In fours, as it stands on the paper."""
        return "-".join(self.code[start : start + 4] for start in range(0, len(self.code), 4))

    def says_the_same_as(self, data: dict[str, Any]) -> bool:
        """Whether the paper would still be the same today. A title that was changed is no reason for another one."""
        names = ("completion", "is_by_team", "attended_count", "meetings_count")
        if any(self.data[name] != data[name] for name in names):
            return False
        return _attended(self.data) == _attended(data)


def _attended(data: dict[str, Any]) -> set[tuple[int, int, str]]:
    return {(meeting["id"], meeting["minutes"], meeting["day"]) for meeting in data["meetings"]}


class WrongCertificateCode(models.Model):
    """A code that no certificate has: counted by device, never by network address. Kept for a day."""

    id: int
    device = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["device", "at"]), models.Index(fields=["at"])]

    def __str__(self) -> str:
        return f"wrong code {self.pk}"
