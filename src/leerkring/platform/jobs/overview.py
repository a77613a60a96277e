"""What an operator sees of the jobs, and the one thing to do about them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils.timezone import localtime

from leerkring.platform import clock
from leerkring.platform.jobs.enums import State
from leerkring.platform.jobs.models import Job, Recurring

OVERDUE = timedelta(minutes=5)


def counts() -> dict[str, int]:
    found = dict(Job.objects.order_by().values_list("state").annotate(Count("id")))
    return {state.value: found.get(state.value, 0) for state in State}


def listed(state: str, most: int) -> list[Job]:
    """Of one state, or without it whatever is not done; the newest last."""
    jobs = Job.objects.filter(state=state) if state else Job.objects.exclude(state=State.DONE)
    return sorted(jobs.order_by("-id")[:most], key=lambda job: job.pk)


def overdue_count() -> int:
    """What nobody takes: there is no worker, or far too much work for it."""
    return Job.objects.filter(due_at__lt=clock.now() - OVERDUE).count()


def as_row(job: Job) -> dict[str, Any]:
    moment = job.due_at or job.ended_at or job.made_at
    return {
        "id": job.pk,
        "name": job.name,
        "state": job.state,
        "attempts": job.attempts,
        "at": f"{localtime(moment):%Y-%m-%d %H:%M}",
        "error": job.error,
    }


def recurring() -> dict[str, str]:
    return {row.name: f"{localtime(row.next_at):%Y-%m-%d %H:%M}" for row in Recurring.objects.order_by("name")}


def retry(job_id: int | None = None) -> int:
    """Have one dead job tried again from the start, or all; says how many."""
    dead = Job.objects.filter(state=State.DEAD).order_by("id")
    return sum(_retry(job) for job in (dead if job_id is None else dead.filter(pk=job_id)))


def _retry(job: Job) -> int:
    with transaction.atomic():
        dead = Job.objects.filter(pk=job.pk, state=State.DEAD)
        if job.key is not None and Job.objects.filter(waiting_key=job.key).exists():
            # The same work waits already.
            return dead.update(state=State.DONE)
        return dead.update(
            state=State.WAITING, attempts=0, due_at=clock.now(), ended_at=None, error="", waiting_key=job.key
        )
