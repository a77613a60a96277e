"""Divides the people of one spreadsheet over the groups of another."""

import json
import os
import tempfile
from argparse import Namespace
from pathlib import Path
from typing import Any

from leerkring.config.console.formation_words import because, fault_words, rule_words
from leerkring.config.console.output import Stop, result, say, text
from leerkring.formation.outcome import CannotHold, Formation, GroupReason, Swap
from leerkring.formation.problem import Problem
from leerkring.formation.reading import Unreadable, read_problem
from leerkring.formation.worker import Stopped, Worker

MOST_LINES = 20
PATIENCE = 120.0
"""Seconds beyond those asked for in which rules that cannot hold may be looked into."""


def run(options: Namespace) -> int:
    problem = _read(options)
    say(f"{len(problem.people)} people, {len(problem.groups)} groups.")
    formation = _form(problem, options)
    document = as_json(formation)
    _write(options.out, document)
    better = f"No division can be more than {formation.percent:g} % better for these wishes."
    say("No division can be better for these wishes." if formation.is_optimal else better)
    if options.json:
        result(document)
    else:
        text(f"Cost {formation.cost:g}, proven bound {formation.bound:g}. The groups are in {options.out}.")
    return 0


def _read(options: Namespace) -> Problem:
    try:
        return read_problem(options.people, options.groups, options.objective)
    except Unreadable as unreadable:
        lines = [fault_words(fault) for fault in unreadable.faults[:MOST_LINES]]
        if len(unreadable.faults) > MOST_LINES:
            lines.append(f"And {len(unreadable.faults) - MOST_LINES} more.")
        raise Stop("\n".join(lines)) from None
    except OSError as error:
        raise Stop(f"The file {error.filename} cannot be read: {error.strerror}.") from None


def _form(problem: Problem, options: Namespace) -> Formation:
    try:
        with Worker() as worker:
            say("Making ready; the first time this takes up to a minute.")
            worker.warm()
            return worker.form(
                problem,
                seed=options.seed,
                seconds=options.seconds,
                timeout=options.seconds * 3 + PATIENCE,
                progress=_tell,
            )
    except CannotHold as conflict:
        if not conflict.must_give:
            raise Stop("No division was found that keeps all rules, in the time there is. Loosen a rule.") from None
        least = "The smallest set that must give" if conflict.is_smallest else "A set that would be enough to give"
        lines = ["The rules cannot all hold.", f"{least}:", *(f"- {rule_words(rule)}" for rule in conflict.must_give)]
        raise Stop("\n".join(lines)) from None
    except Stopped as stopped:
        raise Stop(
            f"The forming was stopped: {stopped}. Try again with fewer seconds, or on a larger machine."
        ) from None


def _tell(stage: str, part: float) -> None:
    if part in (0.0, 0.5, 1.0):
        say(f"{stage}: {part:.0%}")


def as_json(formation: Formation) -> dict[str, Any]:
    """The document that is written: keys as documented, names as in the spreadsheets."""
    return {
        "assignment": dict(formation.assignment),
        "cost": formation.cost,
        "bound": formation.bound,
        "gap": formation.gap,
        "terms": {name: term.reached for name, term in formation.terms.items()},
        "best_alone": {name: term.best_alone for name, term in formation.terms.items()},
        "random_mean": {name: term.random_mean for name, term in formation.terms.items()},
        "violations": [rule_words(rule) for rule in formation.violations],
        "seed": formation.seed,
        "people": {
            person: {
                "choice": reason.choice,
                "why": because(reason),
                "reason": reason.why.value,
                "swap": _swap(reason.swap) if reason.swap else None,
            }
            for person, reason in formation.people.items()
        },
        "groups": {group: _group(reason) for group, reason in formation.groups.items()},
    }


def _swap(swap: Swap) -> dict[str, Any]:
    return {
        "group": swap.group,
        "with": swap.other,
        "price": swap.price,
        "terms": dict(swap.terms),
        "choice_of_other": list(swap.other_choice) if swap.other_choice else None,
    }


def _group(reason: GroupReason) -> dict[str, Any]:
    return {
        "size": reason.size,
        "first_wishes": reason.first_wishes,
        "facilitators": list(reason.facilitators),
        "new_ties": reason.new_ties,
        "repeats": reason.repeats,
        "spread": {
            name: {"counts": dict(spread.counts), "pairs": spread.pairs, "unavoidable": spread.unavoidable}
            for name, spread in reason.spread.items()
        },
    }


def _write(path: Path, document: dict[str, Any]) -> None:
    """Whole or not at all."""
    try:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
            json.dump(document, file, ensure_ascii=False, indent=1)
            file.write("\n")
        os.chmod(file.name, 0o644)
        os.replace(file.name, path)
    except OSError as error:
        raise Stop(f"The file {path} cannot be written: {error.strerror}.") from None
