"""What is the same for everybody and changes only when a fact is recorded, kept in this process.

A page that shows a programme reads, with the programme and so at no cost, how far the facts had come (`newest_fact`).
What was read at the same mark is given again; at another mark it is read anew. Three things keep this right:

* inside a transaction nothing is kept or given, as its facts may yet be rolled back and their ids used again;
* nothing is given that is older than half a minute, as a lower id may be committed later than a higher one;
* whoever keeps something keeps no rights: who may read is asked of the rows themselves, per person, at each request.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Subquery

from leerkring.platform.facts.models import FactRow

Value = TypeVar("Value")

SECONDS = 30
MOST = 500
LATELY = 0.5

_lock = Lock()
_kept: dict[tuple[str, int], tuple[int, float, Any]] = {}
_reading = Lock()
_lately: dict[tuple[str, object], tuple[float, Any]] = {}
_forgotten: Counter[str] = Counter()


def newest_fact() -> Subquery:
    """How far the facts of the installation have come, as a column."""
    return Subquery(FactRow.objects.order_by("-id").values("id")[:1])


def kept(name: str, id_: int, mark: int | None, read: Callable[[], Value]) -> Value:
    """What `read` answers, or answered before at this mark. Shared by all who ask: do not change it."""
    if mark is None or connection.in_atomic_block:
        return read()
    with _lock:
        found = _kept.get((name, id_))
    if found is not None and found[0] == mark and time.monotonic() - found[1] < SECONDS:
        value: Value = found[2]
        return value
    began, value = time.monotonic(), read()
    with _lock:
        _kept.pop((name, id_), None)
        while len(_kept) >= MOST:
            del _kept[next(iter(_kept))]
        _kept[(name, id_)] = (mark, began, value)
    return value


def lately(name: str, id_: object, read: Callable[[], Value]) -> Value:
    """What `read` answers, or answered less than half a second ago; None is not kept.

    For a hall that asks the same at once. A live screen is told what changed since; `forget_lately` makes it shorter in
    the process where it changed. Shared by all who ask: do not change it.
    """
    if connection.in_atomic_block:
        return read()
    value = _known_lately(name, id_)
    if value is None:
        # One reads, and the others have it too.
        with _reading:
            value = _known_lately(name, id_)
            if value is None:
                began, forgotten, value = time.monotonic(), _forgotten[name], read()
                if len(_lately) >= MOST:
                    _lately.clear()
                # What was read while it changed may be of before.
                if forgotten == _forgotten[name]:
                    _lately[(name, id_)] = (began, value)
    answer: Value = value
    return answer


def _known_lately(name: str, id_: object) -> Any:
    found = _lately.get((name, id_))
    return found[1] if found is not None and time.monotonic() - found[0] < LATELY else None


def forget_lately(name: str) -> None:
    _forgotten[name] += 1
    for key in [key for key in list(_lately) if key[0] == name]:
        _lately.pop(key, None)


def forget_kept() -> None:
    """For another database under the same process: a backup that was put back, the next test."""
    with _lock:
        _kept.clear()
    _lately.clear()
