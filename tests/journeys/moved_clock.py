"""Leerkring at a moment that a test moves: `python -m tests.journeys.moved_clock demo --port N --data DIR`.

Only here: no installation can do this. How far its clock is ahead stands in a file (`Clock`), which the process reads
each time it asks what time it is. What recurs is planned at every look, so that a job follows its moment at once.
Sessions and the terms of sign-in links keep to the time of the machine.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime, timedelta
from pathlib import Path

import leerkring  # noqa: F401 - swaps the SQLite of the system for ours before Django looks for it
from leerkring.platform import clock

FILE = "JOURNEY_CLOCK"


class Clock:
    """The clock of a process that is served by this module; it goes on from where it was moved to."""

    def __init__(self, file: Path) -> None:
        self.file = file

    @property
    def ahead(self) -> timedelta:
        return timedelta(seconds=float(self.file.read_text())) if self.file.exists() else timedelta()

    def now(self) -> datetime:
        return REAL() + self.ahead

    def move_to(self, moment: datetime) -> None:
        part = self.file.with_suffix(".part")
        part.write_text(str((moment - REAL()).total_seconds()))
        part.replace(self.file)


REAL = clock.now


def main() -> int:
    clock.now = Clock(Path(os.environ[FILE])).now
    from leerkring.config.console import main as console
    from leerkring.platform.jobs import worker

    worker.PLAN = 0.0
    return console(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
