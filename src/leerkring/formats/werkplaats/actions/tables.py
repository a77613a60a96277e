from __future__ import annotations

from copy import copy
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from leerkring.community.people.models import Person
from leerkring.formats.werkplaats.actions.mirroring import mirror
from leerkring.formats.werkplaats.facts import TableChanged, TablePut, TableRemoved
from leerkring.formats.werkplaats.models import Placing, Room, Table
from leerkring.formats.werkplaats.steps import Changes, lock_room, write_step
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused, check_fields

CHANGEABLE = frozenset(
    {
        "name", "question", "theme", "cluster", "table", "min", "max", "needs_facilitator", "slot", "first_at",
        "position",
    }
)  # fmt: skip


def put_table(*, room: Room, name: str, by: Person, **values: Any) -> Table:
    """Put up a possible group: question, theme, cluster, table, min, max, needs_facilitator, slot, first_at.

    Raises PermissionDenied, and Refused for numbers or links that do not fit.
    """
    _require_known(values)
    with transaction.atomic():
        lock_room(room, by)
        last = room.tables.aggregate(last=Max("position"))["last"] or 0
        row = Table(room=room, name=name.strip(), **{"position": last + 1, "table": str(last + 1), **values})
        _check(row)
        row.save()
        changes = Changes()
        changes.appear(row, "removed_at", clock.now())
        write_step(room, "put_table", by, changes)
        facts.record(TablePut(community_id=room.community_id, by_id=by.pk, room_id=room.pk, table_id=row.pk))
    return row


def change_table(*, table: Table, by: Person, sign: str | None = None, **values: Any) -> Table:
    """Change the named values; `sign` is what stands on the table in the hall.

    Raises PermissionDenied, and Refused for numbers or links that do not fit.
    """
    if sign is not None:
        values["table"] = sign
    _require_known(values)
    with transaction.atomic():
        room = _lock(table, by)
        fields = {field.name: field.attname for field in Table._meta.concrete_fields}
        mine = {fields[name]: getattr(value, "pk", value) for name, value in values.items()}
        changed = copy(table)
        for name, value in values.items():
            setattr(changed, name, value)
        _check(changed)
        changes = Changes()
        if changes.alter([table], **mine):
            table.refresh_from_db()
            write_step(room, "change_table", by, changes)
            facts.record(TableChanged(community_id=room.community_id, by_id=by.pk, room_id=room.pk, table_id=table.pk))
    return table


def remove_table(*, table: Table, by: Person) -> Table:
    """Take a table away with who sits there. Twice is once. Raises PermissionDenied, Refused once it is a group."""
    with transaction.atomic():
        room = _lock(table, by)
        if table.removed_at is not None:
            return table
        if table.group_id is not None:
            raise Refused(_("This table is a group by now. Change it on the page of the group."))
        changes = Changes()
        for placing in Placing.objects.filter(table=table):
            changes.remove(placing)
        changes.alter([table], removed_at=clock.now())
        write_step(room, "remove_table", by, changes)
        mirror(room, by)
        facts.record(TableRemoved(community_id=room.community_id, by_id=by.pk, room_id=room.pk, table_id=table.pk))
    return table


def _lock(table: Table, by: Person) -> Room:
    room = Room.objects.select_related("meeting__community").get(pk=table.room_id)
    lock_room(room, by)
    table.refresh_from_db()
    return room


def _require_known(values: dict[str, Any]) -> None:
    if unknown := set(values) - CHANGEABLE:
        raise TypeError(f"a table has no {', '.join(sorted(unknown))} to change")


def _check(row: Table) -> None:
    if row.max < row.min:
        raise Refused(_("At most cannot be less than at least."))
    for link in (row.question, row.theme, row.cluster):
        _require_of_room(row.room, link)
    check_fields(row)


def _require_of_room(room: Room, link: Any) -> None:
    if link is None:
        return
    if getattr(link, "room_id", room.pk) != room.pk:
        raise Refused(_("That belongs to another meeting."))
    community = getattr(link, "community", None)
    if community is not None and community.root_pk != room.meeting.community.root_pk:
        raise Refused(_("This belongs to another programme. Choose something of this programme."))
