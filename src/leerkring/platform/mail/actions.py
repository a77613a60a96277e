"""Write one e-mail in the reader's language; a job hands it over after the transaction that wants it is committed.

A message is a folder of templates: `<template>.subject.txt`, `<template>.txt` and, if plain words in our letter are not
enough, `<template>.html`.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.template import Context, TemplateDoesNotExist
from django.template.loader import get_template, render_to_string
from django.utils import translation

from leerkring.platform import clock, jobs
from leerkring.platform.mail.models import Letter

_silent: ContextVar[bool] = ContextVar("silent", default=False)


@contextmanager
def silenced() -> Iterator[None]:
    """Nothing is written inside: for a story that is told of long ago."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)


def send(
    *,
    to: str,
    template: str,
    context: Mapping[str, Any],
    language: str,
    key: str = "",
    reply_to: Iterable[str] = (),
    kind: str = "",
    unsubscribe_url: str = "",
    calendar: bytes | None = None,
    calendar_method: str = "",
    until: datetime | None = None,
    urgent: bool = False,
) -> Letter | None:
    """Render now, hand over to the mail server after commit.

    The same `key` is the same letter: it always has the same Message-ID, and is written once. After `until` it is not
    handed over any more. An urgent one goes before others. None where mail is silenced.
    """
    if _silent.get():
        return None
    with translation.override(language):
        shown = {**context, "language": language, "base_url": settings.BASE_URL, "unsubscribe_url": unsubscribe_url}
        subject, body, html = _render(template, shown)
    letter = Letter(
        message_id=_message_id(key),
        kind=kind or template,
        address=to,
        language=language,
        subject=subject,
        body=body,
        html=html,
        calendar=calendar.decode() if calendar else "",
        calendar_method=calendar_method if calendar else "",
        reply_to=list(reply_to),
        unsubscribe_url=unsubscribe_url,
        written_at=clock.now(),
        until=until,
    )
    try:
        with transaction.atomic():
            letter.save(force_insert=True)
            jobs.enqueue("mail.hand_over", urgent=urgent, letter_id=letter.pk)
    except IntegrityError:
        return Letter.objects.get(message_id=letter.message_id)
    return letter


def _render(template: str, context: dict[str, Any]) -> tuple[str, str, str]:
    subject = " ".join(_plain(f"{template}.subject.txt", context).split())
    body = _plain(f"{template}.txt", context).strip() + "\n"
    try:
        html = render_to_string(f"{template}.html", context)
    except TemplateDoesNotExist:
        html = render_to_string("mail/letter.html", {**context, "subject": subject, "body": body})
    return subject, body, html


def _plain(template: str, context: dict[str, Any]) -> str:
    """Text for a mail reader: names with an ampersand stay as they are."""
    found = get_template(template)
    text: str = found.template.render(Context(context, autoescape=False))  # type: ignore[attr-defined]
    return text


def _message_id(key: str) -> str:
    name = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    if not key:
        return f"<{secrets.token_hex(16)}@{name}>"
    return f"<{hmac.new(settings.SECRET_KEY.encode(), f'mail:{key}'.encode(), hashlib.sha256).hexdigest()[:32]}@{name}>"
