from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass

from django.apps import apps
from django.db import transaction

from leerkring.platform import clock

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A thing that happened. Subclasses add ids and numbers; names and texts stay out, so that erasure stays whole."""

    community_id: int | None
    by_id: int | None


Subscriber = Callable[..., None]
_subscribers: dict[type[Fact], list[Subscriber]] = defaultdict(list)
_beside: dict[type[Fact], list[Subscriber]] = defaultdict(list)


def subscribe(*kinds: type[Fact]) -> Callable[[Subscriber], Subscriber]:
    """Call the function with each fact of these kinds, after its transaction is committed."""

    def add(subscriber: Subscriber) -> Subscriber:
        for kind in kinds:
            if subscriber not in _subscribers[kind]:
                _subscribers[kind].append(subscriber)
        return subscriber

    return add


def beside(*kinds: type[Fact]) -> Callable[[Subscriber], Subscriber]:
    """Call the function with each fact of these kinds in its own transaction: what it writes stands or falls with it.

    For writing down a job that may not get lost. An error there undoes the action, so it does nothing else.
    """

    def add(subscriber: Subscriber) -> Subscriber:
        for kind in kinds:
            if subscriber not in _beside[kind]:
                _beside[kind].append(subscriber)
        return subscriber

    return add


def record(fact: Fact) -> None:
    """Write the fact in the current transaction; subscribers hear it after commit. One that fails stops no other."""
    ids = {key: value for key, value in asdict(fact).items() if key not in ("community_id", "by_id")}
    apps.get_model("facts", "FactRow").objects.create(
        name=type(fact).__name__, at=clock.now(), community_id=fact.community_id, by_id=fact.by_id, ids=ids
    )
    for kind in type(fact).__mro__:
        for subscriber in _beside.get(kind, ()):
            subscriber(fact)
    transaction.on_commit(lambda: _tell(fact))


def _tell(fact: Fact) -> None:
    for kind in type(fact).__mro__:
        for subscriber in _subscribers.get(kind, ()):
            try:
                subscriber(fact)
            except Exception:
                logger.exception("A subscriber of %s failed", type(fact).__name__)
