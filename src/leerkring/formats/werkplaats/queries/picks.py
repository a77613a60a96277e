"""Rows of a room by the ids that a page sent; what is of another room is not there."""

from __future__ import annotations

from collections.abc import Iterable

from leerkring.community.meetings.models import Seat
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.formats.werkplaats.models import Ask, Cluster, Placing, Post, Presentation, Room, Round, Table


def posts_in(room: Room, ids: Iterable[int]) -> list[Post]:
    return list(Post.objects.filter(room=room, pk__in=list(ids)).order_by("id"))


def clusters_in(room: Room, ids: Iterable[int]) -> list[Cluster]:
    """In the order of the ids."""
    rows = Cluster.objects.filter(room=room).in_bulk(list(ids))
    return [rows[id_] for id_ in dict.fromkeys(ids) if id_ in rows]


def table_in(room: Room, table_id: int) -> Table | None:
    return Table.objects.filter(room=room, pk=table_id, removed_at__isnull=True).first()


def presentation_in(room: Room, presentation_id: int) -> Presentation | None:
    found = Presentation.objects.filter(round__room=room, pk=presentation_id)
    return found.select_related("round__room__meeting__community", "group").first()


def ask_in(room: Room, ask_id: int) -> Ask | None:
    found = Ask.objects.filter(round__room=room, pk=ask_id, removed_at__isnull=True)
    return found.select_related("round__room__meeting__community").first()


def placing_in(room: Room, placing_id: int) -> Placing | None:
    return Placing.objects.filter(room=room, pk=placing_id).select_related("seat__person", "person", "table").first()


def seat_of_room(room: Room, seat_id: int) -> Seat | None:
    return Seat.objects.filter(meeting=room.meeting_id, pk=seat_id).select_related("person").first()


def question_of_agenda(room: Room, question_id: int) -> LearningQuestion | None:
    """A question of this programme with a code."""
    found = LearningQuestion.objects.filter(community=room.meeting.community.root_pk, code__isnull=False)
    return found.select_related("community").filter(pk=question_id).first()


def group_of_programme(room: Room, group_id: int) -> LearningGroup | None:
    found = LearningGroup.objects.filter(community=room.meeting.community.root_pk)
    return found.select_related("community").filter(pk=group_id).first()


def group_on_floor(round_: Round) -> LearningGroup | None:
    """The group that presents now, or did last."""
    told = Presentation.objects.filter(round=round_, began_at__isnull=False).select_related("group")
    last = told.order_by("-began_at").first()
    return last.group if last else None
