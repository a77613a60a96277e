"""Send one e-mail in the reader's language, when the transaction that wants it is committed.

A message is a folder of templates: `<template>.subject.txt`, `<template>.txt` and, if plain words in our letter are not
enough, `<template>.html`.
"""

import hashlib
import hmac
import logging
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template import Context, TemplateDoesNotExist
from django.template.loader import get_template, render_to_string
from django.utils import translation

logger = logging.getLogger(__name__)


@dataclass
class Delivery:
    """How it went. Look after the transaction: before that nothing is sent."""

    message_id: str
    sent: bool = field(default=False, init=False)
    failed: bool = field(default=False, init=False)


def send(
    *,
    to: str,
    template: str,
    context: Mapping[str, Any],
    language: str,
    key: str = "",
    reply_to: Iterable[str] = (),
) -> Delivery:
    """Render now, hand over to the mail server after commit.

    The same `key` always gives the same Message-ID, so that a repeat is recognised as one.
    """
    with translation.override(language):
        message = _make_message(to, template, {**context, "language": language, "base_url": settings.BASE_URL})
    message.reply_to = list(reply_to)
    message.extra_headers = {
        "Message-ID": _message_id(key),
        "Date": formatdate(),
        "Content-Language": language,
        # Keeps absence notices away.
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    delivery = Delivery(message.extra_headers["Message-ID"])
    transaction.on_commit(lambda: _hand_over(message, delivery))
    return delivery


def _hand_over(message: EmailMultiAlternatives, delivery: Delivery) -> None:
    """Give the message to the mail server. A failure is logged without addresses and told to the caller."""
    try:
        message.send()
    except (OSError, ValueError) as error:
        # smtplib's errors are OSErrors; their texts may hold addresses.
        delivery.failed = True
        logger.error("Mail %s was not handed over: %s", delivery.message_id, type(error).__name__)  # noqa: TRY400
    else:
        delivery.sent = True


def _make_message(to: str, template: str, context: dict[str, Any]) -> EmailMultiAlternatives:
    subject = " ".join(_plain(f"{template}.subject.txt", context).split())
    body = _plain(f"{template}.txt", context).strip() + "\n"
    message = EmailMultiAlternatives(subject=subject, body=body, to=[to])
    try:
        letter = render_to_string(f"{template}.html", context)
    except TemplateDoesNotExist:
        letter = render_to_string("mail/letter.html", {**context, "subject": subject, "body": body})
    message.attach_alternative(letter, "text/html")
    return message


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
