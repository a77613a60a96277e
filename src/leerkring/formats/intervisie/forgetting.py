"""What is deleted leaves the write-ahead log of SQLite too; PostgreSQL recycles its own."""

from django.conf import settings
from django.db import connection

PATIENCE = 300
"""Milliseconds to wait for readers. When they take longer, the next withdrawal or the next quiet moment does it."""


def forget_in_the_log() -> None:
    """Write the log back into the database and empty it. To be called after commit."""
    if connection.vendor != "sqlite":
        return
    usual = int(settings.DATABASES["default"]["OPTIONS"].get("timeout", 5) * 1000)
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.fetchall()
        cursor.execute(f"PRAGMA busy_timeout = {usual}")
