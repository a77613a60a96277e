"""What must be true before pages are served, and the sentences for when it is not."""

import io
from contextlib import redirect_stdout

from django.conf import settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections
from django.db.migrations.loader import MigrationLoader

from leerkring.config.console.output import Stop


def check_database() -> None:
    """Raises Stop when the database does not answer, or was written by a newer Leerkring."""
    try:
        connection.ensure_connection()
        newer = _migrations_from_the_future()
    except DatabaseError as error:
        reason = (str(error).strip().splitlines() or ["no reason given"])[0].rstrip(".")
        raise Stop(f"The database cannot be opened: {reason}. Check {_where()}.") from None
    if newer:
        raise Stop(
            f"The database is newer than this Leerkring: it knows {newer[0]}, and {len(newer) - 1} more steps. "
            "Install the version that wrote it, or restore a backup."
            if len(newer) > 1
            else f"The database is newer than this Leerkring: it knows {newer[0]}. "
            "Install the version that wrote it, or restore a backup."
        )


def prepare() -> None:
    """Bring database and static files up to this version."""
    check_database()
    with redirect_stdout(io.StringIO()):
        if waiting_migrations():
            call_command("migrate", interactive=False, verbosity=0)
        if not settings.DEBUG:
            call_command("collectstatic", interactive=False, verbosity=0, clear=False)


def waiting_migrations() -> list[str]:
    """The steps that this version would still take on the database."""
    loader = MigrationLoader(connections[DEFAULT_DB_ALIAS])
    return sorted(f"{app}.{name}" for app, name in loader.graph.nodes if (app, name) not in loader.applied_migrations)


def _migrations_from_the_future() -> list[str]:
    loader = MigrationLoader(connections[DEFAULT_DB_ALIAS])
    ours = {app.rsplit(".", 1)[-1] for app in settings.HOUSE}
    known = set(loader.disk_migrations)
    for migration in loader.disk_migrations.values():
        known |= {(migration.app_label, replaced) for _, replaced in migration.replaces}
    newer = set(loader.applied_migrations) - known
    return sorted(f"{app}.{name}" for app, name in newer if app in ours)


def _where() -> str:
    return "LEERKRING_DATABASE_URL" if settings.ENVIRONMENT.database_url else f"the data directory {settings.DATA}"
