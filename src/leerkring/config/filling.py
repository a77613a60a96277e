"""The code of the group former, compiled before anybody clicks: once for each version, in the background.

Compiling takes half a minute of processor. It waits until the server has been up for a while, works at the lowest
priority in a process of its own, and is over when that process ends; pages come first.
"""

import hashlib
import logging
import sys
import threading
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

from leerkring import formation
from leerkring.formation.worker import Stopped, Worker

logger = logging.getLogger(__name__)

LATER = 60.0
"""Seconds after the start: a demo is on the screen by then."""
PATIENCE = 900.0
LOWEST = 19
CACHE = "formation"
"""In the data directory, where the pages' own process for forming looks as well."""


def fill_later() -> threading.Timer | None:
    """Compile in a minute what is not compiled yet. The timer can be cancelled; None when all is there."""
    if is_filled(settings.DATA / CACHE):
        return None
    timer = threading.Timer(LATER, fill, [settings.DATA / CACHE])
    timer.daemon = True
    timer.start()
    return timer


def fill(cache: Path, niceness: int = LOWEST) -> None:
    """Compile into this directory, and note for which version that was."""
    try:
        with Worker(cache, niceness=niceness) as worker:
            worker.warm(PATIENCE)
        _stamp(cache).write_text(_state(), encoding="ascii")
    except (Stopped, OSError):
        logger.warning("The group former could not be compiled beforehand; the first division takes longer")


def is_filled(cache: Path) -> bool:
    try:
        return _stamp(cache).read_text(encoding="ascii") == _state()
    except OSError:
        return False


def _stamp(cache: Path) -> Path:
    return cache / "filled"


def _state() -> str:
    """Changes with each version of what is compiled and of what compiles it."""
    told = [sys.version, version("numba")]
    for source in sorted(Path(formation.__path__[0]).glob("*.py")):
        found = source.stat()
        told.append(f"{source.name} {found.st_mtime_ns} {found.st_size}")
    return hashlib.sha256("\n".join(told).encode()).hexdigest()
