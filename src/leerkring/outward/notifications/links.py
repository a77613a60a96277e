"""Links in letters that work without signing in: signed, for one purpose. GET shows, POST acts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse

from leerkring.community.meetings.models import Meeting
from leerkring.community.people.models import Person

STOP = "notifications.stop"
ANSWER = "notifications.answer"


@dataclass(frozen=True)
class Stop:
    person_id: int
    kind: str


@dataclass(frozen=True)
class Answer:
    person_id: int
    meeting_id: int


def stop_token(person: Person, kind: str) -> str:
    """Has no term: who finds an old letter may still say no."""
    return signing.dumps([person.pk, kind], salt=STOP, compress=True)


def stop_url(person: Person, kind: str) -> str:
    return settings.BASE_URL + reverse("notifications:mail_stop", args=[stop_token(person, kind)])


def read_stop(token: str) -> Stop | None:
    values = _read(token, STOP)
    return Stop(*values) if values else None


def answer_token(person: Person, meeting: Meeting) -> str:
    """Ends with the meeting: then nobody can sign up or off any more."""
    return signing.dumps([person.pk, meeting.pk], salt=ANSWER, compress=True)


def answer_url(person: Person, meeting: Meeting) -> str:
    return settings.BASE_URL + reverse("notifications:answer_page", args=[answer_token(person, meeting)])


def read_answer(token: str) -> Answer | None:
    values = _read(token, ANSWER)
    return Answer(*values) if values else None


def _read(token: str, salt: str) -> Any:
    try:
        return signing.loads(token, salt=salt)
    except signing.BadSignature:
        return None
