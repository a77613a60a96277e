from __future__ import annotations

from dataclasses import dataclass

from leerkring.community.meetings.enums import MeetingState
from leerkring.community.meetings.models import Meeting, Seat
from leerkring.cycle.agenda.models import AgendaVersion
from leerkring.cycle.questions.enums import QuestionState
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.formats.werkplaats.enums import Loose, PostKind, PostState, RoundKind
from leerkring.formats.werkplaats.models import Placing, Post, Room, Table
from leerkring.formats.werkplaats.queries.scene import Scene


@dataclass(frozen=True)
class Todo:
    """Something that a facilitator still has to do after the meeting, and how much of it."""

    kind: Loose
    count: int


def unfinished(room: Room) -> list[Todo]:
    """What is still loose, in the order in which one would do it; empty when all is where it belongs."""
    scene = Scene(room)
    posts = scene.posts
    shown = [post for post in posts if post.state == PostState.RELEASED]
    final = {post.id: scene.piles.final(post.cluster_id) for post in shown}
    used = {pile for pile in final.values() if pile is not None}
    counts = {
        Loose.POSTS_WAITING: sum(post.state == PostState.WAITING for post in posts),
        Loose.QUESTIONS_LOOSE: sum(
            post.kind == PostKind.QUESTION and final[post.id] is None and post.question_id is None for post in shown
        ),
        Loose.PILES_UNNAMED: sum(not pile.title and pile.pk in used for pile in scene.piles.living),
        Loose.NOT_HARVESTED: sum(post.harvest_item_id is None and post.question_id is None for post in shown),
        **_after_forming(room),
        **_on_the_agenda(scene),
    }
    return [Todo(kind, counts[kind]) for kind in Loose if counts.get(kind)]


def _after_forming(room: Room) -> dict[Loose, int]:
    tables = list(Table.objects.filter(room=room, removed_at__isnull=True))
    placings = list(Placing.objects.filter(room=room).select_related("seat"))
    if not tables:
        return {}
    seated = {row.person_id or (row.seat.person_id if row.seat else None) for row in placings}
    guests = [row for row in placings if row.seat is not None and row.seat.person_id is None]
    seats = Seat.objects.filter(meeting=room.meeting_id, came_in_at__isnull=False, left_at__isnull=True)
    people = set(seats.filter(person__isnull=False).values_list("person_id", flat=True))
    others = set(seats.filter(person__isnull=True).values_list("pk", flat=True)) - {row.seat_id for row in guests}
    taken = {row.table_id for row in placings}
    circles = [table.group_id for table in tables if table.group_id is not None]
    dated = Meeting.objects.filter(community__group__in=circles).values_list("community__group", flat=True)
    return {
        Loose.PEOPLE_UNPLACED: len(people - seated) + len(others),
        Loose.GROUPS_UNFORMED: sum(table.group_id is None and table.pk in taken for table in tables),
        Loose.GUESTS_WITHOUT_GROUP: len(guests),
        Loose.NO_FIRST_DATE: len(set(circles) - set(dated)),
    }


def _on_the_agenda(scene: Scene) -> dict[Loose, int]:
    room = scene.room
    raised = LearningQuestion.objects.filter(raised_in=room.meeting_id, state=QuestionState.RAISED)
    kinds = {round_.kind for round_ in scene.rounds}
    is_set = AgendaVersion.objects.filter(meeting=room.meeting_id).exists()
    meeting = Meeting.objects.get(pk=room.meeting_id)
    is_open = meeting.state not in (MeetingState.HARVESTED, MeetingState.CLOSED)
    return {
        Loose.HARVEST_OPEN: int(is_open and Post.objects.filter(room=room, taken_back_at__isnull=True).exists()),
        Loose.NOT_ON_AGENDA: raised.count(),
        Loose.NO_VERSION: int(RoundKind.SET_VERSION in kinds and not is_set),
    }
