from argparse import Namespace

from django.conf import settings

from leerkring.config import readiness, serving
from leerkring.config.console.output import Stop, say


def run(options: Namespace) -> int:
    if not settings.ENVIRONMENT.database_url:
        raise Stop("Several processes need PostgreSQL: set LEERKRING_DATABASE_URL, or use leerkring serve.")
    readiness.prepare()
    say(f"The pages of Leerkring answer on http://{options.host}:{options.port} (stop with Ctrl+C).")
    serving.serve_pages(options.host, options.port, options.processes)
    return 0
