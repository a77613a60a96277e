"""What recurs becomes a job when it is due: once, also after a stop in which it was missed many times."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import transaction

from leerkring.platform import clock
from leerkring.platform.jobs import queue, registry

DEDUPE = "recurring"


def plan() -> int:
    """Enqueue what is due; says how many that are."""
    now = clock.now()
    rows = {row.name: row for row in _rows().filter(name__in=registry.recurring)}
    if missing := [name for name in registry.recurring if name not in rows]:
        recurring = apps.get_model("jobs", "Recurring")
        _rows().bulk_create([recurring(name=name, next_at=now) for name in missing], ignore_conflicts=True)
        return plan()
    return sum(_plan(row) for row in rows.values() if row.next_at <= now or _is_too_far(row))


def _plan(row: Any) -> int:
    """Of several workers at once, the database lets one through."""
    now = clock.now()
    with transaction.atomic():
        due = _rows().filter(pk=row.pk, next_at=row.next_at)
        if not due.update(next_at=now + registry.recurring[row.name], last_at=now):
            return 0
        queue.enqueue(row.name, dedupe=DEDUPE)
    return 1


def _is_too_far(row: Any) -> bool:
    """Planned when it came less often, or when the clock of the machine was wrong."""
    moment: bool = row.next_at > clock.now() + registry.recurring[row.name]
    return moment


def _rows() -> Any:
    return apps.get_model("jobs", "Recurring").objects
