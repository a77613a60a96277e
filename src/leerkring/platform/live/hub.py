"""Who listens to which communities, and what they have not heard yet. All of it lives in the event loop's thread."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Iterable
from typing import NamedTuple

from leerkring.platform.live.tickets import Ticket

REMEMBERED = 5_000


class Change(NamedTuple):
    """A fact, as far as live screens know it."""

    id: int
    name: str
    community_id: int


class Listener:
    """One open stream. Its queue holds one message: what it has not been told, as a set of names."""

    def __init__(self, ticket: Ticket, device: str) -> None:
        self.ticket = ticket
        self.device = device
        self.waiting: set[str] = set()
        self.farewell: str | None = None
        self.wake = asyncio.Event()

    def tell(self, names: Iterable[str]) -> None:
        self.waiting.update(names)
        self.wake.set()

    def say_bye(self, reason: str) -> None:
        self.farewell = reason
        self.wake.set()

    def take(self) -> list[str]:
        names, self.waiting = sorted(self.waiting), set()
        self.wake.clear()
        return names


class Hub:
    def __init__(self, per_device: int) -> None:
        self.per_device = per_device
        self.last_id = 0
        self.started_at = 0.0
        self._log: deque[tuple[Change, float]] = deque(maxlen=REMEMBERED)
        self._listeners: dict[int, set[Listener]] = defaultdict(set)
        self._devices: dict[str, list[Listener]] = defaultdict(list)
        self.listeners: set[Listener] = set()

    def start(self, last_id: int, at: float) -> None:
        self.last_id = last_id
        self.started_at = at

    def publish(self, changes: Iterable[Change], at: float) -> None:
        names: dict[int, set[str]] = defaultdict(set)
        for change in changes:
            self._log.append((change, at))
            # The last to come, not the highest: a lower id may be committed later.
            self.last_id = change.id
            names[change.community_id].add(change.name)
        for community_id, told in names.items():
            for listener in self._listeners.get(community_id, ()):
                listener.tell(told)

    def join(self, listener: Listener) -> None:
        """Let the listener in; a device with too many streams loses its oldest."""
        self.listeners.add(listener)
        for community_id in listener.ticket.community_ids:
            self._listeners[community_id].add(listener)
        streams = self._devices[listener.device]
        streams.append(listener)
        if len(streams) > self.per_device:
            streams.pop(0).say_bye("many")

    def leave(self, listener: Listener) -> None:
        self.listeners.discard(listener)
        for community_id in listener.ticket.community_ids:
            self._listeners[community_id].discard(listener)
            if not self._listeners[community_id]:
                del self._listeners[community_id]
        streams = self._devices[listener.device]
        if listener in streams:
            streams.remove(listener)
        if not streams:
            del self._devices[listener.device]

    def say_bye(self) -> None:
        for listener in self.listeners:
            listener.say_bye("restart")

    def missed_since(self, ticket: Ticket, after: int | None) -> list[str] | None:
        """The names of what happened after that fact, or since the ticket was made; None when that is not known."""
        if after is None:
            return self._since_moment(ticket)
        if after == self.last_id:
            return []
        found = False
        names = set()
        for change, _ in self._log:
            if found and change.community_id in ticket.community_ids:
                names.add(change.name)
            found = found or change.id == after
        return sorted(names) if found else None

    def _since_moment(self, ticket: Ticket) -> list[str] | None:
        # A ticket's moment has no fractions: it may be up to a second before the page that carries it.
        if ticket.made_at + 1 < self.started_at:
            return None
        ours = ticket.community_ids
        return sorted({change.name for change, at in self._log if at >= ticket.made_at and change.community_id in ours})
