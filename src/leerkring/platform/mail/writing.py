"""Write one e-mail; a job hands it over after the transaction that wants it is committed.

No fact of its own: each letter comes of one, and is itself kept.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from leerkring.platform import jobs
from leerkring.platform.mail.composing import letter_of
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


def is_silenced() -> bool:
    return _silent.get()


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
    """Render now, hand over to the mail server after commit. None where mail is silenced.

    The same `key` is the same letter: it has one Message-ID and is written once. After `until` it is not handed over
    any more. An urgent one goes before others. Templates may use `unsubscribe_url`.
    """
    if _silent.get():
        return None
    letter = letter_of(
        to=to,
        template=template,
        context={**context, "unsubscribe_url": unsubscribe_url},
        language=language,
        key=key,
        kind=kind or template,
        reply_to=list(reply_to),
        unsubscribe_url=unsubscribe_url,
        calendar=calendar.decode() if calendar else "",
        calendar_method=calendar_method if calendar else "",
        until=until,
    )
    try:
        with transaction.atomic():
            letter.save(force_insert=True)
            jobs.enqueue("mail.hand_over", urgent=urgent, letter_id=letter.pk)
    except IntegrityError:
        return Letter.objects.get(message_id=letter.message_id)
    return letter
