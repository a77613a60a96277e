"""How good formed groups are, how good they are proven to be, and how long that takes; beside a random division.

    .venv/bin/python benchmarks/formation.py --groups DIR [--mdgp DIR] [--seconds 1,2,5,20] [--only NAME]

DIR holds a folder with people.csv and groups.csv for each instance; the folder of the Maximally Diverse Grouping
Problem holds its instances and best_known.csv. Everything is measured in a warmed worker, as the product uses it.
"""

import argparse
import csv
import json
import os
import statistics
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from leerkring.formation.costs import cost_of, first_wishes, members_of, ties, violations_of  # noqa: E402
from leerkring.formation.outcome import Formation  # noqa: E402
from leerkring.formation.problem import Problem  # noqa: E402
from leerkring.formation.reading import read_problem  # noqa: E402
from leerkring.formation.worker import Worker  # noqa: E402

TARGETS = {
    ("N25G4", 0.5): 0.0,
    ("N75G8", 2): 0.03,
    ("N175G8", 2): 0.01,
    ("N175G12", 2): 0.035,
    ("N175G20", 2): 0.025,
    ("N600G60", 5): 0.012,
    ("N2000G200", 20): 0.01,
}
"""Instance and seconds to the largest gap."""
TIMED = {("N2000G200", 5)}
MDGP_TARGETS = {120: 0.0005, 240: 0.0025}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--groups", type=Path, required=True)
    parser.add_argument("--mdgp", type=Path)
    parser.add_argument("--mdgp-seconds", type=float, default=10.0)
    parser.add_argument("--seconds", default="1,2,5,20")
    parser.add_argument("--only", default="", help="instances whose name begins so")
    parser.add_argument("--targets-only", action="store_true", help="leave out what has no target")
    options = parser.parse_args()
    figures: dict[str, Any] = {"groups": [], "late": [], "mdgp": {}}
    with Worker() as worker:
        began = time.perf_counter()
        worker.warm()
        figures["warm_seconds"] = round(time.perf_counter() - began, 2)
        print(f"Warm after {figures['warm_seconds']} s.", flush=True)
        for folder in sorted(options.groups.iterdir(), key=lambda path: (len(path.name), path.name)):
            if folder.is_dir() and folder.name.startswith(options.only):
                figures["groups"] += instance(worker, folder, options)
    figures["late"] = [late(options.groups, name) for name in ("N175G8-s1", "N175G20-s1") if not options.only]
    if options.mdgp:
        figures["mdgp"] = mdgp(options.mdgp, options.mdgp_seconds)
    figures["missed"] = [run for run in figures["groups"] if run["met"] is False]
    print(json.dumps(figures))
    return 0


def instance(worker: Worker, folder: Path, options: argparse.Namespace) -> list[dict[str, Any]]:
    problem = read_problem(folder / "people.csv", folder / "groups.csv")
    family = folder.name.split("-")[0]
    runs = []
    wanted = {float(part) for part in options.seconds.split(",")} | {
        seconds for name, seconds in TARGETS if name == family
    }
    for seconds in sorted(wanted):
        key = (family, seconds)
        if options.targets_only and key not in TARGETS and key not in TIMED:
            continue
        began, used = time.perf_counter(), processor_seconds(worker)
        formation = worker.form(problem, seed=1, seconds=seconds, timeout=seconds * 10 + 60)
        took = time.perf_counter() - began
        runs.append(figures_of(folder.name, problem, formation, took, TARGETS.get(key)))
        runs[-1]["processor"] = round(processor_seconds(worker) - used, 2)
        show(runs[-1])
    if not options.targets_only:
        again = worker.form(problem, seed=1, seconds=min(wanted), timeout=120)
        first = worker.form(problem, seed=1, seconds=min(wanted), timeout=120)
        print(f"{'':14} two runs give {'the same' if again.assignment == first.assignment else 'OTHER'} groups")
    return runs


def processor_seconds(worker: Worker) -> float:
    """What the worker has used of both cores: on a busy machine this tells more than the clock."""
    if worker.process is None:
        return 0.0
    try:
        fields = Path(f"/proc/{worker.process.pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def figures_of(name: str, problem: Problem, formation: Formation, took: float, target: float | None) -> dict[str, Any]:
    assignment = formation.assignment
    met = [ties(members, problem.rounds()) for members in members_of(problem, assignment).values()]
    if abs(cost_of(problem, assignment) - formation.cost) > 1e-6:
        raise SystemExit(f"{name}: the cost is not what the groups cost")
    return {
        "instance": name,
        "seconds": formation.seconds,
        "took": round(took, 2),
        "cost": round(formation.cost, 3),
        "bound": round(formation.bound, 3),
        "gap": round(formation.gap, 5),
        "broken": len(violations_of(problem, assignment)),
        "first_wishes": first_wishes(problem, assignment),
        "new_ties": sum(new for new, _ in met),
        "repeats": sum(repeats for _, repeats in met),
        "random": round(sum(term.random_mean for term in formation.terms.values()), 1),
        "target": target,
        "met": None if target is None else formation.gap <= target + 1e-9 and took <= formation.seconds,
    }


def show(run: dict[str, Any]) -> None:
    mark = {None: "", True: "target met", False: "TARGET MISSED"}[run["met"]]
    print(
        f"{run['instance']:14} {run['seconds']:5g} s "
        f"(took {run['took']:5.2f}, processor {run['processor']:5.2f}) cost {run['cost']:9.2f} "
        f"bound {run['bound']:9.2f} gap {run['gap']:7.2%} random {run['random']:8.1f} broken {run['broken']} "
        f"first {run['first_wishes']} new {run['new_ties']} repeats {run['repeats']} {mark}",
        flush=True,
    )


def late(groups: Path, name: str) -> dict[str, Any]:
    """Two people stay away and three come late: who moves, and how long it takes."""
    from dataclasses import replace

    problem = read_problem(groups / name / "people.csv", groups / name / "groups.csv")
    here = replace(problem, people=problem.people[:-3])
    with Worker() as worker:
        worker.warm()
        known = {person.id for person in here.people}
        first = replace(here, people=tuple(without_strangers(person, known) for person in here.people))
        formed = worker.form(first, seconds=2)
        now = replace(problem, people=problem.people[2:])
        known = {person.id for person in now.people}
        now = replace(now, people=tuple(without_strangers(person, known) for person in now.people))
        began = time.perf_counter()
        adjusted = worker.ask("adjust", 30, problem=now, assignment=formed.assignment)
        took = time.perf_counter() - began
    print(f"{name}: 3 late and 2 away in {took:.3f} s, {len(adjusted.moved)} others move")
    broken = len(violations_of(now, adjusted.assignment))
    return {"instance": name, "took": round(took, 3), "moved": len(adjusted.moved), "broken": broken}


def without_strangers(person: Any, known: set[str]) -> Any:
    from dataclasses import replace

    return replace(person, apart=tuple(one for one in person.apart if one in known))


def mdgp(folder: Path, seconds: float) -> dict[str, Any]:
    """How far below the best known values: by size, on average."""
    from leerkring.formation.pairs import form_pairs

    with (folder / "best_known.csv").open(encoding="utf-8", newline="") as file:
        best = {row["instance"]: float(row["best_known"]) for row in csv.DictReader(file)}
    runs: dict[int, dict[str, float]] = {}
    for name, value in sorted(best.items()):
        path = folder / f"{name}.txt"
        if not path.exists():
            continue
        problem = read_mdgp(path)
        people = len(problem.weights)
        _, reached = form_pairs(problem, seed=1, seconds=seconds if people > 20 else 0.2)
        runs.setdefault(people, {})[name] = below = (value - reached) / value
        print(f"{name:20} best known {value:12.2f} reached {reached:12.2f} below {below:8.4%}", flush=True)
    found: dict[str, Any] = {}
    for people, gaps in sorted(runs.items()):
        mean = statistics.mean(gaps.values())
        target = MDGP_TARGETS.get(people)
        print(f"n={people}: on average {mean:.4%} below the best known" + (f", target {target:.2%}" if target else ""))
        found[str(people)] = {"mean": round(mean, 6), "target": target, "met": target is None or mean <= target}
        found[str(people)]["instances"] = {name: round(gap, 6) for name, gap in gaps.items()}
    return found


def read_mdgp(path: Path) -> Any:
    import numpy as np

    from leerkring.formation.pairs import PairProblem

    lines = path.read_text(encoding="utf-8").splitlines()
    heading = lines[0].split()
    people, groups = int(heading[0]), int(heading[1])
    limits = [int(part) for part in heading[3 : 3 + 2 * groups]]
    weights = np.zeros((people, people))
    for line in lines[1:]:
        if parts := line.split():
            one, other = int(parts[0]), int(parts[1])
            weights[one, other] = weights[other, one] = float(parts[2])
    return PairProblem(weights, tuple(limits[0::2]), tuple(limits[1::2]))


if __name__ == "__main__":
    sys.exit(main())
