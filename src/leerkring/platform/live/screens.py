"""Keeps the latest snapshot of each screen that somebody looks at, built once for all.

Everything but building lives in the event loop's thread. Builders run one after another in one thread of their own,
which keeps one connection to the database.
"""

import asyncio
import json
import logging
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, NamedTuple

from django.core.serializers.json import DjangoJSONEncoder
from django.db import close_old_connections, connections
from django.utils import translation

from leerkring.platform.live.hub import Change, Listener
from leerkring.platform.live.tickets import Screen
from leerkring.platform.live.topics import Registry, registry

logger = logging.getLogger(__name__)

BETWEEN = 0.25
"""At most four a second."""
TOLD_A_SECOND = 4_000
"""More than this many messages a second from one process would leave no time for anything else."""
KEPT = 60.0
"""So long a screen is kept fresh for who polls."""
PATIENCE = 30.0


class Sheet(NamedTuple):
    """A snapshot as it goes over the wire."""

    version: int
    data: bytes
    event: bytes


class Watcher(Listener):
    """An open stream of snapshots. Nothing waits for it but the latest."""

    known: int | None = None


class Showing:
    """One screen, and who looks at it."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        self.sheet: Sheet | None = None
        self.is_gone = False
        self.watchers: set[Watcher] = set()
        self.ready = asyncio.Event()
        self.is_stale = False
        self.is_planned = False
        self.failures = 0
        self.built_at = 0.0
        self.asked_at = time.monotonic()

    @property
    def pace(self) -> float:
        """Seconds between two buildings."""
        waited = min(PATIENCE, 2.0**self.failures) if self.failures else 0.0
        return max(BETWEEN, len(self.watchers) / TOLD_A_SECOND, waited)

    def wake(self) -> None:
        for watcher in self.watchers:
            watcher.wake.set()


class Screens:
    def __init__(self, known: Registry = registry) -> None:
        self._registry = known
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="live-builder")
        self._showings: dict[Screen, Showing] = {}
        self._stopped = False

    def stop(self) -> None:
        self._stopped = True
        self._thread.submit(connections.close_all)
        self._thread.shutdown(wait=False)

    def apart(self, function: Callable[..., Any], *arguments: Any) -> "asyncio.Future[Any]":
        """Run something that may ask the database in the builders' thread."""
        return asyncio.get_running_loop().run_in_executor(self._thread, with_connection, function, *arguments)

    def look(self, screen: Screen) -> Showing:
        """The screen as it is kept, or a new one that is being built."""
        showing = self._showings.get(screen)
        if showing is None:
            showing = self._showings[screen] = Showing(screen)
            self._build_again(showing)
        showing.asked_at = time.monotonic()
        return showing

    def heard(self, changes: Iterable[Change]) -> None:
        """Build anew what these facts concern."""
        shown = {screen.topic for screen in self._showings}
        ours = [
            (topic.name, change)
            for change in changes
            for topic in self._registry.concerned(change.name)
            if topic.name in shown
        ]
        if ours and not self._stopped:
            self.apart(self._concerned, ours).add_done_callback(self._mark)

    def _concerned(self, changes: list[tuple[str, Change]]) -> set[tuple[str, str | None]]:
        """Topics and keys; None when it cannot be said which, then all of the topic."""
        found: set[tuple[str, str | None]] = set()
        for name, change in changes:
            try:
                found |= {(name, key) for key in self._registry.topics[name].keys(change)}
            except Exception:
                logger.exception("Topic %s does not know whom %s concerns", name, change.name)
                found.add((name, None))
        return found

    def _mark(self, done: "asyncio.Future[set[tuple[str, str | None]]]") -> None:
        if done.cancelled() or done.exception():
            return
        concerned = done.result()
        self._forget()
        for screen, showing in self._showings.items():
            if (screen.topic, screen.key) in concerned or (screen.topic, None) in concerned:
                self._build_again(showing)

    def _build_again(self, showing: Showing) -> None:
        showing.is_stale = True
        if not showing.is_planned:
            showing.is_planned = True
            wait = max(0.0, showing.built_at + showing.pace - time.monotonic())
            asyncio.get_running_loop().call_later(wait, self._begin, showing)

    def _begin(self, showing: Showing) -> None:
        if self._stopped:
            return
        showing.is_stale = False
        showing.built_at = time.monotonic()
        self.apart(build, self._registry, showing.screen).add_done_callback(partial(self._built, showing))

    def _built(self, showing: Showing, done: "asyncio.Future[Sheet | None]") -> None:
        showing.is_planned = False
        if done.cancelled():
            return
        if error := done.exception():
            logger.error("Screen %s of %s could not be built", showing.screen.key, showing.screen.topic, exc_info=error)
            showing.failures += 1
            self._build_again(showing)
            return
        showing.failures = 0
        sheet = done.result()
        showing.is_gone = sheet is None
        # Who sees the same as before is told nothing, though the version went on.
        if sheet is None or showing.sheet is None or sheet.data != showing.sheet.data or self._tells(showing, sheet):
            showing.sheet = after(showing.sheet, sheet)
            showing.wake()
        showing.ready.set()
        if showing.is_stale:
            self._build_again(showing)

    def _tells(self, showing: Showing, sheet: Sheet) -> bool:
        found = self._registry.topics.get(showing.screen.topic)
        is_newer = showing.sheet is None or sheet.version > showing.sheet.version
        return found is not None and found.tells_all and is_newer

    def _forget(self) -> None:
        """What nobody looks at any more is not built again."""
        old = time.monotonic() - KEPT
        for screen in [each for each, showing in self._showings.items() if not showing.watchers]:
            if self._showings[screen].asked_at < old:
                del self._showings[screen]


def after(before: Sheet | None, sheet: Sheet | None) -> Sheet | None:
    """Another content is another version, also where a builder counts too few: who polls goes by that."""
    if before is None or sheet is None or sheet.version > before.version:
        return sheet
    return as_sheet(before.version + 1, sheet.data)


def with_connection(function: Callable[..., Any], *arguments: Any) -> Any:
    """A broken or outlived connection is dropped before and after; a sound one stays for the next time."""
    close_old_connections()
    try:
        return function(*arguments)
    finally:
        close_old_connections()


def build(known: Registry, screen: Screen) -> Sheet | None:
    found = known.topics.get(screen.topic)
    with translation.override(screen.language):
        snapshot = found.build(screen.key, screen.language) if found else None
        if snapshot is None:
            return None
        # The moment travels beside the snapshot: within it, it would be old for who comes later.
        content = {name: value for name, value in snapshot.data.items() if name != "now"}
        data = json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":")).encode()
    return as_sheet(snapshot.version, data)


def as_sheet(version: int, data: bytes) -> Sheet:
    return Sheet(version, data, b"event: snapshot\nid: %d\ndata: %b\n\n" % (version, data))
