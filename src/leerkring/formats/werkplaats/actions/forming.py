"""Who sits where, and from tables to groups. How people are divided is not found here: `apply_division` takes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.meetings import actions as meetings
from leerkring.community.meetings.enums import MeetingKind
from leerkring.community.meetings.models import Seat
from leerkring.community.people.models import Person
from leerkring.cycle.groups import actions as groups
from leerkring.cycle.groups import queries as group_queries
from leerkring.cycle.groups.forming import actions as forming_actions
from leerkring.cycle.groups.forming import queries as forming_queries
from leerkring.cycle.groups.models import LearningGroup
from leerkring.formats.werkplaats.actions.mirroring import mirror
from leerkring.formats.werkplaats.facts import GroupOfTableFormed, Placed, PlacesAnnounced, PlacesDivided
from leerkring.formats.werkplaats.ground import require_of
from leerkring.formats.werkplaats.models import Placing, Room, Step, Table
from leerkring.formats.werkplaats.queries import divisions
from leerkring.formats.werkplaats.steps import Changes, inverse_of, lock_room, write_step
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused

FIRST_MEETING = timedelta(minutes=90)


@dataclass(frozen=True)
class Place:
    """Where a division puts one person or one guest, and the data of why (ids and numbers, no sentences)."""

    table: Table
    person: Person | None = None
    seat: Seat | None = None
    why: dict[str, Any] = field(default_factory=dict)
    is_pinned: bool | None = None
    """Whether they are fixed there; None: not, and who was put somewhere by hand stays where they are."""


def place(
    *,
    room: Room,
    table: Table | None,
    by: Person,
    person: Person | None = None,
    seat: Seat | None = None,
    is_pinned: bool = True,
) -> Placing | None:
    """Put somebody at a table by hand (None: at no table). Pinned, a later division leaves them there.

    Raises PermissionDenied, Refused for a table that is gone or of another meeting, and for who sits in a group that
    is made: nobody takes somebody else out of a group.
    """
    with transaction.atomic():
        lock_room(room, by)
        if any(row.table.group_id and row.table != table for row in _placings_of(room, person, seat)):
            raise Refused(
                _("The group of this table is made. Whoever wants another group joins that one on its own page.")
            )
        changes = Changes()
        row = _put(changes, room, Place(table, person, seat), is_pinned) if table else None
        if table is None:
            for known in _placings_of(room, person, seat):
                changes.remove(known)
        if not changes.is_empty():
            write_step(room, "place", by, changes)
            facts.record(
                Placed(
                    community_id=room.community_id, by_id=by.pk, room_id=room.pk, table_id=table.pk if table else None
                )
            )
            mirror(room, by)
    return row


def apply_division(*, room: Room, places: Iterable[Place], by: Person) -> int:
    """Put everybody where a division says; those who are pinned stay, whoever is not named leaves their table.

    One step, undone as a whole. Says how many sit at a table now. Raises PermissionDenied and Refused.
    """
    given = list(places)
    with transaction.atomic():
        lock_room(room, by)
        changes = Changes()
        kept = {row.pk for row in Placing.objects.filter(room=room, is_pinned=True)}
        done: set[int] = set()
        for each in given:
            stay = done | kept if each.is_pinned is None else done
            if any(row.pk in stay for row in _placings_of(room, each.person, each.seat)):
                continue
            row = _put(changes, room, each, is_pinned=bool(each.is_pinned))
            done.add(row.pk)
        kept |= done
        for row in Placing.objects.filter(room=room).exclude(pk__in=kept):
            changes.remove(row)
        if not changes.is_empty():
            write_step(room, "apply_division", by, changes)
            facts.record(
                PlacesDivided(community_id=room.community_id, by_id=by.pk, room_id=room.pk, placing_count=len(kept))
            )
    return len(kept)


def announce(*, room: Room, by: Person) -> Room:
    """Let each phone say: your group, its table, who is in it. Twice is once. Raises PermissionDenied and Refused."""
    with transaction.atomic():
        lock_room(room, by)
        if room.announced_at is not None:
            return room
        if not Placing.objects.filter(room=room).exists():
            raise Refused(_("Nobody sits at a table yet. Form the groups first."))
        changes = Changes()
        changes.alter([room], announced_at=clock.now())
        write_step(room, "announce", by, changes)
        facts.record(PlacesAnnounced(community_id=room.community_id, by_id=by.pk, room_id=room.pk))
    return room


def form_groups(*, room: Room, by: Person) -> list[LearningGroup]:
    """Make a learning group of each table where people sit; who came later joins the group that is there. Guests wait
    until they sign in. Plans the first date of a table that has one. Twice is once.

    Raises PermissionDenied, and Refused by a group's name that is in use.
    """
    with transaction.atomic():
        lock_room(room, by)
        allowed = set(group_queries.people_to_form_with(room.meeting.community).values_list("pk", flat=True))
        formed = []
        for table in room.tables.filter(removed_at__isnull=True).select_related(
            "question", "theme", "cluster__question"
        ):
            people = _people_at(table, allowed)
            if table.group is not None:
                _let_in(table.group, people, by)
            elif people:
                formed.append(_form_group(room, table, people, by))
        if formed:
            write_step(room, "form_groups", by, Changes())
            _tell_former(room, by)
    return formed


def _tell_former(room: Room, by: Person) -> None:
    """So that each member finds their own reason on the page of the group."""
    division = forming_queries.forming_for(room.meeting, divisions.REF)
    if division is not None:
        tables = room.tables.filter(group__isnull=False).select_related("group")
        made = {f"table:{table.pk}": table.group for table in tables if table.group is not None}
        forming_actions.tie_groups(forming=division, groups=made, by=by)


@inverse_of("form_groups")
def _stay_formed(room: Room, step: Step, by: Person) -> None:
    raise Refused(_("These groups are known by now. Change a group on its own page."))


def _form_group(room: Room, table: Table, people: list[Person], by: Person) -> LearningGroup:
    meeting = room.meeting
    raised = table.cluster.question if table.cluster else None
    group = groups.form_group(
        community=meeting.community.root or meeting.community, name=table.name, by=by, people=people,
        theme=table.theme, questions=[question for question in {table.question, raised} if question is not None],
        meeting=meeting,
    )  # fmt: skip
    Table.objects.filter(pk=table.pk).update(group=group)
    if table.first_at is not None:
        meetings.plan_meeting(
            community=group.circle, kind=MeetingKind.GROUP_MEETING, starts_at=table.first_at,
            ends_at=table.first_at + FIRST_MEETING, title=table.name, by=by,
        )  # fmt: skip
    facts.record(
        GroupOfTableFormed(
            community_id=room.community_id, by_id=by.pk, room_id=room.pk, table_id=table.pk, group_id=group.pk
        )
    )
    return group


def _let_in(group: LearningGroup, people: list[Person], by: Person) -> None:
    there = set(group_queries.people_of(group).values_list("pk", flat=True))
    for person in people:
        if person.pk not in there and group.is_living:
            groups.join_group(group=group, by=by, person=person)


def _people_at(table: Table, allowed: set[int]) -> list[Person]:
    rows = Placing.objects.filter(table=table).select_related("person", "seat__person").order_by("pk")
    people = [row.person or (row.seat.person if row.seat else None) for row in rows]
    return list(dict.fromkeys(person for person in people if person is not None and person.pk in allowed))


def _put(changes: Changes, room: Room, to: Place, is_pinned: bool) -> Placing:
    require_of(room, to.table)
    if to.table.removed_at is not None:
        raise Refused(_("One of these tables is no longer there. Look at the list again."))
    known = _placings_of(room, to.person, to.seat)
    for double in known[1:]:
        changes.remove(double)
    if known:
        row = known[0]
        changes.alter([row], table_id=to.table.pk, is_pinned=is_pinned)
        if row.why != to.why:
            # No part of the step: a reason goes when somebody else moves, and that stands on nothing.
            row.why = to.why
            row.save(update_fields=["why"])
        return row
    person = to.person or (to.seat.person if to.seat else None)
    row = Placing(
        room=room, table=to.table, person=person, seat=to.seat if person is None else None, is_pinned=is_pinned,
        why=to.why,
    )  # fmt: skip
    changes.make(row)
    return row


def _placings_of(room: Room, person: Person | None, seat: Seat | None) -> list[Placing]:
    """Where this person sits, on whatever device they came in."""
    if seat is not None and seat.meeting_id != room.meeting_id:
        raise PermissionDenied
    who = person or (seat.person if seat else None)
    rows = Placing.objects.filter(room=room).select_related("table").order_by("pk")
    if who is not None:
        return list(rows.filter(person=who) | rows.filter(seat__person=who))
    return list(rows.filter(seat=seat)) if seat is not None else []
