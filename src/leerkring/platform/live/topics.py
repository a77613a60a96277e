"""What apps show live: a topic has one builder, and names the facts after which its screens are built anew.

This floor knows no rooms and no rounds. An app registers its topics when it is loaded; the live server builds each
open (topic, key, language) once and sends the same bytes to everybody.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils import translation

from leerkring.platform.facts import Fact
from leerkring.platform.live.hub import Change
from leerkring.platform.live.tickets import Screen, live_ticket


@dataclass(frozen=True)
class Snapshot:
    """All that a screen needs, for everybody who looks. `version` grows with each change; nothing personal in it."""

    version: int
    data: dict[str, Any]


@dataclass(frozen=True)
class Grant:
    """Who listens, and to which communities: what a ticket is made of. A guest has a `seat` such as `seat:12`."""

    community_ids: Iterable[int]
    person_id: int | None
    seat: str = ""


Named = str | type[Fact]
Builder = Callable[[str, str], Snapshot | None]
KeysOf = Callable[[Change], object]
MayListen = Callable[[HttpRequest, str], Grant | None]
Whom = Callable[[Change], Iterable[str] | None]


@dataclass(frozen=True)
class Topic:
    name: str
    facts: tuple[Named, ...]
    key_of: KeysOf
    may_listen: MayListen
    build: Builder
    tells_all: bool = False

    def keys(self, change: Change) -> set[str]:
        """The keys that this fact concerns: `key_of` answers one, several or None."""
        found = self.key_of(change)
        if found is None:
            return set()
        several = isinstance(found, list | tuple | set | frozenset)
        return {str(key) for key in (found if several else [found])}  # type: ignore[attr-defined]


@dataclass
class Registry:
    topics: dict[str, Topic] = field(default_factory=dict)
    endings: list[tuple[tuple[Named, ...], Whom | None]] = field(default_factory=list)

    def concerned(self, name: str) -> list[Topic]:
        return [topic for topic in self.topics.values() if name in _names(topic.facts)]

    def ends_by(self, name: str) -> list[Whom | None]:
        return [whom for facts, whom in self.endings if name in _names(facts)]

    def ending_names(self) -> set[str]:
        return {name for facts, _ in self.endings for name in _names(facts)}


registry = Registry()


def topic(
    name: str, *, facts: Iterable[Named], key_of: KeysOf, may_listen: MayListen, tells_all: bool = False
) -> Callable[[Builder], Builder]:
    """Register the builder `(key, language) -> Snapshot | None` of a topic; None says that there is nothing any more.

    `facts` are names or classes (with their subclasses). `key_of(fact)` and the builder may ask the database: both
    run outside the event loop. `may_listen(request, key)` gives a Grant to who may look now, else None. `tells_all` is
    for pages that also take the screen from answers to their own acts: they hear each version, also of the same
    content, as what they were answered may be older than that.
    """

    def add(build: Builder) -> Builder:
        registry.topics[name] = Topic(name, tuple(facts), key_of, may_listen, build, tells_all)
        return build

    return add


def ends_access(*facts: Named, whom: Whom | None = None) -> None:
    """After these facts somebody may see less: their streams end, and only a new ticket opens another.

    `whom(fact)` names the holders, as `holder(person_id)` or a seat; None means everybody in the fact's community.
    """
    registry.endings.append((facts, whom))


def ticket_for(request: HttpRequest, name: str, key: str, grant: Grant | None = None) -> str | None:
    """A fresh ticket to a screen, in the language of the request; None for who may not look.

    A page that knows the rights already hands over its `grant`; then they are not looked up again.
    """
    found = registry.topics.get(name)
    grant = grant or (found.may_listen(request, key) if found else None)
    if grant is None:
        return None
    screen = Screen(name, key, translation.get_language() or "nl")
    return live_ticket(grant.community_ids, grant.person_id, seat=grant.seat, screen=screen)


def _names(facts: Iterable[Named]) -> set[str]:
    names: set[str] = set()
    for each in facts:
        if isinstance(each, str):
            names.add(each)
        else:
            names |= {each.__name__} | _names(each.__subclasses__())
    return names
