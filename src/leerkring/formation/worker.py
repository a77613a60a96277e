"""A process of its own for forming groups, kept warm, with limits of time and memory.

Compiled code lives in that process only. It listens on a pair of sockets; this side waits, hears progress, and ends the
process when time is up. The groups do not depend on which process formed them.
"""

import contextlib
import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast

import leerkring
from leerkring.formation.outcome import Formation
from leerkring.formation.problem import Problem

Progress = Callable[[str, float], None]
MEMORY_MB = 2048
WARMING = 300.0


class Stopped(Exception):
    """The process was ended before it had an answer: out of time, out of memory, or it broke down."""


class Worker:
    """`with Worker(cache) as worker: worker.form(...)`. One job at a time; others wait their turn."""

    def __init__(self, cache: Path | None = None, memory_mb: int = MEMORY_MB, niceness: int = 0) -> None:
        """Compiled code is kept in `cache`; without one beside the source, or else with the user's caches.

        With a `niceness` of 1 to 19 it leaves the processor to others.
        """
        self.cache = cache
        self.memory_mb = memory_mb
        self.niceness = niceness
        self.turn = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.pipe: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def warm(self, timeout: float = WARMING) -> None:
        """Have everything compiled before the first click. Raises Stopped."""
        self._ask("warm", {}, timeout, None)

    def form(
        self, problem: Problem, *, seed: int = 1, seconds: float = 2.0, timeout: float | None = None,
        progress: Progress | None = None,
    ) -> Formation:  # fmt: skip
        """As `forming.form`. Raises Unreadable, CannotHold and Stopped."""
        arguments = {"problem": problem, "seed": seed, "seconds": seconds}
        found = self._ask("form", arguments, timeout or seconds * 2 + 60, progress)
        return cast(Formation, found)

    def ask(self, verb: str, timeout: float, progress: Progress | None = None, **arguments: Any) -> Any:
        """Any of the verbs of `working.VERBS`. Raises what the verb raises, and Stopped."""
        return self._ask(verb, arguments, timeout, progress)

    def close(self) -> None:
        if self.pipe:
            self.pipe.close()
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                self.process.kill()
            self.process.wait()
        self.process = self.pipe = None

    def _ask(self, verb: str, arguments: dict[str, Any], timeout: float, progress: Progress | None) -> Any:
        with self.turn:
            pipe = self._pipe()
            ends = time.monotonic() + timeout
            try:
                pipe.send((verb, arguments, timeout))
                while pipe.poll(max(ends - time.monotonic(), 0)):
                    kind, value = pipe.recv()
                    if kind == "progress":
                        if progress:
                            progress(*value)
                    elif kind == "failed":
                        raise value  # noqa: TRY301 - what the verb raised in the other process
                    else:
                        return value
            except (EOFError, ConnectionError, pickle.UnpicklingError) as error:
                code = self.process.wait() if self.process else None
                self.close()
                raise Stopped(_told(code)) from error
            except BaseException:
                if not isinstance(sys.exc_info()[1], Exception):
                    self.close()
                raise
            self.close()
            raise Stopped("it took too long")

    def _pipe(self) -> Connection:
        if self.process and self.process.poll() is None and self.pipe:
            return self.pipe
        self.close()
        ours, theirs = socket.socketpair()
        package = Path(leerkring.__file__).parent.parent
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, [str(package), os.environ.get("PYTHONPATH", "")])),
            "OPENBLAS_NUM_THREADS": "1",
            "OMP_NUM_THREADS": "1",
        }
        if self.cache:
            environment["NUMBA_CACHE_DIR"] = str(self.cache)
        command = [sys.executable, "-m", "leerkring.formation.working", str(theirs.fileno()), str(self.memory_mb)]
        self.process = subprocess.Popen(  # noqa: S603
            command, env=environment, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        if self.niceness:
            # Linux weighs sessions against each other, and this process has one of its own: both are told.
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self.process.pid, self.niceness)
                Path(f"/proc/{self.process.pid}/autogroup").write_text(str(self.niceness), encoding="ascii")
        theirs.close()
        self.pipe = Connection(ours.detach())
        return self.pipe


def _told(code: int | None) -> str:
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        return "it took too long or too much memory"
    return "it broke down"
