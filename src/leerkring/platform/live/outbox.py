"""Reads the facts that others have committed, in one thread with one connection.

SQLite tells by a number whether anything was written, asked four times a second. PostgreSQL sends word (notifying.py),
and is asked every other second besides, for who wrote without sending word.
"""

import json
import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from leerkring.platform.live.hub import Change
from leerkring.platform.live.notifying import CHANNEL

logger = logging.getLogger(__name__)

INTERVAL = 0.25
SETTLED = 0.1
UNASKED = 2.0
GRACE = 2.0
AT_ONCE = 10_000


class Outbox:
    """Calls `tell` with new facts and `begin` with the id of the last one there was at the start."""

    def __init__(self, begin: Callable[[int], None], tell: Callable[[list[Change]], None]) -> None:
        self._begin = begin
        self._tell = tell
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="live-outbox", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join(timeout=5)

    def _run(self) -> None:
        reader: SqliteReader | PostgresReader | None = None
        begun = False
        quiet = False
        while not self._stopped.is_set():
            try:
                if reader is None:
                    reader = make_reader(connections.create_connection("default"))
                if not begun:
                    self._begin(reader.skip())
                    begun = True
                elif not quiet:
                    reader.wait(self._stopped)
                if changes := reader.read():
                    self._tell(changes)
                quiet = False
            except DatabaseError:
                if not quiet:
                    logger.exception("Live screens wait for the database")
                quiet = True
                # Keep what was read: after the interruption the next reader goes on from there.
                if reader is not None:
                    reader.drop_connection()
            if quiet:
                self._stopped.wait(1)
        if reader is not None:
            reader.drop_connection()


class SqliteReader:
    """SQLite has one writer at a time, so that ids are in the order of commits."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self._connection = connection
        self._last_id = 0
        self._version: int | None = None

    def skip(self) -> int:
        """Leave out what is there, and say up to which id that is."""
        self._last_id = rows(self._connection, "SELECT COALESCE(MAX(id), 0) FROM facts_factrow")[0][0]
        return self._last_id

    def wait(self, stopped: threading.Event) -> None:
        stopped.wait(INTERVAL)

    def read(self) -> list[Change]:
        version = rows(self._connection, "PRAGMA data_version")[0][0]
        if version == self._version:
            return []
        found = rows(
            self._connection,
            "SELECT id, name, community_id, by_id, ids FROM facts_factrow WHERE id > %s ORDER BY id LIMIT %s",
            [self._last_id, AT_ONCE],
        )
        if len(found) < AT_ONCE:
            self._version = version
        if found:
            self._last_id = found[-1][0]
        return [as_change(row) for row in found]

    def drop_connection(self) -> None:
        self._version = None
        self._connection.close()


class PostgresReader:
    """On PostgreSQL a lower id can be committed after a higher one, so each reading starts below the late ones.

    A row is passed for good when its transaction is older than every open one, and it has been seen for a while: a
    transaction takes its id for the row a moment before it counts as open.
    """

    _QUERY = """
        SELECT id, name, community_id, by_id, ids, age(xmin) > age(pg_snapshot_xmin(pg_current_snapshot())::xid)
        FROM facts_factrow WHERE id > %s ORDER BY id LIMIT %s
    """

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self._connection = connection
        self._passed = 0
        self._seen_at: dict[int, float] = {}
        self._hears_on: object = None

    def wait(self, stopped: threading.Event) -> None:
        """Until there is word of new facts, or it is time to look without."""
        if self._hears_on is None or self._hears_on is not self._connection.connection:
            rows(self._connection, f"LISTEN {CHANNEL}")
            self._hears_on = self._connection.connection
            # What was committed before this has passed unheard.
            return
        until = time.monotonic() + UNASKED
        while not stopped.is_set() and time.monotonic() < until:
            if self._heard():
                # Who commits in the same moment is read in the same turn.
                stopped.wait(SETTLED)
                return

    def _heard(self) -> bool:
        """Waits a short turn, so that stopping takes no longer than that."""
        with self._connection.wrap_database_errors:
            return bool(list(self._connection.connection.notifies(timeout=INTERVAL, stop_after=1)))

    def skip(self) -> int:
        """Leave out what is there, and say up to which id that is."""
        last_id: int = rows(self._connection, "SELECT COALESCE(MAX(id), 0) FROM facts_factrow")[0][0]
        self._passed = max(0, last_id - AT_ONCE // 2)
        self.read()
        return last_id

    def read(self) -> list[Change]:
        found = rows(self._connection, self._QUERY, [self._passed, AT_ONCE])
        fresh = [as_change(row) for row in found if row[0] not in self._seen_at]
        now = time.monotonic()
        self._seen_at = {row[0]: self._seen_at.get(row[0], now) for row in found}
        for row in found:
            if not row[-1] or now - self._seen_at[row[0]] < GRACE:
                break
            self._passed = row[0]
        return fresh

    def drop_connection(self) -> None:
        self._hears_on = None
        self._connection.close()


def make_reader(connection: BaseDatabaseWrapper) -> SqliteReader | PostgresReader:
    return SqliteReader(connection) if connection.vendor == "sqlite" else PostgresReader(connection)


def as_change(row: tuple[Any, ...]) -> Change:
    fact_id, name, community_id, by_id, ids = row[:5]
    # Asked past the models, JSON is text on one database and may be either on the other.
    return Change(fact_id, name, community_id, json.loads(ids) if isinstance(ids, str | bytes) else ids, by_id)


def rows(connection: BaseDatabaseWrapper, query: str, parameters: list[Any] | None = None) -> list[tuple[Any, ...]]:
    connection.close_if_unusable_or_obsolete()
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchall() if cursor.description else []
