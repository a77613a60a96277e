"""What the main pages cost: queries, processor time, and requests per second beside an empty signed-in page.

    .venv/bin/python benchmarks/pages.py [--rounds 30] [--person noor]

Loads the sample cases into a temporary data directory and asks each page in this process, in turns with the empty page
(`/help/`, signed in: the same frame, session and person, no rows), so that a noisy machine disturbs both alike.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))
EMPTY = "/help/"
PAGES = (
    "/amsterdam/",
    "/amsterdam/today/",
    "/amsterdam/agenda/",
    "/amsterdam/agenda/compare/",
    "/amsterdam/questions/",
    "/amsterdam/groups/",
    "/amsterdam/insights/",
    "/amsterdam/uptake/",
    "/amsterdam/meetings/",
    "/amsterdam/people/",
    "/amsterdam/activities/",
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--person", default="noor", help="one of the cast by key")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="leerkring-bench-") as data:
        os.environ.update(
            LEERKRING_DATA=data, LEERKRING_DEMO="true", DJANGO_SETTINGS_MODULE="leerkring.config.settings"
        )
        figures = measure(options.rounds, options.person)
    print(json.dumps(figures))
    return 0


def counting(queries: list[str]) -> Callable[..., Any]:
    def count(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        queries.append(sql)
        return execute(sql, *rest)

    return count


def measure(rounds: int, key: str) -> dict[str, object]:
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    from leerkring.config import readiness
    from leerkring.sample import scenario

    settings.ALLOWED_HOSTS.append("testserver")
    readiness.prepare()
    scenario.load()
    person = next(person for member, person in scenario.cast() if member.key == key)
    browser = Client()
    browser.force_login(person.account)

    def ask(path: str) -> float:
        began = time.process_time()
        answer = browser.get(path)
        spent = (time.process_time() - began) * 1000
        if answer.status_code != 200:
            raise SystemExit(f"{path} answered {answer.status_code}")
        return spent

    rows = {}
    for path in PAGES:
        ask(path)
        ask(EMPTY)
        queries: list[str] = []
        with connection.execute_wrapper(counting(queries)):
            ask(path)
        page, empty = [], []
        for _round in range(rounds):
            empty.append(ask(EMPTY))
            page.append(ask(path))
        median = statistics.median(page)
        rows[path] = {
            "queries": len(queries),
            "cpu_ms": round(median, 2),
            "share_of_empty": round(statistics.median(empty) / median, 3),
        }
        share = rows[path]["share_of_empty"]
        print(f"{path:32} {len(queries):3} queries {median:7.2f} ms   {share:.2f} of the requests of an empty page")
    return {
        "pages": rows,
        "most_queries": max(row["queries"] for row in rows.values()),
        "most_cpu_ms": max(row["cpu_ms"] for row in rows.values()),
    }


if __name__ == "__main__":
    raise SystemExit(main())
