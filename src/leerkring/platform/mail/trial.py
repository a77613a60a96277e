"""A trial letter, sent while the operator looks on: what happened, in a sentence that says what to do."""

import smtplib
import ssl
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import get_connection

from leerkring.platform.mail.composing import letter_of, message_of

URL = "LEERKRING_SMTP_URL"
SENTENCES: list[tuple[type[Exception] | tuple[type[Exception], ...], str]] = [
    (smtplib.SMTPAuthenticationError, "{server} does not accept the name and password of {url} ({answer})."),
    (smtplib.SMTPSenderRefused, "{server} does not accept our sender ({answer}). Look at LEERKRING_MAIL_FROM."),
    (smtplib.SMTPRecipientsRefused, "{server} does not take mail for {address} ({answer})."),
    (smtplib.SMTPDataError, "{server} does not want this letter ({answer})."),
    (
        smtplib.SMTPNotSupportedError,
        "{server} does not do what {url} asks: {answer}. Try smtp://, smtp+starttls:// or smtps://.",
    ),
    (smtplib.SMTPResponseException, "{server} will not talk to us ({answer})."),
    (ssl.SSLError, "{server} and we agree on no safe line ({answer}). Try smtps:// or smtp+starttls:// in {url}."),
    (
        (smtplib.SMTPServerDisconnected, TimeoutError),
        "{server} does not answer, or broke off. Is the port right for the scheme of {url}?",
    ),
    (OSError, "{server} cannot be reached: {answer}. Look at {url}, and whether a firewall is between."),
    (Exception, "No letter can be written to {address}: {answer}."),
]
"""The first that fits."""


@dataclass(frozen=True)
class Outcome:
    worked: bool
    said: str


def try_out(address: str, language: str) -> Outcome:
    """Past the queue and kept nowhere."""
    letter = letter_of(to=address, template="mail/trial", context={}, language=language, key="")
    line = get_connection()
    try:
        line.open()
        line.send_messages([message_of(letter)])
    except (OSError, ValueError) as error:
        return Outcome(False, _sentence(error, address))
    finally:
        line.close()
    if not settings.ENVIRONMENT.smtp_url:
        folder = settings.DATA / "mail"
        return Outcome(True, f"No mail server is set, so the letter is a file in {folder}. Set {URL} to send mail.")
    return Outcome(
        True,
        f"The mail server took the letter, as {letter.message_id}. Look in the mailbox of {address}, also among the "
        f"unwanted mail. Is it not there? Then ask the keeper of the domain of {settings.DEFAULT_FROM_EMAIL} whether "
        "this mail server may send for it (SPF and DKIM).",
    )


def _sentence(error: Exception, address: str) -> str:
    values = {
        "server": f"The mail server {getattr(settings, 'EMAIL_HOST', '')}:{getattr(settings, 'EMAIL_PORT', '')}",
        "answer": _answer(error),
        "address": address,
        "url": URL,
    }
    return next(sentence for kind, sentence in SENTENCES if isinstance(error, kind)).format(**values)


def _answer(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _words(*next(iter(error.recipients.values())))
    if isinstance(error, smtplib.SMTPResponseException):
        return _words(error.smtp_code, error.smtp_error)
    return str(getattr(error, "strerror", None) or error)


def _words(code: int, text: bytes | str) -> str:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"{code} {' '.join(words.split())}".strip()
