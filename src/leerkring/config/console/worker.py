import signal
import threading
from argparse import Namespace

from leerkring.config import readiness
from leerkring.config.console.output import Stop, say
from leerkring.platform.jobs.worker import Worker, run_all


def run(options: Namespace) -> int:
    readiness.check_database()
    if readiness.waiting_migrations():
        raise Stop("The database is older than this Leerkring. Start leerkring web or serve first, then this.")
    if options.once:
        count = run_all()
        say("One job was done." if count == 1 else f"{count} jobs were done.")
        return 0
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    worker = Worker()
    worker.start()
    say("Jobs are done as they come: mail, reminders, cleaning (stop with Ctrl+C).")
    stopped.wait()
    worker.stop()
    return 0
