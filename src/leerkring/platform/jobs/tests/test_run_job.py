"""What is enqueued is done once, after its transaction, by one worker; and tried again when it fails."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections, transaction

from leerkring.platform import clock, jobs
from leerkring.platform.jobs import registry, running
from leerkring.platform.jobs.enums import State
from leerkring.platform.jobs.models import Job
from tests.cast import START

DONE: list[int] = []


@pytest.fixture(autouse=True)
def trial(settings: Any) -> Iterator[None]:
    """Jobs of this test alone, left to whoever asks for them."""
    settings.JOBS_RUN_AT_ONCE = False
    DONE.clear()
    jobs.job("trial.note", attempts=3)(note)
    jobs.job("trial.fail", attempts=3, given_up=gave_up)(fail)
    yield
    for name in ("trial.note", "trial.fail"):
        del registry.tasks[name]


def note(*, number: int) -> None:
    DONE.append(number)


def fail(*, number: int) -> None:
    DONE.append(number)
    raise ValueError("noor@voorbeeld.example")


def gave_up(*, number: int) -> None:
    DONE.append(-number)


def test_a_job_is_done_once_at_its_moment_and_the_urgent_one_first(db: None) -> None:
    with clock.at(START):
        jobs.enqueue("trial.note", number=1)
        jobs.enqueue("trial.note", number=2, run_at=START + timedelta(hours=1))
        jobs.enqueue("trial.note", number=3, urgent=True)
        assert (jobs.run_due(), DONE) == (2, [3, 1])
    with clock.at(START + timedelta(hours=1)):
        assert (jobs.run_due(limit=5), jobs.run_due(), DONE) == (1, 0, [3, 1, 2])
    assert {(job.state, job.attempts, job.due_at) for job in Job.objects.all()} == {(State.DONE, 1, None)}
    with pytest.raises(LookupError):
        jobs.enqueue("trial.unknown")


def test_the_same_waits_once_but_may_wait_while_it_runs(db: None) -> None:
    with clock.at(START):
        jobs.enqueue("trial.note", dedupe="a", number=1, run_at=START + timedelta(hours=2))
        jobs.enqueue("trial.note", dedupe="a", number=2, run_at=START + timedelta(hours=1))
        jobs.enqueue("trial.note", dedupe="a", number=3, run_at=START + timedelta(hours=3))
        jobs.enqueue("trial.note", dedupe="b", number=4, run_at=START + timedelta(hours=3))
    with clock.at(START + timedelta(hours=1)):
        first = running.claim()
        assert first is not None
        jobs.enqueue("trial.note", dedupe="a", number=5)
        running.run(first)
        assert (jobs.run_due(), DONE) == (1, [3, 5])


def test_what_fails_is_tried_again_later_and_given_up_in_the_end(db: None, caplog: pytest.LogCaptureFixture) -> None:
    moment = START
    with clock.at(moment):
        jobs.enqueue("trial.fail", dedupe="x", number=7)
        assert jobs.run_due() == 1
        assert jobs.run_due() == 0
    job = Job.objects.get()
    assert (job.state, job.error, job.waiting_key) == (State.WAITING, "ValueError", "trial.fail:x")
    assert job.due_at is not None
    assert 22 <= (job.due_at - START).total_seconds() <= 38
    for _attempt in range(2):
        moment += timedelta(minutes=5)
        with clock.at(moment):
            jobs.run_due()
    job.refresh_from_db()
    assert (job.state, job.attempts, DONE) == (State.DEAD, 3, [7, 7, 7, -7])
    assert job.due_at is None
    assert "noor" not in caplog.text
    with clock.at(moment):
        assert jobs.run_due() == 0


def test_failing_while_the_same_waits_leaves_one(db: None) -> None:
    with clock.at(START):
        jobs.enqueue("trial.fail", dedupe="x", number=1)
        first = running.claim()
        assert first is not None
        jobs.enqueue("trial.fail", dedupe="x", number=2)
        running.run(first)
    assert list(Job.objects.order_by("id").values_list("state", flat=True)) == [State.DONE, State.WAITING]


def test_a_lease_that_ran_out_is_taken_over_and_the_first_one_changes_nothing_any_more(db: None) -> None:
    with clock.at(START):
        jobs.enqueue("trial.note", number=1)
        lost = running.claim()
        assert lost is not None
        assert running.claim() is None
    with clock.at(START + running.LEASE):
        taken = running.claim()
        assert taken is not None
        assert (taken.pk, taken.attempts, taken.error) == (lost.pk, 2, "Interrupted")
        running.run(lost)
        assert Job.objects.get().state == State.RUNNING
        running.run(taken)
        assert Job.objects.get().state == State.DONE


def test_what_ends_its_process_each_time_is_given_up(db: None) -> None:
    with clock.at(START):
        jobs.enqueue("trial.note", number=1)
    for number in range(3):
        with clock.at(START + number * running.LEASE):
            assert running.claim() is not None
    with clock.at(START + 3 * running.LEASE):
        assert jobs.run_due() == 1
    assert (Job.objects.get().state, DONE) == (State.DEAD, [])


def test_leases_of_a_process_that_is_no_more_are_free_at_once(db: None) -> None:
    jobs.enqueue("trial.note", number=1)
    job = running.claim()
    assert job is not None
    assert running.release_dead() == 0
    room, pid, _ = running.me().rsplit(":", 2)
    for name, count in ((f"{room}:{pid}:other", 1), ("elsewhere:1:999999:x", 0), (f"{room}:4194999:x", 1)):
        Job.objects.update(leased_by=name, due_at=clock.now() + running.LEASE)
        assert running.release_dead() == count


def test_a_job_of_an_unknown_name_waits_for_who_knows_it(db: None) -> None:
    jobs.enqueue("trial.note", number=1)
    Job.objects.update(name="trial.of_the_future")
    assert jobs.run_due() == 1
    assert (Job.objects.get().state, Job.objects.get().error) == (State.WAITING, "UnknownJob")


@pytest.mark.django_db(transaction=True)
def test_a_job_is_undone_with_its_transaction_and_two_workers_never_take_one() -> None:
    with transaction.atomic():
        jobs.enqueue("trial.note", number=1)
        transaction.set_rollback(True)
    assert Job.objects.count() == 0
    for number in range(30):
        jobs.enqueue("trial.note", number=number)
    start, failures = threading.Barrier(3), []

    def work() -> None:
        try:
            start.wait()
            while jobs.run_due(limit=1):
                pass
        except BaseException as error:
            failures.append(error)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert (failures, sorted(DONE)) == ([], list(range(30)))


@pytest.mark.django_db(transaction=True)
def test_what_is_enqueued_under_test_is_done_right_after_commit(settings: Any) -> None:
    settings.JOBS_RUN_AT_ONCE = True
    with transaction.atomic():
        jobs.enqueue("trial.note", number=1)
        assert DONE == []
    assert DONE == [1]
    with pytest.raises(ValueError, match="noor"):
        jobs.enqueue("trial.fail", number=2)
