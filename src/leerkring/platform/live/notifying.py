"""On PostgreSQL: word of new facts to the live processes, from one thread in each process that serves pages.

A NOTIFY takes a global lock at commit, so that one in each action's transaction would let all writers wait for each
other. After commit an action wakes this thread; however many do, it sends word at most ten times a second.
"""

import logging
import threading

from django.db import DatabaseError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from leerkring.platform import facts

logger = logging.getLogger(__name__)

CHANNEL = "leerkring_facts"
BETWEEN = 0.1


class Notifier:
    def __init__(self) -> None:
        self._happened = threading.Event()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self._connection: BaseDatabaseWrapper | None = None

    def start(self) -> None:
        """Send word from now on; on SQLite there is nobody to send it to."""
        if connection.vendor == "postgresql" and self._thread is None:
            self._thread = threading.Thread(target=self._run, name="live-notifier", daemon=True)
            self._thread.start()
            facts.subscribe(facts.Fact)(self.happened)

    def stop(self) -> None:
        self._stopped.set()
        self._happened.set()
        if self._thread is not None:
            self._thread.join(timeout=5)

    def happened(self, fact: facts.Fact) -> None:
        self._happened.set()

    def _run(self) -> None:
        while not self._stopped.is_set():
            self._happened.wait()
            self._happened.clear()
            self._send()
            self._stopped.wait(BETWEEN)
        if self._connection is not None:
            self._connection.close()

    def _send(self) -> None:
        try:
            if self._connection is None:
                self._connection = connections.create_connection("default")
            self._connection.close_if_unusable_or_obsolete()
            with self._connection.cursor() as cursor:
                cursor.execute(f"NOTIFY {CHANNEL}")
        except DatabaseError:
            # Live screens look by themselves every other second.
            logger.warning("No word could be sent of new facts")
            if self._connection is not None:
                self._connection.close()


notifier = Notifier()
