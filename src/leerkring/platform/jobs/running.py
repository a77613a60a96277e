"""Taking a job and running it: a lease, a few attempts with ever longer waits, and what is left of it."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import traceback
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import IntegrityError, connection, transaction

from leerkring.platform import clock
from leerkring.platform.jobs import registry
from leerkring.platform.jobs.enums import State

if TYPE_CHECKING:
    from leerkring.platform.jobs.models import Job

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=30)
"""For a worker that renews it every ten seconds while the job runs."""
LONG_LEASE = timedelta(minutes=10)
"""For who runs a job without a heart beside it."""
FIRST_WAIT = 30.0
LONGEST_WAIT = 6 * 3600.0

_CLAIM = """
    UPDATE jobs_job
    SET state = 'running', due_at = %s, leased_by = %s, attempts = attempts + 1, waiting_key = NULL,
        error = CASE WHEN state = 'running' THEN 'Interrupted' ELSE error END
    WHERE id = ({found})
    RETURNING id
"""
_NEXT = "SELECT id FROM jobs_job WHERE due_at <= %s AND urgency <= %s ORDER BY urgency, due_at, id LIMIT 1"
_THIS = "SELECT id FROM jobs_job WHERE id = %s AND state = 'waiting'"


def run_due(limit: int | None = None) -> int:
    """Run in this thread what is due, and say how many that were. What recurs is only planned by a worker."""
    count = 0
    while limit is None or count < limit:
        job = claim(lease=LONG_LEASE)
        if job is None:
            break
        run(job)
        count += 1
    be_idle()
    return count


def run_now(job_id: int) -> None:
    """Run this very job in this thread, if nobody has it. What is wrong in its code is raised."""
    job = _claim(LONG_LEASE, _THIS, job_id)
    if job is not None:
        run(job, raises=True)
        be_idle()


def claim(*, lease: timedelta = LEASE, least_urgent: int = 5) -> Job | None:
    """The next job that is due, now of this process alone until the lease runs out."""
    now = clock.now()
    # Looking first keeps a worker without work from asking for the one right to write that SQLite gives.
    if not _jobs().filter(due_at__lte=now, urgency__lte=least_urgent).exists():
        return None
    return _claim(lease, _NEXT, _moment(now), least_urgent)


def _claim(lease: timedelta, found: str, *parameters: Any) -> Job | None:
    if connection.vendor == "postgresql":
        found += " FOR UPDATE SKIP LOCKED"
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM.format(found=found), [_moment(clock.now() + lease), me(), *parameters])
        rows = cursor.fetchall()
    return _jobs().get(pk=rows[0][0]) if rows else None


def run(job: Job, *, raises: bool = False) -> None:
    """Run a job that was claimed, and write down how it ended."""
    task = registry.tasks.get(job.name)
    if task is None:
        # Of another version of Leerkring, which may come back.
        _put_back(job, "UnknownJob")
        return
    if job.attempts > task.attempts:
        # Taken each time and never brought to an end: it may be what ends the process.
        bury(job, job.error)
        return
    try:
        task.function(**job.arguments)
    except registry.TryLater as hindrance:
        _put_back(job, hindrance.reason)
    except Exception as error:
        logger.error("Job %s %s failed: %s at %s", job.pk, job.name, type(error).__name__, _place(error))  # noqa: TRY400
        _put_back(job, type(error).__name__)
        if raises:
            raise
    else:
        _still_mine(job).update(state=State.DONE, due_at=None, leased_by="", ended_at=clock.now())


def bury(job: Job, error: str) -> None:
    """No attempt is left: it stays where the operator sees it, and the newest of its kind alone."""
    task = registry.tasks.get(job.name)
    with transaction.atomic():
        ended = {"due_at": None, "leased_by": "", "ended_at": clock.now(), "error": error[:80]}
        if not _still_mine(job).update(state=State.DEAD, **ended):
            return
        if job.dedupe:
            _jobs().filter(name=job.name, dedupe=job.dedupe, state=State.DEAD).exclude(pk=job.pk).delete()
        if task is not None and task.given_up is not None:
            task.given_up(**job.arguments)
    logger.error("Job %s %s is given up after %s attempts: %s", job.pk, job.name, job.attempts, error)


def renew(job: Job) -> None:
    _still_mine(job).update(due_at=clock.now() + LEASE)


def wait_after(attempts: int) -> timedelta:
    """Twice as long after each attempt, and for no two jobs alike."""
    seconds = min(FIRST_WAIT * 2.0 ** (attempts - 1), LONGEST_WAIT)
    return timedelta(seconds=seconds * (0.75 + secrets.randbelow(5000) / 10_000))


def be_idle() -> None:
    for hook in registry.idle_hooks:
        hook()


def me() -> str:
    """This process, so that another one on this machine can see whether it is still there."""
    return _named(os.getpid())


@cache
def _named(pid: int) -> str:
    return f"{_room()}:{pid}:{secrets.token_hex(4)}"


@cache
def _room() -> str:
    """The machine, or the container on it: where a process id means one process."""
    try:
        inner = Path("/proc/self/ns/pid").stat().st_ino
    except OSError:
        inner = 0
    return f"{socket.gethostname()[:100].replace(':', '-')}:{inner}"


def release_dead() -> int:
    """Take back the leases of processes of this machine that are no more; says how many."""
    dead = [name for name in _running().values_list("leased_by", flat=True).distinct() if _is_dead(name)]
    return _running().filter(leased_by__in=dead).update(due_at=clock.now()) if dead else 0


def _is_dead(name: str) -> bool:
    room, _, rest = name.rpartition(":")[0].rpartition(":")
    if room != _room() or name == me() or not rest.isdigit():
        return False
    if int(rest) == os.getpid():
        # Who had this number before us.
        return True
    try:
        os.kill(int(rest), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _put_back(job: Job, error: str) -> None:
    task = registry.tasks.get(job.name)
    if job.attempts >= (task.attempts if task else registry.ATTEMPTS):
        bury(job, error)
        return
    values = {"leased_by": "", "error": error[:80]}
    due_at = clock.now() + wait_after(job.attempts)
    try:
        with transaction.atomic():
            _still_mine(job).update(state=State.WAITING, due_at=due_at, waiting_key=job.key, **values)
    except IntegrityError:
        # The same work waits already, asked for while this one ran.
        _still_mine(job).update(state=State.DONE, due_at=None, ended_at=clock.now(), **values)


def _still_mine(job: Job) -> Any:
    """Nothing, when the lease ran out and another worker has taken it."""
    return _running().filter(pk=job.pk, leased_by=job.leased_by, attempts=job.attempts)


def _running() -> Any:
    return _jobs().filter(state=State.RUNNING)


def _jobs() -> Any:
    return apps.get_model("jobs", "Job").objects


def _moment(moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)


def _place(error: BaseException) -> str:
    """Where it happened; the text of an error may hold an address."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
