from argparse import Namespace

from django.conf import settings
from django.core.checks import WARNING, run_checks

from leerkring.config import readiness
from leerkring.config.console.output import Stop, result, say, text


def run(options: Namespace) -> int:
    readiness.check_database()
    serious = [issue for issue in run_checks() if issue.level > WARNING]
    if serious:
        raise Stop(f"This installation cannot run: {serious[0].msg}")
    waiting = readiness.waiting_migrations()
    found = {
        "data": str(settings.DATA),
        "database": settings.DATABASES["default"]["ENGINE"].rsplit(".", 1)[-1],
        "waiting_migrations": waiting,
        "mail": "server" if settings.ENVIRONMENT.smtp_url else "folder",
    }
    if options.json:
        result(found)
    else:
        text(f"Data directory {found['data']}, database {found['database']}, mail to a {found['mail']}.")
        text("All is well." if not waiting else "All is well; the next start brings the database up to date.")
    if settings.DEBUG:
        say("LEERKRING_DEBUG is on: never with real people.")
    return 0
