"""The link in a letter with which somebody who was there answers without signing in."""

from __future__ import annotations

from django.core import signing
from django.urls import reverse

from leerkring.community.meetings.models import Meeting
from leerkring.community.people.models import Person

SALT = "leerkring.community.meetings.evaluation"
_signer = signing.Signer(salt=SALT)


def path_of_evaluation(meeting: Meeting, person: Person) -> str:
    return reverse("meetings:evaluation_link", args=[_signer.sign_object([meeting.pk, person.pk])])


def asked_in(token: str) -> tuple[int, int] | None:
    """The ids of meeting and person; None when the link was not made here. It works for as long as one can answer."""
    try:
        meeting_id, person_id = _signer.unsign_object(token)
        return int(meeting_id), int(person_id)
    except (signing.BadSignature, TypeError, ValueError):
        return None
