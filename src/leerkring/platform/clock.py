"""The one source of time, so that tests and the sample story can move it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_moved: ContextVar[datetime | None] = ContextVar("moved", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _moved.get() or timezone.now()  # noqa: TID251 - the one place


def today() -> date:
    """The present day where the installation is (settings.TIME_ZONE)."""
    return timezone.localtime(now()).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let the block take place at `moment` (aware)."""
    if timezone.is_naive(moment):
        raise ValueError("clock.at needs a moment with a time zone")
    token = _moved.set(moment)
    try:
        yield
    finally:
        _moved.reset(token)
