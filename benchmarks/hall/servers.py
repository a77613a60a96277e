"""The servers of one run, as processes of their own, and what they hold of threads, connections and memory."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@dataclass
class Served:
    """One process; `health` is where it says that it is there."""

    name: str
    command: list[str]
    port: int
    health: str = "/healthz"
    process: subprocess.Popen[bytes] | None = None

    def start(self, log: Path, environment: dict[str, str]) -> None:
        with log.open("ab") as file:
            self.process = subprocess.Popen(
                [sys.executable, *self.command], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
                stdout=file, stderr=file, start_new_session=True,
            )  # fmt: skip

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{self.health}", timeout=2):
                return True
        except urllib.error.HTTPError as error:
            error.close()
            return not self.health
        except OSError:
            return False

    def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        """The process and those it started."""
        if self.process is not None:
            os.killpg(self.process.pid, how)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
            self.process = None


@dataclass
class Servers:
    """SQLite: one process for everything. PostgreSQL: a proxy, one live process, pages in two."""

    data: Path
    database_url: str = ""
    holds_back: bool = False
    port: int = field(default_factory=free_port)
    served: list[Served] = field(default_factory=list)

    def __post_init__(self) -> None:
        console = ["-m", "leerkring.config.console"]
        data = ["--data", str(self.data)]
        proxy = [str(HERE / "proxy.py"), str(self.port)]
        hold = ["hold"] if self.holds_back else []
        if self.database_url:
            pages, live = free_port(), free_port()
            self.served = [
                Served("web", [*console, "web", *data, "--port", str(pages), "--processes", "2"], pages),
                Served("live", [*console, "live", *data, "--port", str(live)], live),
                Served("proxy", [*proxy, str(pages), str(live), *hold], self.port),
            ]
        else:
            inside = free_port() if hold else self.port
            self.served = [Served("serve", [*console, "serve", *data, "--port", str(inside)], inside)]
            if hold:
                self.served.append(Served("proxy", [*proxy, str(inside), str(inside), *hold], self.port))

    @property
    def environment(self) -> dict[str, str]:
        # An installation keeps its compiled code, which is half of a restart.
        left = ("LEERKRING_", "PYTHONDONTWRITEBYTECODE")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(left)}
        own = {
            "PYTHONPATH": str(ROOT / "src"),
            "LEERKRING_BASE_URL": f"http://127.0.0.1:{self.port}",
            "LEERKRING_LOG_LEVEL": "WARNING",
        }
        return kept | own | ({"LEERKRING_DATABASE_URL": self.database_url} if self.database_url else {})

    def start(self, seconds: float = 90) -> float:
        """Start what does not run, and say how long it took to answer."""
        began = time.monotonic()
        for served in self.served:
            if served.process is None:
                served.start(self.data.parent / f"{served.name}.log", self.environment)
                while not served.answers():
                    if (
                        time.monotonic() - began > seconds
                        or served.process is None
                        or served.process.poll() is not None
                    ):
                        raise SystemExit(f"{served.name} does not answer; see {served.name}.log")
                    time.sleep(0.05)
        return time.monotonic() - began

    def kill(self) -> None:
        """As when the power fails: all but the proxy."""
        for served in self.served:
            if served.name != "proxy":
                served.kill()

    def stop(self) -> None:
        for served in reversed(self.served):
            served.kill(signal.SIGTERM)

    def groups(self) -> dict[str, int]:
        """The process group of each server that runs."""
        return {served.name: served.process.pid for served in self.served if served.process is not None}

    def holding(self) -> dict[str, dict[str, int]]:
        """Threads, open sockets, megabytes and seconds of processor of each server, its own processes together."""
        return {served.name: weigh(served.process.pid) for served in self.served if served.process is not None}


def weigh(group: int) -> dict[str, int]:
    total = {"threads": 0, "sockets": 0, "mb": 0, "cpu_s": 0}
    ticks = os.sysconf("SC_CLK_TCK")
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            if os.getpgid(int(folder.name)) != group:
                continue
            status = dict(
                line.split(":\t", 1) for line in (folder / "status").read_text().splitlines() if ":\t" in line
            )
            total["threads"] += int(status["Threads"])
            total["mb"] += int(status["VmRSS"].split()[0]) // 1024
            spent = (folder / "stat").read_text().rpartition(")")[2].split()[11:13]
            total["cpu_s"] += sum(map(int, spent)) // ticks
            for handle in (folder / "fd").iterdir():
                total["sockets"] += os.readlink(handle).startswith("socket:")
        except (OSError, KeyError):
            continue
    return total
