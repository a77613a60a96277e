"""What a phone needs beside what everybody sees (`phone_view`) and what is its own (`mine`)."""

from __future__ import annotations

from django.db.models import Count, F, Sum

from leerkring.community.meetings.codes import hash_of
from leerkring.community.meetings.models import Seat
from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.cycle.agenda.models import AgendaEntry, AgendaVersion
from leerkring.cycle.groups.models import LearningGroup
from leerkring.formats.werkplaats.models import Ask, Cluster, Placing, Post, Presentation, Room, Round, Table
from leerkring.formats.werkplaats.queries.rooms import rooms, rooms_visible_to
from leerkring.formats.werkplaats.queries.scene import with_counts
from leerkring.platform.prepared import prepared

_rooms_at = prepared(int)(lambda meeting_id: Room.objects.filter(meeting=meeting_id).values_list("pk"))
_rounds = prepared(int, int)(lambda id_, meeting_id: Round.objects.filter(pk=id_, room__meeting=meeting_id))
_posts = prepared(int, int)(lambda id_, meeting_id: Post.objects.filter(pk=id_, room__meeting=meeting_id))
_clusters = prepared(int, int)(lambda id_, meeting_id: Cluster.objects.filter(pk=id_, room__meeting=meeting_id))


def room_of_seat(seat: Seat) -> Room | None:
    """The room where this seat is, once it was prepared, as `phone_view` wants it."""
    return with_counts(rooms()).filter(meeting=seat.meeting_id).first()


def has_room(meeting_id: int) -> bool:
    return bool(_rooms_at(meeting_id))


def room_visible_to(person: Person, community: Community, meeting_id: int) -> Room | None:
    return with_counts(rooms_visible_to(person, community)).filter(meeting=meeting_id).first()


def room_by_id(room_id: int) -> Room | None:
    return with_counts(rooms()).filter(pk=room_id).first()


def room_id_of_meeting(meeting_id: int | None) -> int | None:
    found: int | None = Room.objects.filter(meeting=meeting_id).values_list("pk", flat=True).first()
    return found


def seat_on(room_id: int, device: str) -> Seat | None:
    """The seat that this device has in this room, with its meeting; one that was closed is none."""
    seats = Seat.objects.filter(meeting__room=room_id, device=hash_of(device), left_at__isnull=True)
    return seats.select_related("meeting").first()


def round_at(seat: Seat, round_id: int) -> Round | None:
    """A round of the room where this seat is; one of another meeting is not there."""
    return _rounds.first(round_id, seat.meeting_id)


def post_at(seat: Seat, post_id: int) -> Post | None:
    return _posts.first(post_id, seat.meeting_id)


def target_at(seat: Seat, kind: str, target_id: int) -> Cluster | Post | None:
    """What can be given points: a pile or a post of the room where this seat is."""
    if kind == "cluster":
        return _clusters.first(target_id, seat.meeting_id)
    return post_at(seat, target_id)


def group_in(round_: Round, group_id: int | None) -> LearningGroup | None:
    """A group that presents in this round."""
    found = Presentation.objects.filter(round=round_, group=group_id).select_related("group").first()
    return found.group if found else None


def tables_among(seat: Seat, ids: list[int]) -> list[Table]:
    """The tables of this room with these ids, in their order; what is gone or elsewhere is left out."""
    rows = Table.objects.filter(room__meeting=seat.meeting_id, removed_at__isnull=True).in_bulk(ids)
    return [rows[id_] for id_ in dict.fromkeys(ids) if id_ in rows]


def asks_of(round_: Round) -> list[Ask]:
    return list(Ask.objects.filter(round=round_, removed_at__isnull=True).select_related("round"))


def version_set_in(room: Room) -> tuple[AgendaVersion, list[AgendaEntry]] | None:
    """The version that was set in this meeting, as far as everybody in the hall may read it."""
    version = AgendaVersion.objects.filter(meeting=room.meeting_id).order_by("-number").first()
    if version is None:
        return None
    entries = AgendaEntry.objects.filter(version=version, is_listed=True).exclude(question__label=Label.GROUP)
    return version, list(entries)


def seating_stamp(room: Room) -> str:
    """Changes when somebody is put at another table, or leaves one."""
    found = Placing.objects.filter(room=room).aggregate(count=Count("id"), total=Sum(F("id") * F("table_id")))
    return f"{found['count']}-{found['total']}"
