"""Who listens to which communities, and what they have not heard yet. All of it lives in the event loop's thread."""

import asyncio
import secrets
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from leerkring.platform.live.tickets import SECONDS, Ticket

REMEMBERED = 5_000


class Change(NamedTuple):
    """A fact, as far as live screens know it."""

    id: int
    name: str
    community_id: int | None
    ids: Mapping[str, Any] = MappingProxyType({})
    by_id: int | None = None


class Listener:
    """One open stream. Its queue holds one message: what it has not been told, as a set of names."""

    def __init__(self, ticket: Ticket, device: str) -> None:
        self.ticket = ticket
        self.device = device
        self.waiting: set[str] = set()
        self.farewell: str | None = None
        self.has_left = False
        self.early = secrets.randbelow(SECONDS // 3)
        self.wake = asyncio.Event()

    def tell(self, names: Iterable[str]) -> None:
        if self.ticket.screen is None:
            self.waiting.update(names)
            self.wake.set()

    def say_bye(self, reason: str) -> None:
        self.farewell = self.farewell or reason
        self.wake.set()

    def leave(self, *_: object) -> None:
        self.has_left = True
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
        self._log: deque[tuple[Change, float]] = deque()
        self._before_log = 0
        self._listeners: dict[int, set[Listener]] = defaultdict(set)
        self._devices: dict[str, list[Listener]] = defaultdict(list)
        self._ended: dict[str | int, float] = {}
        self.listeners: set[Listener] = set()

    def start(self, last_id: int, at: float) -> None:
        self.last_id = self._before_log = last_id
        self.started_at = at

    def publish(self, changes: Iterable[Change], at: float) -> None:
        names: dict[int, set[str]] = defaultdict(set)
        for change in changes:
            # The last to come, not the highest: a lower id may be committed later.
            self.last_id = change.id
            self._log.append((change, at))
            if len(self._log) > REMEMBERED:
                self._before_log = self._log.popleft()[0].id
            if change.community_id is not None:
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

    def end(self, ended: Mapping[str | int, float]) -> None:
        """Holders, or all of a community by its id, may see less since a moment: older tickets are worth nothing."""
        newest = max(ended.values(), default=0.0)
        self._ended = {who: at for who, at in self._ended.items() if at > newest - SECONDS}
        for who, at in ended.items():
            self._ended[who] = max(at, self._ended.get(who, 0.0))
        for listener in self.listeners:
            if self.is_over(listener.ticket):
                listener.say_bye("rights")

    def is_over(self, ticket: Ticket) -> bool:
        """Whether access has ended since the ticket was made; a new one brings the rights of now."""
        if not self._ended:
            return False
        concerned: list[str | int] = [*ticket.holders, *ticket.community_ids]
        return any(ticket.made_at <= self._ended.get(who, 0.0) for who in concerned)

    def missed_since(self, ticket: Ticket, after: int | None) -> list[str] | None:
        """The names of what happened after that fact, or since the ticket was made; None when that is not known."""
        if after is None:
            return self._since_moment(ticket)
        if after == self.last_id:
            return []
        found = after == self._before_log
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
