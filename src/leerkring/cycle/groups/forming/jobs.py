"""Asking the group former after commit, beside the pages: in a thread that waits for a process of its own."""

from __future__ import annotations

import atexit
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import connection

from leerkring.cycle.groups.enums import FormingState
from leerkring.cycle.groups.facts import FormingBegun
from leerkring.cycle.groups.forming import queries, results
from leerkring.cycle.groups.forming.actions.runs import FIT_IN_ALL, FORM, fail_forming, finish_forming
from leerkring.cycle.groups.forming.models import Forming
from leerkring.cycle.groups.forming.problems import problem_of
from leerkring.formation.outcome import Adjusted, CannotHold, Formation, NeedsReshuffle
from leerkring.formation.problem import Problem
from leerkring.formation.reading import Unreadable
from leerkring.formation.worker import Stopped, Worker
from leerkring.platform import clock, facts

logger = logging.getLogger(__name__)

TICK = 1.0
PATIENCE = 120.0
"""Seconds beyond those asked for: rules that cannot hold are looked into, and a cold process compiles."""
IDLE = 20 * 60.0
"""A process that nobody asked anything for so long is closed."""
MANY = 200
CURVE = (0.3, 0.8)
"""Seconds for each point of the trade-off curve, with few and with many people."""


class Kept:
    """The one worker of this web process, made at the first need and closed when it is idle."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.worker: Worker | None = None
        self.is_warm = False
        self.timer: threading.Timer | None = None

    def get(self) -> Worker:
        with self.lock:
            if self.worker is None:
                self.worker = Worker(settings.DATA / "formation")
                atexit.register(self.worker.close)
            self._put_off()
            return self.worker

    def warm(self) -> None:
        """Have it ready before the first click; at once back, and nothing when it is warm or warming."""
        with self.lock:
            if self.is_warm:
                return
            self.is_warm = True
        threading.Thread(target=self._warm, name="forming-warm", daemon=True).start()

    def _warm(self) -> None:
        try:
            self.get().warm()
        except (Stopped, OSError):
            self.is_warm = False
            logger.warning("The group former could not be made ready")

    def close(self) -> None:
        with self.lock:
            worker, self.worker, self.is_warm = self.worker, None, False
        if worker is not None:
            with worker.turn:
                worker.close()

    def _put_off(self) -> None:
        if self.timer is not None:
            self.timer.cancel()
        self.timer = threading.Timer(IDLE, self.close)
        self.timer.daemon = True
        self.timer.start()


kept = Kept()


@facts.subscribe(FormingBegun)
def run_later(fact: FormingBegun) -> None:
    threading.Thread(
        target=_in_thread, args=(fact.forming_id, fact.run, fact.by_id), name="forming", daemon=True
    ).start()


def _in_thread(forming_id: int, run: int, by_id: int | None) -> None:
    try:
        run_forming(forming_id, run, kept.get(), by_id)
    except Exception:
        logger.exception("Forming %s broke down", forming_id)
        forming = queries.forming_with_home(forming_id)
        if forming is not None:
            fail_forming(forming=forming, run=run, failure={"kind": "broken"}, by_id=by_id)
    finally:
        connection.close()


@dataclass
class Job:
    """What the thread that waits for the answer and the one that tells of it share."""

    ask: Callable[[Callable[[str, float], None]], Any]
    stage: str = "waiting"
    part: float = 0.0
    answer: Any = None
    failure: Exception | None = None
    done: threading.Event = field(default_factory=threading.Event)

    def hear(self, stage: str, part: float) -> None:
        self.stage, self.part = stage, part

    def work(self) -> None:
        try:
            self.answer = self.ask(self.hear)
        except Exception as failure:
            self.failure = failure
        finally:
            self.done.set()


def run_forming(forming_id: int, run: int, worker: Worker, by_id: int | None = None) -> None:
    """One run from the rows to the kept answer. A crash of the process, or time that is up, is kept as a failure."""
    forming = queries.forming_with_home(forming_id)
    if forming is None or forming.run != run or forming.state != FormingState.RUNNING:
        return
    problem = problem_of(queries.ground_of(forming))
    try:
        if forming.verb == FORM:
            _form(forming, run, problem, worker, by_id)
        else:
            _fit_in(forming, run, problem, worker, by_id)
    except CannotHold as conflict:
        failure = {"kind": "rules", "rules": results.of_rules(conflict.must_give), "is_smallest": conflict.is_smallest}
        fail_forming(forming=forming, run=run, failure=failure, by_id=by_id)
    except NeedsReshuffle:
        fail_forming(forming=forming, run=run, failure={"kind": "reshuffle"}, by_id=by_id)
    except Unreadable as unreadable:
        kinds = sorted({fault.fault.value for fault in unreadable.faults})
        fail_forming(forming=forming, run=run, failure={"kind": "input", "faults": kinds}, by_id=by_id)
    except (Stopped, MemoryError):
        kept.is_warm = False
        fail_forming(forming=forming, run=run, failure={"kind": "stopped"}, by_id=by_id)


def _form(forming: Forming, run: int, problem: Problem, worker: Worker, by_id: int | None) -> None:
    seconds = float(forming.seconds)
    found: Formation = _told(
        forming,
        lambda hear: worker.ask(
            "form", seconds * 2 + PATIENCE, hear, problem=problem, seed=forming.seed, seconds=seconds
        ),
    )
    result = results.of_formation(found, problem)
    is_kept = finish_forming(
        forming=forming, run=run, places=dict(found.assignment), result=result, failure={}, by_id=by_id
    )
    if is_kept:
        _draw_curve(forming, run, problem, worker)


def _draw_curve(forming: Forming, run: int, problem: Problem, worker: Worker) -> None:
    """The trade-off of the slider, after the groups are on the screen. Without it the page is whole too."""
    seconds = CURVE[len(problem.people) > MANY]
    try:
        points = worker.ask("curve", seconds * 20 + PATIENCE, problem=problem, seed=forming.seed, seconds=seconds)
    except (Stopped, CannotHold, MemoryError):
        logger.warning("The curve of forming %s was not drawn", forming.pk)
        return
    Forming.objects.filter(pk=forming.pk, run=run).update(curve=results.of_points(points))


def _fit_in(forming: Forming, run: int, problem: Problem, worker: Worker, by_id: int | None) -> None:
    people = {person.id for person in problem.people}
    groups = {group.id for group in problem.groups}
    now = {key: str(place) for key, place in forming.places.items() if key in people and str(place) in groups}
    arguments: dict[str, Any] = {"problem": problem, "assignment": now, "seed": forming.seed}
    if forming.verb == FIT_IN_ALL:
        arguments |= {"most": len(people), "improve": True}
    found: Adjusted = _told(forming, lambda hear: worker.ask("adjust", PATIENCE, hear, **arguments))
    said = {"kind": "fitted", "moved": list(found.moved), "newcomers": list(found.newcomers)}
    finish_forming(forming=forming, run=run, places=dict(found.assignment), result=None, failure=said, by_id=by_id)


def _told(forming: Forming, ask: Callable[[Callable[[str, float], None]], Any]) -> Any:
    """The answer; meanwhile the page can see how far it is, and that somebody is still at it."""
    job = Job(ask)
    threading.Thread(target=job.work, name="forming-ask", daemon=True).start()
    while not job.done.wait(TICK):
        beat(forming, job.stage, job.part)
    if job.failure is not None:
        raise job.failure
    return job.answer


def beat(forming: Forming, stage: str, part: float) -> None:
    Forming.objects.filter(pk=forming.pk, run=forming.run, state=FormingState.RUNNING).update(
        stage=stage[:12], percent=min(100, round(part * 100)), beat_at=clock.now()
    )
