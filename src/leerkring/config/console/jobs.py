from argparse import Namespace

from leerkring.config import readiness
from leerkring.config.console.output import Stop, result, say, text
from leerkring.platform.jobs import overview
from leerkring.platform.jobs.enums import State


def run(options: Namespace) -> int:
    readiness.check_database()
    if readiness.waiting_migrations():
        raise Stop("The database is older than this Leerkring. Start leerkring serve first.")
    if options.retry is not None:
        return _retry(options.retry)
    counts, shown = overview.counts(), overview.listed(options.state, options.most)
    rows = [overview.as_row(job) for job in shown]
    if options.json:
        result({"counts": counts, "jobs": rows, "recurring": overview.recurring()})
        return 0
    text(", ".join(f"{count} {state}" for state, count in counts.items()) + ".")
    for row in rows:
        text(f"{row['id']:>8}  {row['state']:<8} {row['name']:<28} {row['attempts']:>2}x  {row['at']}  {row['error']}")
    for name, next_at in overview.recurring().items():
        text(f"          again    {name:<28}      {next_at}")
    if counts[State.DEAD]:
        say("What is dead stays until you have it tried again: leerkring jobs --retry ID, or --retry all.")
    return 0


def _retry(which: str) -> int:
    if which != "all" and not (which.isascii() and which.isdigit() and len(which) < 19):
        raise Stop("Give the number of a job that is dead, or all.")
    count = overview.retry(None if which == "all" else int(which))
    if not count and which != "all":
        raise Stop(f"No job {which} is dead. leerkring jobs says which are.")
    say("One job is tried again." if count == 1 else f"{count} jobs are tried again.")
    return 0
