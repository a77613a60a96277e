from argparse import Namespace

from leerkring.config import backup, readiness
from leerkring.config.console.output import text
from leerkring.platform.mail import actions as mail


def run(options: Namespace) -> int:
    readiness.check_database()
    count = backup.read(options.file)
    text(f"Restored {count} rows and all uploads. Everybody signs in again.")
    if held := mail.hold_back():
        text(f"{held} letters that waited in the backup are held back: leerkring mail lists them and can send them.")
    return 0
