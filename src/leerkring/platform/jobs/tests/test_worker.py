"""A worker does jobs as they come, in threads of its own, and what recurs once for all the times it was missed."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from leerkring.platform import clock, jobs
from leerkring.platform.jobs import overview, planning, queue, registry, running
from leerkring.platform.jobs.enums import State
from leerkring.platform.jobs.jobs import clean
from leerkring.platform.jobs.models import Job, Recurring
from leerkring.platform.jobs.worker import Worker, run_all
from tests.cast import START

DONE: list[str] = []
CLOSED = threading.Event()


@pytest.fixture(autouse=True)
def trial(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.JOBS_RUN_AT_ONCE = False
    monkeypatch.setattr(registry, "recurring", {})
    monkeypatch.setattr(registry, "idle_hooks", [CLOSED.set])
    DONE.clear()
    CLOSED.clear()
    jobs.every(minutes=60, name="trial.tick")(tick)
    jobs.job("trial.note")(note)
    yield
    del registry.tasks["trial.tick"], registry.tasks["trial.note"]


def tick() -> None:
    DONE.append("tick")


def note(*, text: str) -> None:
    DONE.append(text)


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_what_recurs_is_done_once_after_a_long_stop(db: None) -> None:
    for after, count in ((timedelta(0), 1), (timedelta(minutes=59), 0), (timedelta(days=3), 1), (timedelta(days=3), 0)):
        with clock.at(START + after):
            assert run_all() == count
    row = Recurring.objects.get()
    assert (row.last_at, row.next_at) == (START + timedelta(days=3), START + timedelta(days=3, hours=1))
    # The clock was wrong, and is right again.
    with clock.at(START + timedelta(hours=5)):
        assert planning.plan() == 1
        assert planning.plan() == 0
    assert DONE == ["tick", "tick"]


def test_what_recurs_does_not_pile_up(db: None) -> None:
    for hour in range(3):
        with clock.at(START + timedelta(hours=hour)):
            planning.plan()
    assert list(Job.objects.values_list("name", "state")) == [("trial.tick", State.WAITING)]


def test_an_operator_sees_what_is_dead_and_has_it_tried_again(db: None) -> None:
    with clock.at(START):
        for text in ("a", "b", "c"):
            jobs.enqueue("trial.note", text=text)
        jobs.run_due(limit=1)
        Job.objects.filter(state=State.WAITING).update(
            state=State.DEAD, due_at=None, ended_at=START, error="ValueError"
        )
        assert overview.counts() == {"waiting": 0, "running": 0, "done": 1, "dead": 2}
        assert overview.overdue_count() == 0
        dead = overview.listed("", 10)
        assert [overview.as_row(job)["error"] for job in dead] == ["ValueError", "ValueError"]
        assert (overview.retry(dead[0].pk), overview.retry(dead[0].pk), overview.retry()) == (1, 0, 1)
    with clock.at(START + timedelta(minutes=6)):
        assert overview.overdue_count() == 2
        assert jobs.run_due() == 2
    assert DONE == ["a", "b", "c"]


def test_old_jobs_are_cleaned_away(db: None) -> None:
    for state in (State.DONE, State.DEAD, State.WAITING):
        for day in (0, 60):
            ended_at = None if state == State.WAITING else START + timedelta(days=day)
            Job.objects.create(name="x", arguments={}, urgency=5, made_at=START, state=state, ended_at=ended_at)
    with clock.at(START + timedelta(days=68)):
        clean()
    assert sorted(Job.objects.values_list("state", flat=True)) == ["dead", "dead", "waiting", "waiting"]
    with clock.at(START + timedelta(days=91)):
        clean()
    assert sorted(Job.objects.values_list("state", flat=True)) == ["dead", "waiting", "waiting"]


@pytest.mark.django_db(transaction=True)
def test_a_worker_is_woken_by_a_commit_renews_its_leases_and_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leerkring.platform.jobs.worker.LOOK", 60.0)
    monkeypatch.setattr("leerkring.platform.jobs.worker.BEAT", 0.02)
    going, go = threading.Event(), threading.Event()

    def long(*, text: str) -> None:
        going.set()
        assert go.wait(10)
        DONE.append(text)

    jobs.job("trial.long")(long)
    worker = Worker()
    worker.start()
    try:
        until(lambda: "tick" in DONE and len(queue.wakers) == 2)
        CLOSED.clear()
        jobs.enqueue("trial.long", text="long")
        assert going.wait(10)
        Job.objects.filter(name="trial.long").update(due_at=clock.now() + timedelta(seconds=1))
        until(lambda: (Job.objects.get(name="trial.long").due_at or START) > clock.now() + running.LEASE / 2)
        jobs.enqueue("trial.note", text="urgent", urgent=True)
        until(lambda: DONE[-1] == "urgent")
        go.set()
        until(lambda: DONE[-1] == "long" and Job.objects.exclude(state=State.DONE).count() == 0)
        assert CLOSED.wait(10)
    finally:
        go.set()
        worker.stop()
        del registry.tasks["trial.long"]
    assert queue.wakers == set()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("jobs-")]
    if connection.vendor == "postgresql":
        until(lambda: connections_open() == 1)


def connections_open() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        return int(cursor.fetchone()[0])
