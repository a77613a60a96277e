"""What single rounds show beside the room as it is (`scene`): few queries, however many posts there are."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, F, QuerySet, Sum

from leerkring.community.meetings.models import Meeting, Seat
from leerkring.community.memberships.enums import Label
from leerkring.cycle.agenda import queries as agenda
from leerkring.cycle.agenda.models import AgendaEntry, AgendaVersion
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.groups.queries import living
from leerkring.cycle.questions.enums import ON_AGENDA_STATES
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.formats.werkplaats.enums import PostKind, PostState, RoundState
from leerkring.formats.werkplaats.models import (
    Placing,
    Point,
    Post,
    Presentation,
    Room,
    Table,
    Wish,
)
from leerkring.formats.werkplaats.piles import Piles


def last_in(meeting: Meeting, most: int) -> list[Seat]:
    """Who came in last, and who was put out: the latter first, so that they can be let in again."""
    seats = Seat.objects.filter(meeting=meeting).select_related("person")
    return list(seats.order_by(F("left_at").desc(nulls_last=True), "-id")[:most])


def listed_count(version: AgendaVersion) -> int:
    return AgendaEntry.objects.filter(version=version, is_listed=True).count()


def entries_of(version: AgendaVersion) -> QuerySet[AgendaEntry]:
    """What stood on the agenda, as everybody in the hall may see it."""
    listed = AgendaEntry.objects.filter(version=version, is_listed=True)
    return listed.exclude(question__label=Label.GROUP).order_by("position", "id")


def words_for(round_id: int) -> dict[int, list[str]]:
    """What people said to each group that presented."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    posts = Post.objects.filter(round=round_id, taken_back_at__isnull=True, about_group__isnull=False)
    for group_id, text in posts.exclude(state=PostState.HELD).order_by("id").values_list("about_group", "text"):
        found[group_id].append(text)
    return dict(found)


def groups_to_present(room: Room, round_id: int) -> QuerySet[LearningGroup]:
    """Groups of the programme that are alive and not in the order yet."""
    groups = LearningGroup.objects.filter(community=room.meeting.community.root_pk)
    return living(groups).exclude(pk__in=Presentation.objects.filter(round=round_id).values("group"))


@dataclass
class Spot:
    """A table, and who is at it. `wished` counts first wishes and all wishes."""

    table: Table
    first_wishes: int = 0
    wishes: int = 0
    placings: list[Placing] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.placings)

    @property
    def is_off(self) -> bool:
        return bool(self.placings) and not self.table.min <= self.count <= self.table.max


def tables_of(room: Room) -> list[Table]:
    return list(Table.objects.filter(room=room, removed_at__isnull=True).select_related("question", "theme"))


def spots_of(room: Room) -> list[Spot]:
    spots = {table.pk: Spot(table) for table in tables_of(room)}
    ranks = Wish.objects.filter(table__room=room).values("table", "rank").annotate(count=Count("id"))
    for row in ranks:
        if row["table"] in spots:
            spots[row["table"]].wishes += row["count"]
            spots[row["table"]].first_wishes += row["count"] if row["rank"] == 1 else 0
    for placing in Placing.objects.filter(room=room).select_related("seat__person", "person").order_by("id"):
        if placing.table_id in spots:
            spots[placing.table_id].placings.append(placing)
    return list(spots.values())


def seats_without_table(room: Room) -> list[Seat]:
    """Who is in and sits nowhere yet; a person with two devices once."""
    seats = Seat.objects.filter(meeting=room.meeting_id, came_in_at__isnull=False, left_at__isnull=True).select_related(
        "person"
    )
    placed = Placing.objects.filter(room=room)
    seats = seats.exclude(pk__in=placed.filter(seat__isnull=False).values("seat"))
    seats = seats.exclude(person__in=placed.filter(person__isnull=False).values("person"))
    known: set[int] = set()
    found = []
    for seat in seats.order_by("id"):
        if seat.person_id is None or seat.person_id not in known:
            found.append(seat)
        if seat.person_id is not None:
            known.add(seat.person_id)
    return found


def open_questions(room: Room) -> list[LearningQuestion]:
    """Questions on the draft that still ask something, as everybody in the hall may see them."""
    shown = LearningQuestion.objects.exclude(label=Label.GROUP).filter(community=room.meeting.community.root_pk)
    return [question for question in agenda.on_draft(shown) if not question.is_answered]


@dataclass(frozen=True)
class PileToPlace:
    """A pile with a question in it that does not stand on the agenda yet."""

    id: int
    wording: str
    points: int


def piles_to_place(room: Room) -> list[PileToPlace]:
    """Those with the most points first, as the room gave them in rounds that are over."""
    piles = Piles.of(room.pk)
    asked = Post.objects.filter(
        room=room, state=PostState.RELEASED, taken_back_at__isnull=True, kind=PostKind.QUESTION, cluster__isnull=False
    )
    first: dict[int | None, str] = {}
    for cluster_id, text in asked.order_by("id").values_list("cluster_id", "text"):
        first.setdefault(piles.final(cluster_id), text)
    given: defaultdict[int | None, int] = defaultdict(int)
    over = Point.objects.filter(round__room=room, round__state=RoundState.CLOSED, cluster__isnull=False)
    for cluster_id, points in over.order_by().values_list("cluster_id").annotate(Sum("count")):
        given[piles.final(cluster_id)] += points
    placed = set(
        LearningQuestion.objects.filter(
            pk__in=[pile.question_id for pile in piles.living if pile.question_id], state__in=ON_AGENDA_STATES
        ).values_list("pk", flat=True)
    )
    found = [
        PileToPlace(pile.pk, pile.title or first[pile.pk], given[pile.pk])
        for pile in piles.living
        if pile.pk in first and pile.question_id not in placed
    ]
    return sorted(found, key=lambda pile: -pile.points)
