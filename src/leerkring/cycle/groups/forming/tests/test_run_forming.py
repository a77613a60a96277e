"""From rows to groups through the process of its own; one warm process for this file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from leerkring.cycle.groups.enums import FormingState
from leerkring.cycle.groups.forming import actions, jobs
from leerkring.cycle.groups.forming.actions.runs import FIT_IN
from leerkring.cycle.groups.forming.models import SILENT, Candidate, Forming
from leerkring.cycle.groups.forming.tests.making import candidates, groups, make_forming, make_people, read
from leerkring.cycle.groups.tests.making import only_fact
from leerkring.formation.worker import Worker
from leerkring.platform import clock
from leerkring.platform.rules import Refused
from tests.cast import Cast, ProgrammeCast
from tests.running import ROOT, compile_former

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker(compile_former()) as kept:
        kept.warm()
        yield kept


@pytest.fixture
def short_curve(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "CURVE", (0.02, 0.02))


@pytest.fixture
def own(cast: Cast) -> ProgrammeCast:
    return cast.own


def run(forming: Forming, worker: Worker, own: ProgrammeCast) -> Forming:
    begun = actions.begin_forming(forming=forming, by=own.facilitator)
    jobs.run_forming(begun.pk, begun.run, worker)
    return read(forming)


def test_groups_are_formed_with_reasons_a_bound_and_a_curve(own: ProgrammeCast, worker: Worker) -> None:
    forming = make_forming(own)
    formed = run(forming, worker, own)
    assert formed.state == FormingState.FORMED
    assert set(formed.places) == {str(each.pk) for each in candidates(formed)}
    sizes = [list(formed.places.values()).count(group.pk) for group in groups(formed)]
    assert sum(sizes) == 9
    assert all(2 <= size <= 5 for size in sizes)
    assert formed.result["bound"] <= formed.result["cost"]
    assert set(formed.result["people"]) == set(formed.places)
    assert len(formed.curve) == 9
    assert not any("Deelnemer" in str(part) for part in (formed.result, formed.curve, formed.places))
    assert only_fact("FormingFinished").ids == {"forming_id": formed.pk, "run": 1, "people_count": 9}

    before = formed.places
    again = run(formed, worker, own)
    assert again.places == before


def test_a_minimum_that_cannot_be_met_is_named(own: ProgrammeCast, worker: Worker) -> None:
    forming = make_forming(own, people=5, groups=2, least=3, most=8)
    failed = run(forming, worker, own)
    assert failed.state == FormingState.FAILED
    assert failed.failure["kind"] == "rules"
    (rule,) = failed.failure["rules"]
    assert (rule["rule"], rule["number"]) == ("min_size", 3)
    assert failed.places == {}
    assert only_fact("FormingFailed").ids == {"forming_id": failed.pk, "run": 1, "kind": "rules"}


@pytest.mark.once
@pytest.mark.usefixtures("short_curve")
def test_somebody_who_goes_while_it_runs_gets_no_place(own: ProgrammeCast, worker: Worker) -> None:
    forming = make_forming(own)
    begun = actions.begin_forming(forming=forming, by=own.facilitator)
    gone = candidates(forming)[0]
    actions.set_absent(candidate=gone, is_absent=True, by=own.facilitator)
    Candidate.objects.filter(pk=candidates(forming)[1].pk).delete()
    jobs.run_forming(begun.pk, begun.run, worker)
    formed = read(forming)
    assert formed.state == FormingState.FORMED
    assert len(formed.places) == 7


@pytest.mark.once
@pytest.mark.usefixtures("short_curve")
def test_a_latecomer_moves_at_most_five_others(own: ProgrammeCast, worker: Worker) -> None:
    formed = run(make_forming(own, people=12, groups=3, least=3, most=6), worker, own)
    before = dict(formed.places)
    gone = candidates(formed)[0]
    actions.set_absent(candidate=gone, is_absent=True, by=own.facilitator)
    late = make_people(own, 1)[0]
    Candidate.objects.create(forming=formed, person=late)
    fitted = actions.fit_in(forming=formed, by=own.facilitator)
    assert fitted.verb == FIT_IN
    jobs.run_forming(fitted.pk, fitted.run, worker)
    after = read(formed)
    assert after.state == FormingState.FORMED
    assert len(after.places) == 12
    moved = [key for key, place in before.items() if key != str(gone.pk) and after.places[key] != place]
    assert len(moved) <= 5
    assert after.failure["kind"] == "fitted"
    assert len(after.failure["newcomers"]) == 1


@pytest.mark.once
@pytest.mark.usefixtures("short_curve")
def test_when_the_process_is_killed_a_retry_works(own: ProgrammeCast, worker: Worker) -> None:
    forming = make_forming(own, people=40, groups=8)
    Forming.objects.filter(pk=forming.pk).update(seconds=20)
    forming = read(forming)

    def kill() -> None:
        time.sleep(0.5)
        assert worker.process
        os.kill(worker.process.pid, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    failed = run(forming, worker, own)
    killer.join()
    assert (failed.state, failed.failure) == (FormingState.FAILED, {"kind": "stopped"})
    Forming.objects.filter(pk=forming.pk).update(seconds=1)
    assert run(read(forming), worker, own).state == FormingState.FORMED


def test_asking_twice_is_one_run(own: ProgrammeCast) -> None:
    forming = make_forming(own)
    actions.begin_forming(forming=forming, by=own.facilitator)
    actions.begin_forming(forming=forming, by=own.keeper)
    assert read(forming).run == 1
    assert only_fact("FormingBegun").ids == {"forming_id": forming.pk, "run": 1}


def test_a_run_whose_server_is_gone_can_be_asked_again(own: ProgrammeCast) -> None:
    forming = make_forming(own)
    first = actions.begin_forming(forming=forming, by=own.facilitator)
    with clock.at(clock.now() + SILENT + timedelta(seconds=1)):
        assert read(forming).is_lost(clock.now())
        assert actions.begin_forming(forming=read(forming), by=own.facilitator).run == 2
    assert not actions.finish_forming(forming=read(forming), run=first.run - 1, places={}, result={}, failure={})
    assert read(forming).state == FormingState.RUNNING


def test_nobody_is_refused_with_what_to_do(own: ProgrammeCast) -> None:
    with pytest.raises(Refused, match=r"Choose the people first|Kies eerst de mensen"):
        actions.begin_forming(forming=make_forming(own, people=0), by=own.facilitator)
    with pytest.raises(Refused, match=r"Add the groups first|Voeg eerst de groepen toe"):
        actions.begin_forming(forming=make_forming(own, people=1, groups=0), by=own.facilitator)


def test_members_do_not_form(own: ProgrammeCast) -> None:
    with pytest.raises(PermissionDenied):
        actions.begin_forming(forming=make_forming(own), by=own.member)


@pytest.mark.once
def test_the_pages_load_no_compiled_code() -> None:
    """All of the product, with a run of the former, in a process that must stay small."""
    script = """
import sys, django
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
from pathlib import Path
from leerkring.formation.problem import Group, Person, Problem
from leerkring.formation.worker import Worker
from leerkring.cycle.groups.forming import jobs, results
people = tuple(Person(id=str(n), attributes={"unit": str(n % 2)}) for n in range(6))
problem = Problem(people, (Group("a"), Group("b")))
with Worker(Path(sys.argv[1])) as worker:
    results.of_formation(worker.form(problem, seconds=0.2, timeout=200), problem)
    results.of_points(worker.ask("curve", 200, problem=problem, seconds=0.05))
    worker.ask("adjust", 200, problem=problem, assignment={"0": "a"})
print([name for name in ("numba", "scipy", "numpy", "llvmlite") if name in sys.modules])
"""
    environment = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }  # fmt: skip
    found = subprocess.run(
        [sys.executable, "-c", script, str(compile_former())],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.stdout.strip() == "[]", found.stdout + found.stderr
