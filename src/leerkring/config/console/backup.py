from argparse import Namespace

from leerkring.config import backup, readiness
from leerkring.config.console.output import say, text


def run(options: Namespace) -> int:
    readiness.check_database()
    if waiting := readiness.waiting_migrations():
        say(f"This database waits for {len(waiting)} steps of an upgrade; the backup holds it as it is.")
    count = backup.write(options.file)
    text(f"{options.file} holds {count} rows and all uploads. Keep it as safe as the installation itself.")
    return 0
