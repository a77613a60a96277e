from argparse import Namespace

from leerkring.config import readiness, serving
from leerkring.config.console.output import Stop, say


def run(options: Namespace) -> int:
    listener = serving.listen(options.host, options.port)
    readiness.check_database()
    if readiness.waiting_migrations():
        raise Stop("The database is older than this Leerkring. Start leerkring web first, then this.")
    say(f"Live screens answer on http://{options.host}:{options.port}/live/ (stop with Ctrl+C).")
    serving.serve_live(listener)
    return 0
