"""The line to the mail server, kept open from letter to letter by the thread that sends them."""

import contextlib
import smtplib
import threading
import time
from typing import Any

from django.core.mail import EmailMessage, get_connection

from leerkring.platform import jobs

LETTERS = 100
"""On one line; mail servers end a line that goes on for ever."""
SILENT = 1.0
"""Seconds after which we ask whether the other side is still there."""

_mine = threading.local()


def open_line() -> Any:
    """A line that is open. Raises OSError when there is none to be had."""
    line = getattr(_mine, "line", None)
    if line is not None and (_mine.count >= LETTERS or not _answers(line)):
        close_line()
        line = None
    if line is None:
        line = get_connection()
        line.open()
        _mine.line, _mine.count, _mine.used = line, 0, time.monotonic()
    return line


def hand(message: EmailMessage) -> None:
    """Raises what the mail server has against it. Afterwards the line may be closed."""
    line = open_line()
    _mine.count += 1
    try:
        line.send_messages([message])
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError):
        # A whole conversation, that only ended in a no.
        raise
    except Exception:
        close_line()
        raise
    _mine.used = time.monotonic()


@jobs.when_idle
def close_line() -> None:
    line = getattr(_mine, "line", None)
    _mine.line = None
    if line is not None:
        with contextlib.suppress(OSError):
            line.close()


def _answers(line: Any) -> bool:
    session = getattr(line, "connection", None)
    if not isinstance(session, smtplib.SMTP):
        return True
    try:
        return session.sock is not None and (time.monotonic() - _mine.used < SILENT or session.noop()[0] == 250)
    except OSError:
        return False
