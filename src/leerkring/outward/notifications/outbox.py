"""Writing down what has to be told, in the transaction of the fact."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from leerkring.platform import jobs
from leerkring.platform.mail import actions as mail


def enqueue(name: str, *, run_at: datetime | None = None, dedupe: str = "", **arguments: Any) -> None:
    """Nothing, where mail is silenced: a story of long ago is told to nobody."""
    if not mail.is_silenced():
        jobs.enqueue(name, run_at=run_at, dedupe=dedupe, **arguments)
