"""A real server for tests that need one: its own process, port, data directory and database."""

import fcntl
import hashlib
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit, urlunsplit

import django
import psycopg
from django.conf import settings
from django.utils.timezone import localdate

from leerkring.config.filling import fill, is_filled

ROOT = Path(__file__).resolve().parents[1]
FORMER = ROOT / "var" / "formation"
"""The compiled code of the group former: made once in a checkout, for all tests of both databases."""
MIGRATED = ROOT / "var" / "migrated"
"""Databases in which nothing has happened yet: all migrations run once in a checkout, not once for every test run."""
PREPARED = ROOT / "var" / "prepared"
"""Installations that tests take copies of: an empty one, and one with the sample cases."""


class Server:
    """`leerkring serve` or another command on a free port; `with Server(data) as server`."""

    def __init__(
        self,
        data: Path,
        *command: str,
        module: str = "leerkring.config.console",
        database_url: str = "",
        port: int = 0,
        ports: bool = True,
        **variables: str,
    ) -> None:
        self.data = data
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = data.parent / f"{data.name}.log"
        self.database_url = database_url
        self._command = ["-m", module, *(command or ("serve",)), "--data", str(data)]
        if ports:
            self._command += ["--port", str(self.port)]
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("LEERKRING_", "PYTEST"))},
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
            "LEERKRING_SECRET_KEY": settings.SECRET_KEY,
            "LEERKRING_BASE_URL": self.url,
            **variables,
        }
        if database_url:
            self._environment["LEERKRING_DATABASE_URL"] = database_url
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self, seconds: float = 90) -> None:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, *self._command],
                cwd=ROOT,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        try:
            self._wait(self._process, seconds)
        except BaseException:
            self.stop(signal.SIGKILL)
            raise

    def _wait(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if process.poll() is not None:
                raise AssertionError(f"The server stopped:\n{self.said()}")
            if self.answers():
                return
            time.sleep(0.1)
        raise AssertionError(f"The server did not answer in {seconds} s:\n{self.said()}")

    def finish(self, seconds: float = 180) -> str:
        """Run a command that ends by itself, and say what it said."""
        done = subprocess.run(
            [sys.executable, *self._command],
            cwd=ROOT,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as response:
                return bool(response.status == 200)
        except urllib.error.HTTPError as error:
            error.close()
            if error.code == 503:
                return False
            raise AssertionError(f"The server answers {error.code}:\n{self.said()}") from None
        except (urllib.error.URLError, OSError):
            return False

    def stop(self, how: signal.Signals = signal.SIGTERM) -> float:
        """End it and say how many seconds that took."""
        began = time.monotonic()
        if self._process is not None:
            self._process.send_signal(how)
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None
        return time.monotonic() - began

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""

    def execute(self, statement: str) -> None:
        """Change the server's database from outside, as another process would."""
        if self.database_url:
            with psycopg.connect(self.database_url, autocommit=True) as connection:
                connection.execute(statement.encode())
            return
        file = sqlite3.connect(self.data / "leerkring.sqlite3", timeout=20)
        try:
            with file:
                file.execute(statement)
        finally:
            file.close()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@dataclass(frozen=True)
class Prepared:
    """An installation that was made once, for tests to take copies of."""

    data: Path
    template: str

    @contextmanager
    def copy(self, to: Path) -> Iterator[tuple[Path, str]]:
        """A data directory and the address of its database, for one server."""
        shutil.copytree(self.data, to, symlinks=True)
        with own_database(self.template) as url:
            yield to, url


def compile_former() -> Path:
    """Where the compiled code is, once it is there; whoever comes second waits."""
    with _alone(FORMER):
        if not is_filled(FORMER):
            fill(FORMER, niceness=0)
    return FORMER


def prepare(name: str, *command: str) -> Prepared:
    """Run a command on a new installation (or serve it for a moment), once in a checkout as it is today."""
    kind = "postgresql" if settings.ENVIRONMENT.database_url else "sqlite"
    state = _state_of_sources()
    made = Prepared(PREPARED / f"{kind}-{name}-{state}", f"lk_{name}_{state}")
    with _alone(PREPARED, name=f"lock-{kind}-{name}"):
        if not made.data.exists() or (settings.ENVIRONMENT.database_url and not _has_database(made.template)):
            half = Prepared(PREPARED / f"half-{kind}-{name}", f"{made.template}_half")
            shutil.rmtree(half.data, ignore_errors=True)
            shutil.rmtree(made.data, ignore_errors=True)
            _install(half, *command)
            if settings.ENVIRONMENT.database_url:
                _rename_database(half.template, made.template)
            half.data.rename(made.data)
            # Somebody may be copying the one before: the code was changed while tests run.
            for older in sorted(PREPARED.glob(f"{kind}-{name}-*"), key=lambda path: path.stat().st_mtime)[:-2]:
                shutil.rmtree(older, ignore_errors=True)
    return made


def _install(made: Prepared, *command: str) -> None:
    made.data.mkdir()
    url = migrated_database(made.template, made.data / "leerkring.sqlite3")
    if command:
        Server(made.data, *command, database_url=url, ports=False).finish()
    else:
        with Server(made.data, database_url=url):
            pass
    shutil.rmtree(made.data / "formation", ignore_errors=True)
    (made.data / "formation").symlink_to(compile_former())


def prepare_sample() -> Prepared:
    """An installation with both sample cases."""
    return prepare("sample", "demo", "--load-only")


def prepare_ahead() -> None:
    """What nearly every test stands on, for the database of the settings."""
    if settings.ENVIRONMENT.database_url:
        migrated_template()
    else:
        migrated_file()
    compile_former()
    prepare_sample()


def migrated_database(name: str, file: Path) -> str:
    """A database in which nothing has happened yet: a copy in `file`, or on PostgreSQL its address under `name`."""
    if settings.ENVIRONMENT.database_url:
        return new_database(name, migrated_template())
    shutil.copyfile(migrated_file(), file)
    return ""


def migrated_file() -> Path:
    """On SQLite, once it is there; whoever comes second waits."""
    made = MIGRATED / f"{_state_of_migrations()}.sqlite3"
    with _alone(MIGRATED):
        if not made.exists():
            half = MIGRATED / "half"
            shutil.rmtree(half, ignore_errors=True)
            half.mkdir()
            _migrate(half, "")
            for older in MIGRATED.glob("*.sqlite3"):
                older.unlink()
            (half / "leerkring.sqlite3").rename(made)
    return made


def migrated_template() -> str:
    """Its name on PostgreSQL, once it is there; whoever comes second waits."""
    made = f"lk_migrated_{_state_of_migrations()}"
    with _alone(MIGRATED):
        if not _has_database(made):
            _migrate(MIGRATED, new_database(f"{made}_half"))
            _rename_database(f"{made}_half", made)
    return made


@contextmanager
def _alone(folder: Path, name: str = "lock") -> Iterator[None]:
    """Whoever comes second waits."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _state_of_migrations() -> str:
    """Changes with every migration and with Django."""
    return _state_of((ROOT / "src").glob("**/migrations/*.py"), django.__version__)


@cache
def _state_of_sources() -> str:
    """Changes with all that a start may do, and with the day: the sample ends today."""
    left = {"__pycache__", "static", "tests"}
    sources = (file for file in (ROOT / "src").glob("**/*.*") if not left & {*file.relative_to(ROOT).parts})
    return _state_of(sources, django.__version__, str(localdate()), settings.SECRET_KEY)


def _state_of(files: Iterable[Path], *more: str) -> str:
    state = hashlib.sha256(" ".join(more).encode())
    for file in sorted(files):
        state.update(file.read_bytes())
    return state.hexdigest()[:16]


def _migrate(data: Path, url: str) -> None:
    code = (
        "import django; django.setup();"
        "from django.core.management import call_command; call_command('migrate', verbosity=0);"
        "from django.db import connection; connection.close()"
    )
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("LEERKRING_", "PYTEST"))
    } | {
        "DJANGO_SETTINGS_MODULE": "leerkring.config.settings",
        "LEERKRING_DATA": str(data),
        "LEERKRING_SECRET_KEY": settings.SECRET_KEY,
    }
    if url:
        environment["LEERKRING_DATABASE_URL"] = url
    subprocess.run([sys.executable, "-c", code], cwd=ROOT / "src", env=environment, check=True)


def _has_database(name: str) -> bool:
    with psycopg.connect(settings.ENVIRONMENT.database_url) as connection:
        return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _rename_database(name: str, to: str) -> None:
    _ask_server(f"DROP DATABASE IF EXISTS {to} WITH (FORCE)")
    _ask_server(f"ALTER DATABASE {name} RENAME TO {to}")


def _ask_server(statement: str) -> None:
    with psycopg.connect(settings.ENVIRONMENT.database_url, autocommit=True) as connection:
        connection.execute(statement.encode())


@contextmanager
def own_database(template: str = "") -> Iterator[str]:
    """The address of a database for one server: empty for SQLite, a new one where the tests run on PostgreSQL."""
    name = f"lk_{uuid.uuid4().hex[:12]}"
    url = new_database(name, template)
    yield url
    if url:
        _ask_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def new_database(name: str, template: str = "") -> str:
    url = settings.ENVIRONMENT.database_url
    if not url:
        return ""
    _ask_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    _ask_server(f"CREATE DATABASE {name}{f' TEMPLATE {template}' if template else ''}")
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
