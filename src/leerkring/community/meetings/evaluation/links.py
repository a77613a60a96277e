"""The link in a letter with which somebody who was there, a guest too, answers without signing in."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.urls import reverse

from leerkring.community.meetings.models import Meeting, Seat
from leerkring.community.people.models import Person

SALT = "leerkring.community.meetings.evaluation"
_signer = signing.Signer(salt=SALT)


GUEST = "seat"


def path_of_evaluation(meeting: Meeting, person: Person) -> str:
    return reverse("meetings:evaluation_link", args=[_signer.sign_object([meeting.pk, person.pk])])


def path_for_guest(seat: Seat) -> str:
    return reverse("meetings:evaluation_link", args=[_signer.sign_object([seat.meeting_id, seat.pk, GUEST])])


def asked_in(token: str) -> tuple[int, int] | None:
    """The ids of meeting and person; None when the link was not made here. It works for as long as one can answer."""
    found = _read(token)
    return (found[0], found[1]) if len(found) == 2 else None


def guest_asked_in(token: str) -> tuple[int, int] | None:
    """The ids of meeting and seat of a guest."""
    found = _read(token)
    return (found[0], found[1]) if found[2:] == [GUEST] else None


def _read(token: str) -> list[Any]:
    try:
        meeting_id, asked_id, *kind = _signer.unsign_object(token)
        return [int(meeting_id), int(asked_id), *kind]
    except (signing.BadSignature, TypeError, ValueError):
        return []
