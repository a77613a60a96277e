"""The worker: threads that take jobs, and a heart that renews the leases of those that run.

One thread takes urgent jobs alone, so that a sign-in mail never waits behind a thousand invitations.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING

from django.db import DatabaseError, connection, connections

from leerkring.platform.jobs import planning, queue, running

if TYPE_CHECKING:
    from leerkring.platform.jobs.models import Job

logger = logging.getLogger(__name__)

LOOK = 1.0
"""Seconds between two looks, for jobs that another process wrote or whose moment comes."""
BEAT = 10.0
PLAN = 20.0
UNTIL_DONE = 8.0
"""Seconds that a job gets to end when the process stops; after that its lease runs out."""


class Worker:
    """Two lanes and a heart, each a thread with a connection of its own."""

    def __init__(self) -> None:
        self._stopped = threading.Event()
        self._lanes = [_Lane(self._stopped, queue.URGENT), _Lane(self._stopped, queue.USUAL, plans=True)]
        self._heart = threading.Thread(target=self._beat, name="jobs-heart", daemon=True)

    def start(self) -> None:
        for thread in (*self._lanes, self._heart):
            thread.start()

    def stop(self) -> None:
        """Take no new jobs, and wait a moment for those that run."""
        self._stopped.set()
        end = time.monotonic() + UNTIL_DONE
        for lane in self._lanes:
            lane.waker.set()
        for thread in (*self._lanes, self._heart):
            if thread.ident is not None:
                thread.join(timeout=max(0.1, end - time.monotonic()))

    def _beat(self) -> None:
        """Only for what runs at this moment: a job that is lost in our own process has to be taken over too."""
        while not self._stopped.wait(BEAT):
            try:
                connection.close_if_unusable_or_obsolete()
                for lane in self._lanes:
                    if (job := lane.job) is not None:
                        running.renew(job)
            except DatabaseError as error:
                logger.warning("A lease was not renewed: %s", type(error).__name__)
                connection.close()
        connections.close_all()


class _Lane(threading.Thread):
    def __init__(self, stopped: threading.Event, least_urgent: int, *, plans: bool = False) -> None:
        super().__init__(name=f"jobs-{least_urgent}", daemon=True)
        self.waker = threading.Event()
        self.job: Job | None = None
        self._stopped = stopped
        self._least_urgent = least_urgent
        self._plan_at = 0.0 if plans else float("inf")
        self._fails = False

    def run(self) -> None:
        queue.wakers.add(self.waker)
        while not self._stopped.is_set():
            self.waker.clear()
            try:
                connection.close_if_unusable_or_obsolete()
                self._plan()
                self._work()
                self._fails = False
            except Exception as error:
                # Whatever it is, such as a database that is away: the lane goes on, and says so once.
                if not self._fails:
                    logger.error("Jobs have to wait: %s", type(error).__name__)  # noqa: TRY400
                self._fails = True
                connection.close()
            self.waker.wait(LOOK)
        queue.wakers.discard(self.waker)
        running.be_idle()
        connections.close_all()

    def _plan(self) -> None:
        if time.monotonic() < self._plan_at:
            return
        if self._plan_at == 0.0:
            running.release_dead()
        planning.plan()
        self._plan_at = time.monotonic() + PLAN

    def _work(self) -> None:
        worked = False
        while not self._stopped.is_set():
            self.job = running.claim(least_urgent=self._least_urgent)
            if self.job is None:
                break
            worked = True
            try:
                running.run(self.job)
            finally:
                self.job = None
            self._plan()
        if worked:
            running.be_idle()


def run_all() -> int:
    """Plan what recurs and run in this thread all that is due; says how many jobs that were."""
    running.release_dead()
    planning.plan()
    return running.run_due()
