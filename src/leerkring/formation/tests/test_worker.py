"""The process of its own: warm, bounded in time, and back after it was ended."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import leerkring
from leerkring.formation.forming import form
from leerkring.formation.outcome import Adjusted, CannotHold
from leerkring.formation.problem import Group, Person, Problem
from leerkring.formation.reading import Unreadable
from leerkring.formation.tests.making import made
from leerkring.formation.worker import Stopped, Worker


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as one:
        one.warm()
        yield one


def test_the_worker_forms_the_same_groups_and_tells_how_far_it_is(worker: Worker) -> None:
    problem = made(people=30, groups=4, seed=4, low=5, high=10)
    told: list[tuple[str, float]] = []
    formed = worker.form(problem, seed=2, seconds=0.3, progress=lambda stage, part: told.append((stage, part)))
    assert formed.assignment == form(problem, seed=2, seconds=0.3).assignment
    assert ("search", 1.0) in told


def test_what_cannot_be_is_said_across(worker: Worker) -> None:
    with pytest.raises(CannotHold) as refused:
        worker.form(Problem((Person("a"),), (Group("g", min_size=2),)))
    assert [rule.groups for rule in refused.value.must_give] == [("g",)]
    with pytest.raises(Unreadable):
        worker.form(Problem((), (Group("g"),)))


def test_a_late_change_goes_through_the_worker(worker: Worker) -> None:
    problem = made(people=10, groups=2, seed=4)
    here = {f"p{number}": f"g{number % 2}" for number in range(9)}
    adjusted = worker.ask("adjust", 30, problem=problem, assignment=here)
    assert isinstance(adjusted, Adjusted)
    assert (adjusted.moved, adjusted.newcomers) == ((), ("p9",))


def test_the_curve_goes_from_mixing_to_wishes(worker: Worker) -> None:
    points = worker.ask("curve", 60, problem=made(people=24, groups=4, seed=4), seconds=0.1, settings=(0.0, 0.5, 1.0))
    assert [point.wishes for point in points] == [0.0, 0.5, 1.0]
    assert points[0].choice >= points[-1].choice
    assert points[0].mixing <= points[-1].mixing


def test_a_job_that_takes_too_long_is_ended_and_the_next_one_is_served(worker: Worker) -> None:
    problem = made(people=40, groups=4, seed=4)
    with pytest.raises(Stopped):
        worker.form(problem, seconds=30, timeout=0.5)
    assert len(worker.form(problem, seconds=0.1).assignment) == 40


def test_a_process_that_dies_is_said_and_replaced(worker: Worker) -> None:
    problem = made(people=10, groups=2, seed=4)
    worker.form(problem, seconds=0.1)
    assert worker.process
    os.kill(worker.process.pid, signal.SIGKILL)
    worker.process.wait()
    assert len(worker.form(problem, seconds=0.1).assignment) == 10


def test_the_web_process_loads_no_compiled_code() -> None:
    names = "costs, effects, outcome, problem, reading, worker"
    script = f"import sys; from leerkring.formation import {names}; print(*sys.modules)"
    package = str(Path(leerkring.__file__).parent.parent)
    done = subprocess.run(
        [sys.executable, "-c", script], env={"PYTHONPATH": package}, capture_output=True, text=True, check=True
    )
    assert not {"numba", "scipy", "numpy", "django"}.intersection(done.stdout.split())
