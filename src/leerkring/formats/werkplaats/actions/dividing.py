"""The room's people over its tables by the group former: asked here, and taken over when it has an answer."""

from __future__ import annotations

from django.db import transaction

from leerkring.community.people.models import Person
from leerkring.cycle.groups.forming import actions as forming
from leerkring.cycle.groups.forming.models import Forming
from leerkring.formats.werkplaats.actions.forming import Place, apply_division
from leerkring.formats.werkplaats.facts import DivisionAsked, DivisionFailed
from leerkring.formats.werkplaats.models import Room
from leerkring.formats.werkplaats.queries import divisions
from leerkring.formats.werkplaats.steps import lock_room
from leerkring.platform import facts


def divide(*, room: Room, by: Person) -> Forming:
    """Ask for a division of who is in over the tables, by their wishes. Who was put somewhere by hand stays there.

    It comes later, in one step that can be undone. Raises PermissionDenied; Refused with nobody or no table.
    """
    with transaction.atomic():
        lock_room(room, by)
        found = forming.form_tables(**divisions.handed_over(room), by=by)
        _note(room, found, by)
    return found


def fit_in_latecomers(*, room: Room, by: Person, may_move_all: bool = False) -> Forming:
    """Give who came later a table and close the gaps of who left: at most five others move, unless all may.

    Raises PermissionDenied; Refused when nothing was divided yet.
    """
    with transaction.atomic():
        lock_room(room, by)
        found = forming.late_change(**divisions.handed_over(room), by=by, may_move_all=may_move_all)
        _note(room, found, by)
    return found


def take_division(*, room: Room, found: Forming, by: Person) -> int:
    """Put everybody where the division has them now; once groups are made, nothing moves any more.

    Says how many sit at a table. Raises PermissionDenied and Refused.
    """
    tables = {f"table:{table.pk}": table for table in room.tables.filter(removed_at__isnull=True)}
    if any(table.group_id is not None for table in tables.values()):
        return 0
    places = []
    for one in divisions.placed_in(found):
        table = tables.get(one.table)
        if table is not None:
            places.append(Place(table, one.person, None if one.person else one.seat, one.why))
    return apply_division(room=room, places=places, by=by)


def note_failed_division(*, room: Room, found: Forming, by: Person) -> None:
    """Let the desk show why there is no division."""
    with transaction.atomic():
        facts.record(DivisionFailed(community_id=room.community_id, by_id=by.pk, room_id=room.pk, forming_id=found.pk))


def _note(room: Room, found: Forming, by: Person) -> None:
    facts.record(DivisionAsked(community_id=room.community_id, by_id=by.pk, room_id=room.pk, forming_id=found.pk))
