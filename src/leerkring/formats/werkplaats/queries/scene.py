"""A room as it is now, read in few queries however much was said; the audiences choose from it what they may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import starmap
from typing import NamedTuple

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from leerkring.community.meetings.models import Seat
from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.queries import in_programme
from leerkring.cycle.agenda.models import AgendaVersion
from leerkring.cycle.agenda.queries import on_draft
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.formats.werkplaats.enums import AskKind, PostKind, PostState, RoundKind, RoundState, Verdict
from leerkring.formats.werkplaats.models import (
    Ask,
    Placing,
    Point,
    Post,
    Presentation,
    Reply,
    Room,
    Round,
    Table,
    Walked,
    Wish,
)
from leerkring.formats.werkplaats.piles import Piles
from leerkring.formats.werkplaats.snapshots import (
    AskView,
    DoorView,
    PileView,
    PostView,
    Presence,
    PresentationView,
    QuestionView,
    ResultView,
    RoundView,
    TableView,
    TargetView,
)
from leerkring.platform.facts.models import FactRow

FEWEST_REPLIES = 5
IN_THE_HALL = (Label.PROGRAMME, Label.ORGANISATIONS, Label.PUBLIC)
"""What is for a group alone is not read out to a hall."""


class Brought(NamedTuple):
    """A post as the scene reads it: in a full hall thousands of them, at every change."""

    id: int
    kind: str
    text: str
    state: str
    round_id: int
    at: datetime
    typed_by_id: int | None
    said_by: str
    seat_id: int | None
    cluster_id: int | None
    question_id: int | None
    harvest_item_id: int | None


Shows = Callable[[Brought], bool]


def with_counts(rooms: QuerySet[Room]) -> QuerySet[Room]:
    """Rooms with their version, and how many are in, in the same query."""
    told = FactRow.objects.filter(community_id=OuterRef("meeting__community_id"), id__gt=OuterRef("facts_from"))
    seats = Seat.objects.filter(meeting=OuterRef("meeting_id"), came_in_at__isnull=False, left_at__isnull=True)
    version = AgendaVersion.objects.filter(meeting=OuterRef("meeting_id")).order_by("-number").values("number")[:1]
    return rooms.select_related("meeting__community", "meeting__door").annotate(
        version=_counted(told, "community_id", Count("id")),
        people_count=_counted(seats, "meeting_id", Count("person", distinct=True)),
        guests_count=_counted(seats, "meeting_id", Count("id", filter=Q(person__isnull=True))),
        version_number=Subquery(version),
    )


def _counted(rows: QuerySet[FactRow] | QuerySet[Seat], by: str, count: Count) -> Coalesce:
    counted = rows.order_by().values(by).annotate(number=count).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


@dataclass
class Scene:
    """Each part is read when somebody asks for it, once."""

    room: Room

    @cached_property
    def rounds(self) -> list[Round]:
        return list(Round.objects.filter(room=self.room, removed_at__isnull=True).order_by("position", "id"))

    @cached_property
    def round(self) -> Round | None:
        """The one that is open, else the one that closed last."""
        opened = next((round_ for round_ in self.rounds if round_.is_open), None)
        if opened is not None:
            return opened
        closed = [round_ for round_ in self.rounds if round_.state == RoundState.CLOSED and round_.closed_at]
        return max(closed, key=lambda round_: (round_.closed_at, round_.pk), default=None)

    @cached_property
    def posts(self) -> list[Brought]:
        """What was not taken back; words for a group that presents are not among them."""
        return list(starmap(Brought, self._brought().order_by("id").values_list(*Brought._fields)))

    @cached_property
    def unseen(self) -> list[Brought]:
        """Of these, what waits to be seen or is held back."""
        rows = self._brought().filter(state__in=(PostState.WAITING, PostState.HELD)).order_by("id")
        return list(starmap(Brought, rows.values_list(*Brought._fields)))

    def _brought(self) -> QuerySet[Post]:
        return Post.objects.filter(room=self.room, taken_back_at__isnull=True).exclude(kind=PostKind.FEEDBACK)

    @cached_property
    def authors(self) -> dict[int, str]:
        """The name at each seat from which something was brought in, where names are kept."""
        said = Post.objects.filter(room=self.room, seat__isnull=False).values("seat")
        seats = Seat.objects.filter(pk__in=said).select_related("person")
        return {seat.pk: seat.person.name if seat.person else seat.name for seat in seats}

    @cached_property
    def piles(self) -> Piles:
        return Piles.of(self.room.pk)

    def door(self) -> DoorView | None:
        door = getattr(self.room.meeting, "door", None)
        if door is None or door.closed_at is not None:
            return None
        return DoorView(door.code, door.is_locked, door.admits_guests)

    def presence(self) -> Presence:
        return Presence(getattr(self.room, "people_count"), getattr(self.room, "guests_count"))  # noqa: B009

    def lying(self, shows: Shows, *, authors: bool = False) -> tuple[list[PileView], list[PostView]]:
        """The piles with the posts of these that lie on them, and those that lie on none."""
        on_pile: defaultdict[int | None, list[PostView]] = defaultdict(list)
        for post in self.posts:
            if shows(post):
                on_pile[self.piles.final(post.cluster_id)].append(self.post_view(post, authors=authors))
        piles = [PileView(pile.pk, pile.title, tuple(on_pile[pile.pk]), pile.question_id) for pile in self.piles.living]
        return piles, on_pile[None]

    def post_view(self, post: Brought, *, authors: bool) -> PostView:
        return PostView(
            id=post.id, kind=PostKind(post.kind), text=post.text, state=PostState(post.state), round_id=post.round_id,
            at=post.at, is_typed=post.typed_by_id is not None, author=self._author(post) if authors else "",
        )  # fmt: skip

    def _author(self, post: Brought) -> str:
        return post.said_by or (self.authors.get(post.seat_id, "") if post.seat_id else "")

    def round_view(self, round_: Round) -> RoundView:
        return RoundView(
            id=round_.pk, kind=RoundKind(round_.kind), state=RoundState(round_.state),
            number=self.rounds.index(round_) + 1, title=round_.title, prompt=round_.prompt, minutes=round_.minutes,
            takes=tuple(round_.post_kinds), is_anonymous=round_.is_anonymous, is_open=round_.is_open,
            is_shown=round_.is_shown, budget=round_.budget, most_per_target=round_.most_per_target,
            ends_at=round_.ends_at, left_seconds=round_.left_seconds, deadline_at=round_.deadline_at,
            revision=round_.revision,
        )  # fmt: skip

    def targets(self, piles: Iterable[PileView], loose: Iterable[PostView]) -> list[TargetView]:
        """Piles where there are any, else posts."""
        heaps = [TargetView(pile.id, None, pile.name, pile.count) for pile in piles if pile.posts]
        return heaps or [TargetView(None, post.id, post.text, 1) for post in loose]

    def results(self, targets: Iterable[TargetView]) -> list[ResultView]:
        """What came out, the most points first; piles that were put together count as one."""
        given = Point.objects.filter(round=self.round, count__gt=0)
        sums: defaultdict[tuple[int | None, int | None], int] = defaultdict(int)
        voters: defaultdict[tuple[int | None, int | None], int] = defaultdict(int)
        on: defaultdict[int, list[int]] = defaultdict(list)
        counted = given.values_list("cluster", "post").annotate(points=Sum("count"), people=Count("id"))
        for cluster_id, post_id, points, people in counted.order_by():
            key = (self.piles.final(cluster_id), post_id)
            sums[key] += points
            voters[key] += people
            if cluster_id is not None and key[0] is not None:
                on[key[0]].append(cluster_id)
        # Who gave to several piles that are one by now is one giver of it.
        merged = {cluster_id: pile for pile, ids in on.items() if len(ids) > 1 for cluster_id in ids}
        people_of: defaultdict[int, set[str]] = defaultdict(set)
        for cluster_id, voter in given.filter(cluster__in=merged).values_list("cluster", "voter") if merged else ():
            people_of[merged[cluster_id]].add(voter)
        for pile, who in people_of.items():
            voters[pile, None] = len(who)
        most = max(sums.values(), default=0) or 1
        rows = []
        for target in targets:
            key = (target.cluster_id, target.post_id)
            rows.append(ResultView(target, sums[key], voters[key], round(100 * sums[key] / most)))
        return sorted(rows, key=lambda row: (-row.points, row.target.cluster_id or row.target.post_id or 0))

    def givers(self) -> int:
        if self.round is None:
            return 0
        match self.round.kind:
            case RoundKind.POINTS:
                given = Point.objects.filter(round=self.round, count__gt=0)
                return given.values("voter").distinct().count()
            case RoundKind.WISH:
                return Wish.objects.filter(round=self.round).values("voter").distinct().count()
            case RoundKind.LOOK_BACK:
                return Reply.objects.filter(ask__round=self.round).values("voter").distinct().count()
            case _other:
                return 0

    def questions(self) -> list[QuestionView]:
        """The agenda that the hall walks through, with what it said; those that were let go here stay in sight."""
        walked = dict(Walked.objects.filter(round=self.round).values_list("question_id", "verdict"))
        all_ = in_programme(self.room.meeting.community, LearningQuestion.objects.filter(label__in=IN_THE_HALL))
        rows = list(on_draft(all_).select_related("theme"))
        if missing := set(walked) - {row.pk for row in rows}:
            rows += list(all_.filter(pk__in=missing).select_related("theme"))
        return [
            QuestionView(
                id=row.pk, code=row.code or "", wording=row.wording, state=row.state, ring=row.ring,
                revision=row.revision, theme=row.theme.name if row.theme else "",
                theme_position=row.theme.position if row.theme else None,
                verdict=Verdict(walked[row.pk]) if row.pk in walked else None,
            )
            for row in rows
        ]  # fmt: skip

    def presentations(self) -> list[PresentationView]:
        rows = Presentation.objects.filter(round=self.round).select_related("group")
        said = Post.objects.filter(
            round=OuterRef("round_id"), about_group=OuterRef("group_id"), taken_back_at__isnull=True
        )
        counted = said.order_by().values("about_group").annotate(number=Count("id")).values("number")
        return [
            PresentationView(
                row.pk, row.group_id, row.group.name, row.minutes, row.is_on, row.done_at is not None, row.words
            )
            for row in rows.annotate(words=Coalesce(Subquery(counted, output_field=IntegerField()), 0))
        ]

    def tables(self, *, seated: bool, wishes: bool) -> list[TableView]:
        sat = Placing.objects.filter(table=OuterRef("pk")).order_by().values("table")
        first = Wish.objects.filter(table=OuterRef("pk"), rank=1).order_by().values("table")
        rows = Table.objects.filter(room=self.room, removed_at__isnull=True).select_related("theme", "question")
        rows = rows.annotate(
            seated_count=Coalesce(
                Subquery(sat.annotate(number=Count("id")).values("number"), output_field=IntegerField()), 0
            ),
            wish_count=Coalesce(
                Subquery(first.annotate(number=Count("id")).values("number"), output_field=IntegerField()), 0
            ),
        )
        return [
            TableView(
                id=row.pk, name=row.name, table=row.table, theme=row.theme.name if row.theme else "",
                theme_position=row.theme.position if row.theme else None,
                question=row.question.wording if row.question else "", min=row.min, max=row.max,
                seated=row.seated_count if seated else 0, wishes=row.wish_count if wishes else 0,
                first_at=row.first_at, group_id=row.group_id,
            )
            for row in rows
        ]  # fmt: skip

    def asks(self, *, shown: bool) -> list[AskView]:
        """Figures and lines only when they are shown, and from five replies on."""
        rows = list(Ask.objects.filter(round=self.round, removed_at__isnull=True))
        said = Reply.objects.filter(ask__round=self.round)
        spread: defaultdict[int, dict[int | None, int]] = defaultdict(dict)
        for ask_id, number, count in said.order_by().values_list("ask", "number").annotate(Count("id")):
            spread[ask_id][number] = count
        told = [row.pk for row in rows if shown and sum(spread[row.pk].values()) >= FEWEST_REPLIES]
        lines: defaultdict[int, list[str]] = defaultdict(list)
        written = said.filter(ask__in=told, ask__kind=AskKind.LINE).exclude(text="").order_by("text", "id")
        for ask_id, text in written.values_list("ask", "text") if told else ():
            lines[ask_id].append(text)
        return [_ask_view(row, spread[row.pk], lines[row.pk], is_told=row.pk in told) for row in rows]


def is_released(post: Brought) -> bool:
    return post.state == PostState.RELEASED


def _ask_view(ask: Ask, spread: dict[int | None, int], lines: list[str], *, is_told: bool) -> AskView:
    numbers = {number: count for number, count in spread.items() if number is not None} if is_told else {}
    total = sum(number * count for number, count in numbers.items())
    return AskView(
        id=ask.pk,
        text=ask.text,
        kind=AskKind(ask.kind),
        replies=sum(spread.values()),
        average=round(total / sum(numbers.values()), 1) if numbers else None,
        spread=tuple(numbers.get(value, 0) for value in range(1, 6)) if numbers else (),
        lines=tuple(lines),
    )
