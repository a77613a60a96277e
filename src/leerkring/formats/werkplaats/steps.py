"""What every facilitator's action rests on: the locked room, and the note of what it changed so that it can be undone.

A step keeps, per row, the values before and after. It is undone by writing the former, and refused when the row no
longer has the latter: then something later stands on it. The secret of a round is never among them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from leerkring.community.people.models import Person
from leerkring.formats.werkplaats import access
from leerkring.formats.werkplaats.models import (
    Ask,
    Cluster,
    Placing,
    Point,
    Post,
    Presentation,
    Reply,
    Room,
    Round,
    Step,
    Table,
    Walked,
)
from leerkring.platform import clock
from leerkring.platform.rules import Refused

MODELS: dict[str, type[Model]] = {
    model.__name__: model
    for model in (Ask, Cluster, Placing, Point, Post, Presentation, Reply, Room, Round, Table, Walked)
}
Inverse = Callable[[Room, Step, Person], None]
_inverses: dict[str, Inverse] = {}
_guards: dict[str, Inverse] = {}


def inverse_of(*verbs: str) -> Callable[[Inverse], Inverse]:
    """Register what undoes these verbs, instead of writing the former values."""

    def register(function: Inverse) -> Inverse:
        _inverses.update(dict.fromkeys(verbs, function))
        return function

    return register


def guard_of(*verbs: str) -> Callable[[Inverse], Inverse]:
    """Register what is asked before these verbs are undone; it raises Refused."""

    def register(function: Inverse) -> Inverse:
        _guards.update(dict.fromkeys(verbs, function))
        return function

    return register


class Changes:
    """The rows that one action changes, made and noted at once."""

    def __init__(self) -> None:
        self.altered: list[dict[str, Any]] = []
        self.made: list[list[Any]] = []
        self.removed: list[dict[str, Any]] = []

    def alter(self, rows: Iterable[Model], **values: Any) -> int:
        """Write the values to all these rows that have others, in one statement; says how many had."""
        differing = [row for row in rows if any(_plain(getattr(row, name)) != _plain(values[name]) for name in values)]
        if not differing:
            return 0
        model = type(differing[0])
        if "secret" in values:
            raise TypeError("the secret of a round is never noted")
        for row in differing:
            before = {name: _plain(getattr(row, name)) for name in values}
            after = {name: _plain(value) for name, value in values.items()}
            self.altered.append({"model": model.__name__, "id": row.pk, "before": before, "after": after})
            for name, value in values.items():
                setattr(row, name, value)
        model._default_manager.filter(pk__in=[row.pk for row in differing]).update(**values)
        return len(differing)

    def appear(self, row: Model, name: str, at: datetime) -> None:
        """Note a new row that is taken away by setting this moment on it (`gone_at`, `removed_at`)."""
        self.altered.append(
            {"model": type(row).__name__, "id": row.pk, "before": {name: _plain(at)}, "after": {name: None}}
        )

    def make(self, row: Model) -> None:
        """Save a new row that nothing else will point to; undone, it is deleted."""
        row.save()
        self.made.append([type(row).__name__, row.pk])

    def remove(self, row: Model) -> None:
        """Delete a row that nothing points to; undone, it is there again."""
        values = {field.attname: _plain(getattr(row, field.attname)) for field in row._meta.concrete_fields}
        self.removed.append({"model": type(row).__name__, "values": values})
        row.delete()

    def is_empty(self) -> bool:
        return not (self.altered or self.made or self.removed)


def lock_room(room: Room, by: Person) -> None:
    """Hold the room for one facilitator at a time; phones, which only point to it, need not wait.

    Raises PermissionDenied.
    """
    if not access.may_run(by, room):
        raise PermissionDenied
    meeting = room.meeting
    room.refresh_from_db(from_queryset=Room.objects.select_for_update(no_key=True))
    room.meeting = meeting


def write_step(room: Room, verb: str, by: Person, changes: Changes, **more: Any) -> Step:
    payload = {"altered": changes.altered, "made": changes.made, "removed": changes.removed, **more}
    return Step.objects.create(room=room, verb=verb, payload=payload, by=by, at=clock.now())


def undo_step(room: Room, step: Step, by: Person) -> None:
    """Raises Refused when something later stands on it."""
    guard = _guards.get(step.verb)
    if guard is not None:
        guard(room, step, by)
    inverse = _inverses.get(step.verb, put_back)
    inverse(room, step, by)


def put_back(room: Room, step: Step, by: Person) -> None:
    """Write the former values, as far as the rows still have those that the step wrote."""
    for name, id_ in step.payload["made"]:
        if not MODELS[name]._default_manager.filter(pk=id_).delete()[0]:
            raise later()
    for entry in step.payload["removed"]:
        model = MODELS[entry["model"]]
        try:
            with transaction.atomic():
                model(**_typed(model, entry["values"])).save(force_insert=True)
        except IntegrityError:
            raise later() from None
    by_model: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for entry in step.payload["altered"]:
        by_model[entry["model"]].append(entry)
    for name, entries in by_model.items():
        _put_back_rows(MODELS[name], entries)


def touches(step: Step, model: str) -> bool:
    """Whether rows of this model are among what the step changed."""
    changed = [entry["model"] for entry in (*step.payload["altered"], *step.payload["removed"])]
    return model in changed or any(name == model for name, _id in step.payload["made"])


def later() -> Refused:
    return Refused(_("Something later stands on this. Undo that first."))


def _put_back_rows(model: type[Model], entries: list[dict[str, Any]]) -> None:
    rows = model._default_manager.in_bulk([entry["id"] for entry in entries])
    alike: defaultdict[str, list[int]] = defaultdict(list)
    for entry in entries:
        row = rows.get(entry["id"])
        if row is None or any(_plain(getattr(row, name)) != value for name, value in entry["after"].items()):
            raise later()
        alike[json.dumps(entry["before"], sort_keys=True)].append(row.pk)
    for text, ids in alike.items():
        model._default_manager.filter(pk__in=ids).update(**_typed(model, json.loads(text)))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Model):
        return value.pk
    return value


def _typed(model: type[Model], values: dict[str, Any]) -> dict[str, Any]:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return {name: None if value is None else fields[name].to_python(value) for name, value in values.items()}
