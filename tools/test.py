"""Runs every check and every test, and says how many ran on each database; bin/test calls it."""

import argparse
import os
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import postgres

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.prefix) / "bin"
REPORTS = ROOT / "var" / "reports"
BROWSERS = (Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium"))
"""Without windows it takes a tenth of the processor less."""


@dataclass
class Count:
    passed: int = 0
    failed: int = 0
    skipped: int = 0


@dataclass
class Run:
    """What has been done so far."""

    counts: dict[str, Count] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=lambda: dict(os.environ))
    running: ExitStack = field(default_factory=ExitStack)
    postgresql_url: str = ""

    def postgresql(self) -> str:
        """The address of the server that all steps share; it starts when first asked for."""
        if not self.postgresql_url:
            self.postgresql_url = self.running.enter_context(postgres.server())
        return self.postgresql_url

    def command(self, name: str, *arguments: str | Path) -> None:
        if subprocess.run([str(part) for part in arguments], cwd=ROOT, env=self.environment, check=False).returncode:
            self.broken.append(name)

    def pytest(self, name: str, *arguments: str, database_url: str = "") -> None:
        report = REPORTS / f"{name}.xml"
        environment = dict(self.environment)
        if database_url:
            environment["LEERKRING_DATABASE_URL"] = database_url
        else:
            environment.pop("LEERKRING_DATABASE_URL", None)
        command = [str(BIN / "pytest"), "-q", f"--junitxml={report}", *arguments]
        code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        self.counts[name] = count = read_report(report)
        if code and not count.failed:
            self.broken.append(name)


def read_report(report: Path) -> Count:
    if not report.exists():
        return Count(failed=1)
    suite = ET.parse(report).getroot().find("testsuite")
    if suite is None:
        return Count(failed=1)
    number = {key: int(suite.get(key, 0)) for key in ("tests", "failures", "errors", "skipped")}
    failed = number["failures"] + number["errors"]
    return Count(number["tests"] - failed - number["skipped"], failed, number["skipped"])


def style(run: Run) -> None:
    run.command("style", BIN / "ruff", "check")
    run.command("format", BIN / "ruff", "format", "--check")


def types(run: Run) -> None:
    """One processor is enough for this: the other one makes what every test stands on."""
    making = [make_ahead(run, url) for url in ("", run.postgresql())]
    run.command("types", BIN / "mypy")
    for process in making:
        process.wait()


def make_ahead(run: Run, database_url: str) -> subprocess.Popen[bytes]:
    """What comes too late, or goes wrong, is made or said by the tests themselves."""
    code = "from tests.running import prepare_ahead; prepare_ahead()"
    environment = {**run.environment, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    if database_url:
        environment["LEERKRING_DATABASE_URL"] = database_url
    return subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def messages(run: Run) -> None:
    run.command("messages", sys.executable, "tools/messages.py", "check")


def migrations(run: Run) -> None:
    run.environment["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    run.command("migrations", sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run")


def workers() -> str:
    return str(min(2, os.cpu_count() or 1))


SPREAD = ("-n", workers(), "--dist", "loadgroup")


def sqlite(run: Run) -> None:
    run.pytest("sqlite", *SPREAD, "src", "tests", "--ignore=tests/journeys")


def postgresql(run: Run) -> None:
    """All but what is the same on every database: that ran above."""
    run.pytest(
        "postgresql", *SPREAD, "-m", "not once", "src", "tests", "--ignore=tests/journeys",
        database_url=run.postgresql(),
    )  # fmt: skip


def journeys(run: Run) -> None:
    run.environment["CHROMIUM"] = find_chromium()
    if not run.environment["CHROMIUM"]:
        run.broken.append("journeys")
        return
    spread = ("-n", workers(), "--dist", "loadfile", "--no-loadscope-reorder", "tests/journeys")
    run.pytest("journeys-sqlite", *spread)
    run.pytest("journeys-postgresql", "-m", "not once", *spread, database_url=run.postgresql())


STEPS: list[Callable[[Run], None]] = [style, types, messages, migrations, sqlite, postgresql, journeys]
ALONE = "Chromium is missing. Install it (on Debian: apt-get install chromium), or run bin/test --without-browser."


def find_chromium() -> str:
    """The browser of the journeys, also one of your own in CHROMIUM; on Debian and as root it is installed."""
    if named := os.environ.get("CHROMIUM"):
        return named
    if not BROWSERS[0].exists() and os.geteuid() == 0 and shutil.which("apt-get"):
        say("Installing Chromium ...")
        apt_get("update")
        for browser in BROWSERS:
            if browser.exists() or apt_get("install", "--yes", browser.name):
                break
    found = next((str(browser) for browser in BROWSERS if browser.exists()), "")
    if not found:
        say(ALONE)
    return found


def apt_get(*words: str) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(["apt-get", "-q", *words], check=False, env=environment, stdout=subprocess.DEVNULL)
    return done.returncode == 0


def say(sentence: str) -> None:
    print(sentence, flush=True)


def main() -> int:
    names = [step.__name__ for step in STEPS]
    parser = argparse.ArgumentParser(prog="bin/test", description="Runs every check and every test.")
    parser.add_argument("--without-browser", action="store_true", help="leave out the journeys in a browser")
    parser.add_argument("step", nargs="*", help=f"only these: {', '.join(names)}")
    options = parser.parse_args()
    if unknown := set(options.step) - set(names):
        parser.error(f"there is no step {sorted(unknown)[0]}; choose from {', '.join(names)}")
    os.chdir(ROOT)
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    shutil.rmtree(REPORTS, ignore_errors=True)
    REPORTS.mkdir(parents=True)

    run = Run()
    run.environment["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    with run.running:
        for step in STEPS:
            wanted = step.__name__ in options.step if options.step else True
            if not wanted or (options.without_browser and step is journeys):
                continue
            began = time.monotonic()
            say(f"== {step.__name__}")
            step(run)
            say(f"== {step.__name__}: {time.monotonic() - began:.0f} s")
    return close(run, options.without_browser)


def close(run: Run, without_browser: bool) -> int:
    total = Count()
    say("")
    for name, count in run.counts.items():
        say(f"{name}: {count.passed} tests passed, {count.failed} failed, {count.skipped} skipped")
        total.passed += count.passed
        total.failed += count.failed
        total.skipped += count.skipped
    for name in run.broken:
        say(f"{name}: not in order, see above")
    if without_browser:
        say("The journeys in a browser were left out.")
    total.failed += len(run.broken)
    say(f"{total.passed} passed, {total.failed} failed, {total.skipped} skipped")
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main())
