"""Who takes the processor: the servers, the database, and the phones of the benchmark themselves."""

import os
import time
from collections.abc import Callable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
Belongs = Callable[[int, int, int], bool]
"""Whether a process belongs: its number, its parent's and its group's."""


class Processor:
    """Seconds of processor since the last time it was asked, by name."""

    def __init__(self, groups: Callable[[], dict[str, int]], postmaster: int = 0) -> None:
        """`groups` names the process groups of the servers as they are now; `postmaster` is that of PostgreSQL."""
        self._groups, self._postmaster = groups, postmaster
        self._before = self._spent()
        self._at = time.monotonic()

    def since(self) -> dict[str, float]:
        """Seconds by name, with `seconds` that passed and `cores` that were busy with it."""
        now, at = self._spent(), time.monotonic()
        # A server that was started anew begins at nothing.
        took = {name: round(max(0.0, spent - self._before.get(name, 0.0)), 2) for name, spent in now.items()}
        passed = at - self._at
        self._before, self._at = now, at
        return took | {"seconds": round(passed, 1), "cores": round(sum(took.values()) / max(passed, 0.01), 2)}

    def _spent(self) -> dict[str, float]:
        groups = {group: name for name, group in self._groups().items()}
        spent = dict.fromkeys(groups.values(), 0.0) | {"phones": time.process_time()}
        for folder in Path("/proc").iterdir():
            if not folder.name.isdigit():
                continue
            try:
                told = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            pid, parent, group = int(folder.name), int(told[1]), int(told[2])
            own, ended = sum(map(int, told[11:13])) / TICKS, sum(map(int, told[13:15])) / TICKS
            if group in groups:
                spent[groups[group]] += own
            elif self._postmaster and self._postmaster in (pid, parent):
                spent["database"] = spent.get("database", 0.0) + own + (ended if pid == self._postmaster else 0.0)
        return spent


def postmaster(database_url: str) -> int:
    """The first process of the PostgreSQL on this machine; 0 when it is elsewhere, or SQLite."""
    if not database_url:
        return 0
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = int(cursor.fetchone()[0])
    try:
        return int(Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0
