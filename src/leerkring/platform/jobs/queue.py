"""Writing jobs down, and the workers of this process that wait for them."""

from __future__ import annotations

import threading
from datetime import datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import transaction

from leerkring.platform import clock
from leerkring.platform.jobs import registry, running
from leerkring.platform.jobs.enums import State

URGENT, USUAL = 0, 5

wakers: set[threading.Event] = set()


def enqueue(
    name: str, *, run_at: datetime | None = None, dedupe: str = "", urgent: bool = False, **arguments: Any
) -> None:
    """Write a job down in the present transaction; a worker does it after commit, or at `run_at`.

    While one with the same `dedupe` waits, no second is written: the one that waits gets these arguments and the
    earlier of both moments. An urgent one goes before others: somebody looks at a screen until it is done.
    """
    if name not in registry.tasks:
        raise LookupError(f"No job is named {name}")
    now = clock.now()
    due_at = run_at or now
    job = apps.get_model("jobs", "Job")(
        name=name,
        arguments=arguments,
        urgency=URGENT if urgent else USUAL,
        made_at=now,
        due_at=due_at,
        dedupe=dedupe,
    )
    with transaction.atomic():
        if dedupe:
            job = _put_once(job)
        else:
            job.save(force_insert=True)
        if due_at <= now:
            transaction.on_commit(lambda: _tell(job.pk))


def _put_once(job: Any) -> Any:
    """Touches the row that waits, so that no worker takes it before this transaction is committed."""
    job.waiting_key = job.key
    jobs = type(job).objects
    jobs.bulk_create([job], update_conflicts=True, unique_fields=["waiting_key"], update_fields=["arguments"])
    waiting = jobs.filter(waiting_key=job.waiting_key)
    waiting.filter(due_at__gt=job.due_at).update(due_at=job.due_at)
    waiting.filter(urgency__gt=job.urgency).update(urgency=job.urgency)
    return waiting.get()


def _tell(job_id: int) -> None:
    if getattr(settings, "JOBS_RUN_AT_ONCE", False):
        running.run_now(job_id)
    for waker in list(wakers):
        waker.set()


def hasten(name: str, *, error: str) -> int:
    """What stopped these jobs is gone: those that wait because of it are due now. Says how many that are."""
    waiting = apps.get_model("jobs", "Job").objects.filter(name=name, state=State.WAITING, error=error)
    count: int = waiting.filter(due_at__gt=clock.now()).update(due_at=clock.now())
    return count
