from argparse import Namespace

from django.conf import settings
from django.core.checks import WARNING, run_checks

from leerkring.config import readiness
from leerkring.config.console.output import Stop, result, say, text
from leerkring.platform.jobs import overview
from leerkring.platform.mail.trial import try_out


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
    tried = try_out(options.mail, settings.LANGUAGE_CODE) if options.mail else None
    if tried is not None and not tried.worked:
        raise Stop(tried.said)
    if options.json:
        result(found | ({"trial": tried.said} if tried else {}))
    else:
        text(f"Data directory {found['data']}, database {found['database']}, mail to a {found['mail']}.")
        text("All is well." if not waiting else "All is well; the next start brings the database up to date.")
        if tried is not None:
            text(tried.said)
    if not waiting and (overdue := overview.overdue_count()):
        say(f"Jobs wait for more than five minutes, {overdue} of them: is leerkring serve or leerkring worker running?")
    if settings.DEBUG:
        say("LEERKRING_DEBUG is on: never with real people.")
    return 0
