"""What runs in the process of a `Worker`: it reads jobs from a socket and answers them."""

import contextlib
import resource
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

import numpy as np

from leerkring.formation.curve import curve
from leerkring.formation.forming import form
from leerkring.formation.late import adjust
from leerkring.formation.outcome import CannotHold, NeedsReshuffle
from leerkring.formation.problem import Group, Person, Problem
from leerkring.formation.reading import Unreadable
from leerkring.formation.start import one_by_one
from leerkring.formation.tables import compiled

Progress = Callable[[str, float], None]


def warm(progress: Progress | None = None) -> bool:
    """Go once through all compiled code."""
    people = tuple(
        Person(
            id=f"p{number}",
            choices=("a", "b"),
            attributes={"unit": str(number % 3)},
            can_facilitate=number % 2 == 0,
            together=("p1",) if number == 0 else (),
            apart=("p3",) if number == 2 else (),
            chosen=("p5",) if number == 4 else (),
        )
        for number in range(12)
    )
    groups = tuple(Group(id=f"g{number}", theme="ab"[number % 2], min_size=2, max_size=6) for number in range(3))
    problem = Problem(people, groups)
    formed = form(problem, seconds=0.1)
    adjust(problem, formed.assignment)
    tables = compiled(problem).tables
    one_by_one(tables, np.arange(len(tables.members.start) - 1, dtype=np.int32))
    return True


VERBS: dict[str, Callable[..., Any]] = {"warm": warm, "form": form, "adjust": adjust, "curve": curve}


def main(descriptor: int, memory_mb: int) -> None:
    """Answer jobs until the other side closes."""
    pipe = Connection(descriptor)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (memory_mb * 1024 * 1024, memory_mb * 1024 * 1024))
    with contextlib.suppress(EOFError, ConnectionError, KeyboardInterrupt):
        while True:
            verb, arguments, seconds = pipe.recv()
            limit_time(seconds)
            try:
                pipe.send(("done", VERBS[verb](**arguments, progress=lambda *told: pipe.send(("progress", told)))))
            except (CannotHold, NeedsReshuffle, Unreadable, MemoryError) as failure:
                pipe.send(("failed", failure))


def limit_time(seconds: float) -> None:
    """The processor time that this job may take, on two cores, on top of what earlier jobs took."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime + 2 * seconds) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
