"""The room's people over its tables by the group former: asked here, and taken over when it has an answer."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.people.models import Person
from leerkring.cycle.groups.forming import actions as forming
from leerkring.cycle.groups.forming import queries
from leerkring.cycle.groups.forming.models import Forming
from leerkring.formats.werkplaats.actions.forming import Place, apply_division
from leerkring.formats.werkplaats.actions.mirroring import mirror
from leerkring.formats.werkplaats.facts import DivisionAsked, DivisionFailed, DivisionThrownAway
from leerkring.formats.werkplaats.models import Placing, Room, Step
from leerkring.formats.werkplaats.queries import divisions
from leerkring.formats.werkplaats.steps import Changes, inverse_of, later, lock_room, put_back, write_step
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused


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
    """Put everybody where the division has them now, and nowhere once it was thrown away; once groups are made,
    nothing moves any more.

    Says how many sit at a table. Raises PermissionDenied and Refused.
    """
    with transaction.atomic():
        lock_room(room, by)
        # As it is while the room is held: a desk may have moved somebody since.
        now = queries.forming_with_home(found.pk)
        tables = {f"table:{table.pk}": table for table in room.tables.filter(removed_at__isnull=True)}
        if now is None or now.is_busy(clock.now()) or any(table.group_id for table in tables.values()):
            return 0
        if not now.has_division:
            _clear(room, now, by)
            return 0
        places = []
        for one in divisions.placed_in(now):
            table = tables.get(one.table)
            if table is not None:
                places.append(Place(table, one.person, None if one.person else one.seat, one.why, one.is_pinned))
        count = apply_division(room=room, places=places, by=by)
        mirror(room, by)
    return count


def throw_away_division(*, room: Room, by: Person) -> None:
    """Leave the division, to form the groups in another way: nobody sits anywhere but who was put there by hand, and
    what was announced is not any more. Raises PermissionDenied; Refused when there is none, or once groups are made.
    """
    with transaction.atomic():
        lock_room(room, by)
        found = queries.forming_for(room.meeting, divisions.REF)
        if found is None or not found.has_division:
            raise Refused(_("There is no division to throw away. Form the groups first."))
        forming.throw_away(forming=found, by=by)
        _clear(room, found, by, is_asked=True)


def _clear(room: Room, found: Forming, by: Person, *, is_asked: bool = False) -> None:
    """Take everybody off the tables whom nobody put there by hand. Thrown away already, it changes nothing."""
    changes = Changes()
    for row in Placing.objects.filter(room=room, is_pinned=False):
        changes.remove(row)
    changes.alter([room], announced_at=None)
    if is_asked or changes.removed:
        write_step(room, "throw_away_division", by, changes)
        facts.record(
            DivisionThrownAway(community_id=room.community_id, by_id=by.pk, room_id=room.pk, forming_id=found.pk)
        )


@inverse_of("throw_away_division")
def _bring_back(room: Room, step: Step, by: Person) -> None:
    found = queries.forming_for(room.meeting, divisions.REF)
    if found is not None and found.has_division:
        raise later()
    put_back(room, step, by)
    if found is not None:
        forming.bring_back(forming=found, by=by)


@inverse_of("apply_division")
def _undivide(room: Room, step: Step, by: Person) -> None:
    """When nobody sat anywhere before, the division is thrown away with it."""
    put_back(room, step, by)
    found = queries.forming_for(room.meeting, divisions.REF)
    if found is not None and not Placing.objects.filter(room=room, is_pinned=False).exists():
        forming.throw_away(forming=found, by=by)


def note_failed_division(*, room: Room, found: Forming, by: Person) -> None:
    """Let the desk show why there is no division."""
    with transaction.atomic():
        facts.record(DivisionFailed(community_id=room.community_id, by_id=by.pk, room_id=room.pk, forming_id=found.pk))


def _note(room: Room, found: Forming, by: Person) -> None:
    facts.record(DivisionAsked(community_id=room.community_id, by_id=by.pk, room_id=room.pk, forming_id=found.pk))
