"""What the main pages cost: queries, processor time, and how many times an empty signed-in page.

    .venv/bin/python benchmarks/pages.py [--rounds 30] [--person noor] [--members 1000]

Loads the sample cases into a temporary data directory and asks each page in this process, in turns with the empty page
(`/help/`, signed in: the same frame, session and person, no rows), so that a noisy machine disturbs both alike.
`--members` adds people to the programme, who come to the first meeting that has a page here.
"""

import argparse
import gc
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
THINGS = (
    ("questions/{}/", "questions.LearningQuestion", {"code__isnull": False}),
    ("groups/{}/", "groups.LearningGroup", {}),
    ("meetings/{}/", "meetings.Meeting", {"kind": "werkplaats"}),
    ("insights/{}/", "insights.Insight", {}),
    ("uptake/changes/{}/", "uptake.Change", {}),
)
"""A page of one of each: the first one in the programme."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--person", default="noor", help="one of the cast by key")
    parser.add_argument("--members", type=int, default=0, help="how many people to add to the sample")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="leerkring-bench-") as data:
        os.environ.update(
            LEERKRING_DATA=data, LEERKRING_DEMO="true", DJANGO_SETTINGS_MODULE="leerkring.config.settings"
        )
        figures = measure(options.rounds, options.person, options.members)
    print(json.dumps(figures))
    return 0


def counting(queries: list[str]) -> Callable[..., Any]:
    def count(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        queries.append(sql)
        return execute(sql, *rest)

    return count


def add_members(count: int) -> None:
    """People who take part in the programme and are on the list of its first werkplaats."""
    from leerkring.community.accounts.models import Account
    from leerkring.community.meetings.models import Attendance, Meeting
    from leerkring.community.memberships.models import Community, Membership, Placement
    from leerkring.community.people.models import Person
    from leerkring.platform import clock

    community = Community.objects.get(slug="amsterdam")
    organisation = community.organisations.first()
    units = list(organisation.units.all())
    today = clock.today()
    accounts = Account.objects.bulk_create(Account(made_at=clock.now()) for _ in range(count))
    people = Person.objects.bulk_create(
        Person(account=account, given_name=f"Deelnemer {n}", family_name="Velen", name_key=f"velen deelnemer {n:05}")
        for n, account in enumerate(accounts)
    )
    members = Membership.objects.bulk_create(
        Membership(community=community, person=person, level="active", since_on=today) for person in people
    )
    Placement.objects.bulk_create(
        Placement(membership=member, organisation=organisation, unit=units[n % len(units)], since_on=today)
        for n, member in enumerate(members)
    )
    meeting = Meeting.objects.filter(community=community, kind="werkplaats").order_by("id").first()
    Attendance.objects.bulk_create(Attendance(meeting=meeting, person=person) for person in people)


def pages_of_things() -> list[str]:
    from django.apps import apps

    found = []
    for path, model, which in THINGS:
        rows = apps.get_model(model).objects.filter(community__slug="amsterdam", **which)
        found.append("/amsterdam/" + path.format(rows.order_by("id").values_list("id", flat=True)[0]))
    return found


def measure(rounds: int, key: str, members: int) -> dict[str, object]:
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
    add_members(members)
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
    gc.freeze()
    for path in (*PAGES, *pages_of_things()):
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
            "times_empty": round(median / statistics.median(empty), 2),
        }
        times = rows[path]["times_empty"]
        print(f"{path:32} {len(queries):3} queries {median:7.2f} ms   {times:5.1f} times an empty page")
    return {
        "members_added": members,
        "pages": rows,
        "most_times_empty": max(row["times_empty"] for row in rows.values()),
        "most_queries": max(row["queries"] for row in rows.values()),
        "most_cpu_ms": max(row["cpu_ms"] for row in rows.values()),
    }


if __name__ == "__main__":
    raise SystemExit(main())
