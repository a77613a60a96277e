"""Mail through a worker that is killed with -9 at random moments: nothing lost, and every repeat known.

    python benchmarks/mail.py --mails 1000 --kills 100
    python benchmarks/mail.py --mails 1000 --kills 100 --postgres
    python benchmarks/mail.py --mails 1000 --kills 0

A small mail server on this machine notes each letter before it says yes, and takes some milliseconds before and after
that. The worker is killed after a random number of letters and a random moment more, and started again at once. A
letter may come twice only when the kill fell between the server's yes and our own note of it; then it has the same
Message-ID, and is listed among those that may have come twice. The last line is JSON.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from tests.post import Post  # noqa: E402

KIND = f"benchmark {time.time_ns()}"

fork = multiprocessing.get_context("fork")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mails", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--slow", type=float, default=0.01, help="most seconds before and after the server's note")
    parser.add_argument("--database-url", default="", help="an empty PostgreSQL; default: SQLite")
    parser.add_argument("--postgres", action="store_true", help="start a PostgreSQL for this run (tools/postgres.py)")
    parser.add_argument("--data", type=Path, help="data directory to use; default: one that is thrown away")
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="leerkring-mail-")))
        url = options.database_url or (stack.enter_context(postgres()) if options.postgres else "")
        log = folder / "accepted.log"
        log.touch()
        server = Post(log=log, slow=options.slow)
        post = fork.Process(target=server.serve_forever, daemon=True)
        post.start()
        try:
            set_up(options.data or folder / "data", url, server.port)
            figures = run(options, log) | {"database": "postgresql" if url else "sqlite"}
        finally:
            post.kill()
            post.join()
    print(json.dumps(figures))
    good = not figures["lost"] and not figures["repeats_not_listed"] and figures["same_message_id"]
    return 0 if good else 1


def set_up(data: Path, url: str, port: int) -> None:
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "leerkring.config.settings",
        "LEERKRING_DATA": str(data),
        "LEERKRING_DATABASE_URL": url,
        "LEERKRING_SMTP_URL": f"smtp://127.0.0.1:{port}",
        "LEERKRING_LOG_LEVEL": "ERROR",
    }
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def run(options: argparse.Namespace, log: Path) -> dict[str, Any]:
    from django.db import connections

    began = time.monotonic()
    write(options.mails)
    wrote = time.monotonic() - began
    connections.close_all()
    chance = random.Random(options.seed)
    began, in_work = time.monotonic(), 0
    for number in range(options.kills):
        in_work += kill_one(options, chance, log, options.kills - number)
    killed = time.monotonic() - began
    began, before = time.monotonic(), accepted(log)
    last = fork.Process(target=work)
    last.start()
    finish(options.mails)
    took = time.monotonic() - began
    last.terminate()
    last.join(20)
    return count(log, options.mails) | {
        "mails": options.mails,
        "kills": options.kills,
        "kills_in_work": in_work,
        "write_s": round(wrote, 2),
        "kill_s": round(killed, 1),
        "last_stretch": options.mails - before,
        "last_stretch_s": round(took, 2),
    }


def write(count: int) -> None:
    from django.db import transaction

    from leerkring.platform.mail import actions as mail

    with transaction.atomic():
        for number in range(count):
            mail.send(
                to=f"reader{number:05}@voorbeeld.example",
                template="mail/trial",
                kind=KIND,
                context={},
                language="nl",
                key=f"{KIND} {number}",
                urgent=number % 10 == 0,
            )


def work() -> None:
    """The worker as `leerkring worker` runs it, without the time that it takes to start Python."""
    import threading

    from leerkring.platform.jobs.worker import Worker

    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    worker = Worker()
    worker.start()
    stopped.wait()
    worker.stop()


def kill_one(options: argparse.Namespace, chance: random.Random, log: Path, left: int) -> bool:
    """Let a worker do a random share of what is left, and kill it; says whether there was still work."""
    process = fork.Process(target=work)
    process.start()
    share = max(1, round(1.8 * (options.mails - accepted(log)) / (left + 1)))
    until = accepted(log) + chance.randrange(share)
    end = time.monotonic() + 20
    while accepted(log) < until and time.monotonic() < end:
        time.sleep(0.001)
    time.sleep(chance.uniform(0, 4 * options.slow + 0.01))
    process.kill()
    process.join()
    return accepted(log) < options.mails


def accepted(log: Path) -> int:
    return log.read_bytes().count(b"\n")


def finish(mails: int) -> None:
    """Until every letter is accepted, or nothing has happened for long."""
    from leerkring.platform.mail.models import Letter

    done, since = -1, time.monotonic()
    while done < mails and time.monotonic() - since < 60:
        time.sleep(0.05)
        now = Letter.objects.filter(kind=KIND, state="accepted").count()
        if now != done:
            done, since = now, time.monotonic()


def count(log: Path, mails: int) -> dict[str, Any]:
    from leerkring.platform.jobs.models import Job
    from leerkring.platform.mail.models import Letter

    lines = [line.split() for line in log.read_text(encoding="ascii").splitlines()]
    times = Counter(message_id for message_id, _ in lines)
    listed = dict(Letter.objects.filter(kind=KIND).values_list("message_id", "repeats"))
    repeats = {message_id: number - 1 for message_id, number in times.items() if number > 1}
    return {
        "accepted": len(times),
        "lost": mails - len(times) + Letter.objects.filter(kind=KIND).exclude(state="accepted").count(),
        "accepted_once": sum(number == 1 for number in times.values()),
        "repeats": sum(repeats.values()),
        "most_times": max(times.values(), default=0),
        "repeats_not_listed": sum(number > listed[message_id] for message_id, number in repeats.items()),
        "listed_and_came_once": sum(number > 0 and message_id not in repeats for message_id, number in listed.items()),
        "same_message_id": len({to for _, to in lines}) == len(times),
        "jobs_left": Job.objects.exclude(state="done").filter(name="mail.hand_over").count(),
        "texts_left": Letter.objects.filter(kind=KIND).exclude(body="").count(),
    }


@contextlib.contextmanager
def postgres() -> Any:
    sys.path.insert(0, str(ROOT / "tools"))
    from postgres import server

    with server() as url:
        yield url


if __name__ == "__main__":
    sys.exit(main())
