"""What the room hands to the group former, and what came back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from leerkring.community.meetings.enums import Presence
from leerkring.community.meetings.models import Attendance, Seat
from leerkring.community.memberships.enums import Role
from leerkring.community.memberships.models import RoleGrant
from leerkring.community.people.models import Person
from leerkring.cycle.groups.forming import own, words
from leerkring.cycle.groups.forming import queries as forming
from leerkring.cycle.groups.forming.actions import TableToFill, ToPlace
from leerkring.cycle.groups.forming.looks import GroupLook, Look
from leerkring.cycle.groups.forming.models import Candidate, Forming
from leerkring.cycle.groups.queries import people_to_form_with
from leerkring.formats.werkplaats.enums import RoundKind
from leerkring.formats.werkplaats.models import Placing, Room, Wish
from leerkring.platform import clock

REF = "werkplaats"
"""What this format is called on the former's side."""
TITLE = 200


def handed_over(room: Room) -> dict[str, Any]:
    """Meeting, tables and people as the former's side asks for them."""
    title = _("Groups of %(meeting)s") % {"meeting": room.meeting.title}
    return {
        "meeting": room.meeting, "ref": REF, "title": title[:TITLE], "tables": tables_of(room),
        "people": people_of(room),
    }  # fmt: skip


def tables_of(room: Room) -> list[TableToFill]:
    return [
        TableToFill(
            ref=f"table:{table.pk}",
            name=table.name,
            min=table.min,
            max=table.max,
            slot=table.slot,
            needs_facilitator=table.needs_facilitator,
            theme_id=table.theme_id,
            question_id=table.question_id,
            first_at=table.first_at,
        )
        for table in room.tables.filter(removed_at__isnull=True)
    ]


def people_of(room: Room) -> list[ToPlace]:
    """Who is in, once each, whatever number of devices; and who was let in by name."""
    wishes, pins, guides = _wishes(room), _pins(room), _guides(room)
    known = set(people_to_form_with(room.meeting.community).values_list("pk", flat=True))
    found: dict[str, ToPlace] = {}
    seats = Seat.objects.filter(meeting=room.meeting_id, came_in_at__isnull=False, left_at__isnull=True).order_by("pk")
    for seat in seats:
        is_known = seat.person_id in known
        key = f"person:{seat.person_id}" if is_known else f"seat:{seat.pk}"
        pin = pins.get(f"person:{seat.person_id}") or pins.get(f"seat:{seat.pk}") or ""
        before = found.get(key)
        found[key] = ToPlace(
            ref=before.ref if before else f"seat:{seat.pk}",
            person_id=seat.person_id if is_known else None,
            name=seat.name,
            choices=wishes.get(seat.pk, ()) or (before.choices if before else ()),
            pin=pin or (before.pin if before else ""),
            can_facilitate=seat.person_id in guides,
        )
    there = Attendance.objects.filter(meeting=room.meeting_id, presence__in=(Presence.PRESENT, Presence.PARTLY))
    for person_id in there.filter(person__in=known).order_by("pk").values_list("person_id", flat=True):
        key = f"person:{person_id}"
        if key not in found:
            found[key] = ToPlace(
                ref=key, person_id=person_id, pin=pins.get(key, ""), can_facilitate=person_id in guides
            )
    return list(found.values())


def _wishes(room: Room) -> dict[int, tuple[str, ...]]:
    """Of the last round in which people wished, by seat."""
    rounds = room.rounds.filter(kind=RoundKind.WISH, removed_at__isnull=True, wishes__isnull=False)
    last = rounds.order_by("-position", "-pk").values("pk")[:1]
    found: defaultdict[int, list[str]] = defaultdict(list)
    rows = Wish.objects.filter(round__in=list(last.values_list("pk", flat=True)), seat__isnull=False)
    for seat_id, table_id in rows.order_by("rank").values_list("seat_id", "table_id"):
        if seat_id is not None:
            found[seat_id].append(f"table:{table_id}")
    return {seat: tuple(tables) for seat, tables in found.items()}


def _pins(room: Room) -> dict[str, str]:
    rows = Placing.objects.filter(room=room, is_pinned=True).values_list("person_id", "seat_id", "table_id")
    return {f"person:{person}" if person else f"seat:{seat}": f"table:{table}" for person, seat, table in rows}


def _guides(room: Room) -> set[int]:
    held = RoleGrant.objects.filter(
        community=room.meeting.community.root_pk, role__in=(Role.FACILITATOR, Role.KEEPER, Role.TEAM),
        until_on__isnull=True,
    )  # fmt: skip
    return set(held.values_list("person_id", flat=True))


@dataclass(frozen=True)
class Placed:
    table: str
    person: Person | None
    seat: Seat | None
    why: dict[str, Any]
    is_pinned: bool


def placed_in(found: Forming) -> Iterator[Placed]:
    """Where each person or guest is in this division, and why in numbers: nothing of it is about anybody else.

    Who is fixed somewhere sits there.
    """
    groups = {group.pk: group.ref for group in forming.possible_groups_of(found)}
    candidates = list(forming.candidates_of(found))
    seats = _seats_of(candidates)
    for candidate in candidates:
        is_pinned = candidate.pin_id in groups
        place = candidate.pin_id if is_pinned else found.place_of(candidate.pk)
        seat = seats.get(candidate.ref)
        if place not in groups or candidate.is_absent or (candidate.person is None and seat is None):
            continue
        yield Placed(groups[place], candidate.person, seat, own.why_of(found, candidate), is_pinned)


def _seats_of(candidates: Iterable[Candidate]) -> dict[str, Seat]:
    """The seat of each candidate who came in on a device, by its ref."""
    refs = [each.ref for each in candidates if each.ref.startswith("seat:")]
    seats = Seat.objects.select_related("person").in_bulk([int(ref.partition(":")[2]) for ref in refs])
    return {f"seat:{pk}": seat for pk, seat in seats.items()}


@dataclass(frozen=True)
class Seated:
    """Where people of a division sit in the room, and who is fixed there: possible groups by candidate."""

    places: dict[int, int | None]
    pins: dict[int, int | None]


def seated_in(room: Room, found: Forming) -> Seated:
    groups = {group.ref: group.pk for group in forming.possible_groups_of(found)}
    at: dict[str, Placing] = {}
    for row in Placing.objects.filter(room=room).select_related("seat"):
        person_id = row.person_id or (row.seat.person_id if row.seat else None)
        at[f"person:{person_id}" if person_id else f"seat:{row.seat_id}"] = row
    candidates = [each for each in found.candidates.all() if not each.is_absent]
    seats = _seats_of(candidates)
    places: dict[int, int | None] = {}
    pins: dict[int, int | None] = {}
    for each in candidates:
        seat = seats.get(each.ref)
        person_id = each.person_id or (seat.person_id if seat else None)
        placing = at.get(f"person:{person_id}" if person_id else each.ref)
        group = groups.get(f"table:{placing.table_id}") if placing else None
        places[each.pk] = group
        pins[each.pk] = group if placing and placing.is_pinned else None
    return Seated(places, pins)


@dataclass(frozen=True)
class Division:
    """How the division of this room stands, for its desk."""

    forming_id: int
    is_busy: bool
    is_there: bool
    is_made: bool
    """Groups were made of it: nothing moves any more."""
    trouble: str
    reasons: dict[int, GroupLook]
    """By table, and with names: for facilitators only (rule 7)."""


def division_of(room: Room) -> Division | None:
    found = forming.forming_for(room.meeting, REF)
    if found is None:
        return None
    now = clock.now()
    is_there = found.has_division and not found.is_busy(now)
    looks = Look(forming.ground_of(found)).groups if is_there else []
    is_made = any(look.group.group_id for look in looks)
    kind = "lost" if found.is_lost(now) else found.failure.get("kind", "")
    trouble = "" if kind in ("", "fitted") else _rules() if kind == "rules" else words.failure(kind)
    reasons = {int(look.group.ref.removeprefix("table:")): look for look in looks if look.people}
    return Division(found.pk, found.is_busy(now), found.has_division, is_made, trouble, reasons)


def _rules() -> str:
    return _("The rules cannot all hold. See which ones must give.")


def forming_of_room(forming_id: int) -> tuple[Forming, Room] | None:
    """The division and its room, when it is one of a werkplaats."""
    found = forming.forming_with_home(forming_id)
    if found is None or found.ref != REF or found.meeting_id is None:
        return None
    room = Room.objects.select_related("meeting__community").filter(meeting=found.meeting_id).first()
    return (found, room) if room is not None else None
