"""Access that ends ends on open streams too: goodbye to whom a fact concerns, and no stream for an older ticket.

A ticket is checked without the database and lives a quarter of an hour; what is kept here makes it worth less than
that from the moment that the outbox reads such a fact.
"""

import asyncio
import logging
from collections.abc import Iterable
from datetime import timedelta
from functools import partial

from django.apps import apps

from leerkring.platform import clock
from leerkring.platform.live.hub import Change, Hub
from leerkring.platform.live.screens import Screens
from leerkring.platform.live.tickets import SECONDS
from leerkring.platform.live.topics import Registry, registry

logger = logging.getLogger(__name__)

MARGIN = 2.0
"""A ticket may be stamped a moment after its rights were looked up."""

Ended = dict[str | int, float]


class Rights:
    def __init__(self, hub: Hub, screens: Screens, known: Registry = registry) -> None:
        self._hub = hub
        self._screens = screens
        self._registry = known

    def start(self) -> None:
        """What ended shortly before this server began."""
        if self._registry.endings:
            self._screens.apart(self._ended_before).add_done_callback(self._end)

    def heard(self, changes: Iterable[Change], at: float) -> None:
        ending = [change for change in changes if self._registry.ends_by(change.name)]
        if ending:
            self._screens.apart(partial(self._ended, [(change, at) for change in ending])).add_done_callback(self._end)

    def _end(self, done: "asyncio.Future[Ended]") -> None:
        if done.cancelled():
            return
        if error := done.exception():
            logger.error("Rights that ended could not be looked up", exc_info=error)
            return
        self._hub.end(done.result())

    def _ended(self, changes: Iterable[tuple[Change, float]]) -> Ended:
        ended: Ended = {}
        for change, at in changes:
            for who in self._whom(change):
                ended[who] = max(ended.get(who, 0.0), at + MARGIN)
        return ended

    def _whom(self, change: Change) -> list[str | int]:
        found: list[str | int] = []
        for whom in self._registry.ends_by(change.name):
            try:
                holders = whom(change) if whom else None
            except Exception:
                # Rather everybody asks again than that one goes on looking.
                logger.exception("It is not known whose access %s ends", change.name)
                holders = None
            if holders is not None:
                found += holders
            elif change.community_id is not None:
                found.append(change.community_id)
        return found

    def _ended_before(self) -> Ended:
        since = clock.now() - timedelta(seconds=SECONDS)
        rows = apps.get_model("facts", "FactRow").objects.filter(name__in=self._registry.ending_names(), at__gte=since)
        return self._ended(
            (Change(row.pk, row.name, row.community_id, row.ids, row.by_id), row.at.timestamp()) for row in rows
        )
