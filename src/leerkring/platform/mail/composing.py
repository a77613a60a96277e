"""A letter as it is written down, and as it goes over the line.

A message is a folder of templates: `<template>.subject.txt`, `<template>.txt` and, if plain words in our letter are not
enough, `<template>.html`.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from email.utils import format_datetime, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context, TemplateDoesNotExist
from django.template.loader import get_template, render_to_string
from django.utils import translation

from leerkring.platform import clock
from leerkring.platform.mail.models import Letter


def letter_of(*, to: str, template: str, context: Mapping[str, Any], language: str, key: str, **more: Any) -> Letter:
    """In the language of its reader; not kept yet."""
    with translation.override(language):
        shown = {**context, "language": language, "base_url": settings.BASE_URL}
        subject = " ".join(_plain(f"{template}.subject.txt", shown).split())
        body = _plain(f"{template}.txt", shown).strip() + "\n"
        html = _html(template, {**shown, "subject": subject, "body": body})
    return Letter(
        message_id=_message_id(key),
        address=to,
        language=language,
        subject=subject,
        body=body,
        html=html,
        written_at=clock.now(),
        **more,
    )


def message_of(letter: Letter) -> EmailMultiAlternatives:
    """The same at each attempt, so that a mail program that gets it twice knows it again."""
    message = EmailMultiAlternatives(subject=letter.subject, body=letter.body, to=[letter.address])
    message.reply_to = list(letter.reply_to)
    message.attach_alternative(letter.html, "text/html")
    if letter.calendar:
        # Beside the text, not attached to it: Outlook and Gmail then ask for an answer, others show what it is.
        message.attach_alternative(letter.calendar, f"text/calendar; method={letter.calendar_method}")
    message.extra_headers = {
        "Message-ID": letter.message_id,
        "Date": format_datetime(letter.written_at),
        "Content-Language": letter.language,
        # Keeps absence notices away.
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if letter.unsubscribe_url:
        message.extra_headers["List-Unsubscribe"] = f"<{letter.unsubscribe_url}>"
        message.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return message


def _html(template: str, context: dict[str, Any]) -> str:
    try:
        return render_to_string(f"{template}.html", context)
    except TemplateDoesNotExist:
        return render_to_string("mail/letter.html", context)


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
