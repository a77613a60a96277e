from __future__ import annotations

from django.db.models import Count, IntegerField, OuterRef, Q, Subquery

from leerkring.community.meetings.models import Seat
from leerkring.community.meetings.queries import placements_of
from leerkring.formats.werkplaats.enums import PostKind, PostState, RoundKind, RoundState
from leerkring.formats.werkplaats.models import Placing, Point, Post, Reply, Room, Round, Wish
from leerkring.formats.werkplaats.piles import Piles
from leerkring.formats.werkplaats.queries.rooms import rooms
from leerkring.formats.werkplaats.snapshots import Companion, FirstWish, Mine, OwnPlace, OwnPost


def seat_now(seat_id: int) -> Seat | None:
    return Seat.objects.filter(pk=seat_id).select_related("person", "meeting__community").first()


def mine(seat: Seat, room: Room | None = None) -> Mine | None:
    """What this device may see of itself; None without a room. At most eight queries, one less with the room at hand.

    What was said without names is one's own as long as the round is open; afterwards nobody can tell.
    """
    room = room or rooms().filter(meeting=seat.meeting_id).first()
    if room is None:
        return None
    rounds = list(Round.objects.filter(room=room, removed_at__isnull=True))
    round_ = next((round_ for round_ in rounds if round_.state == RoundState.OPEN), None)
    round_ = round_ or (_shown(rounds) if room.ended_at is None else None)
    points = _points(room, round_, seat) if round_ and round_.kind == RoundKind.POINTS else None
    return Mine(
        seat_id=seat.pk,
        name=seat.person.name if seat.person else seat.name,
        is_guest=seat.person_id is None,
        is_out=seat.is_out,
        round_id=round_.pk if round_ else None,
        round_kind=RoundKind(round_.kind) if round_ else None,
        posts=_posts(room, rounds, seat),
        points=points,
        points_left=round_.budget - sum(points.values()) if round_ and round_.is_open and points is not None else None,
        wishes=_wishes(round_, seat),
        replies=_replies(round_, seat),
        place=_place(room, rounds, seat),
    )


def _shown(rounds: list[Round]) -> Round | None:
    """The round whose points everybody sees now, because it closed last and nothing else is open."""
    closed = [round_ for round_ in rounds if round_.state == RoundState.CLOSED and round_.closed_at]
    last = max(closed, key=lambda round_: (round_.closed_at, round_.pk), default=None)
    return last if last is not None and last.is_shown and last.kind == RoundKind.POINTS else None


def _posts(room: Room, rounds: list[Round], seat: Seat) -> tuple[OwnPost, ...]:
    voters = {voter for round_ in rounds for voter in (round_.voter_of(seat), round_.guest_voter_of(seat)) if voter}
    rows = Post.objects.filter(room=room, voter__in=voters).order_by("-id")
    return tuple(
        OwnPost(
            id=row.pk, key=str(row.key), round_id=row.round_id, kind=PostKind(row.kind), text=row.text,
            state=PostState(row.state), at=row.at, is_taken_back=row.taken_back_at is not None,
            can_take_back=row.taken_back_at is None and row.question_id is None and row.harvest_item_id is None,
        )
        for row in rows
    )  # fmt: skip


def _points(room: Room, round_: Round, seat: Seat) -> dict[str, int] | None:
    voter = round_.voter_of(seat)
    if not voter:
        return None
    piles = Piles.of(room.pk)
    given: dict[str, int] = {}
    rows = Point.objects.filter(round=round_, voter=voter, count__gt=0)
    for point in rows.exclude(post__taken_back_at__isnull=False):
        key = f"cluster:{piles.final(point.cluster_id)}" if point.cluster_id else f"post:{point.post_id}"
        given[key] = given.get(key, 0) + point.count
    return given


def _wishes(round_: Round | None, seat: Seat) -> tuple[int, ...]:
    if round_ is None or round_.kind != RoundKind.WISH:
        return ()
    rows = Wish.objects.filter(round=round_, voter=round_.voter_of(seat)).order_by("rank")
    return tuple(rows.values_list("table_id", flat=True))


def _replies(round_: Round | None, seat: Seat) -> dict[int, int | str]:
    if round_ is None or round_.kind != RoundKind.LOOK_BACK:
        return {}
    rows = Reply.objects.filter(ask__round=round_, voter=round_.voter_of(seat))
    return {row.ask_id: row.text if row.number is None else row.number for row in rows}


def _place(room: Room, rounds: list[Round], seat: Seat) -> OwnPlace | None:
    """Where one sits, once it is announced. Names are for people of the programme, as everywhere (rule 12)."""
    if room.announced_at is None:
        return None
    me = Q(seat=seat) | (Q(person=seat.person_id) if seat.person_id else Q(pk__in=[]))
    own = Placing.objects.filter(me, room=room).select_related("table__theme").order_by("pk").first()
    if own is None:
        return None
    table = own.table
    there = list(Placing.objects.filter(table=table).select_related("person", "seat__person").order_by("pk"))
    wishes = _wishes_at_last(rounds, seat)
    first = next((wish for wish in wishes if wish.rank == 1), None)
    return OwnPlace(
        table_id=table.pk, name=table.name, table=table.table, theme=table.theme.name if table.theme else "",
        theme_position=table.theme.position if table.theme else None, first_at=table.first_at,
        rank=next((wish.rank for wish in wishes if wish.table_id == table.pk), None),
        first_wish=_first_wish(first) if first else None, why=own.why, is_pinned=own.is_pinned, count=len(there),
        companions=_companions(room, there, own) if seat.person_id else (),
    )  # fmt: skip


def _wishes_at_last(rounds: list[Round], seat: Seat) -> list[Wish]:
    """What was wished from this seat in the last round for it, with how many wished that table first."""
    alike = Wish.objects.filter(round=OuterRef("round"), table=OuterRef("table"), rank=1).order_by().values("table")
    rows = Wish.objects.filter(
        round__in=[round_.pk for round_ in rounds if round_.kind == RoundKind.WISH],
        voter__in={seat.voice, seat.guest_voice},
    ).select_related("table")
    wishers = Subquery(alike.annotate(number=Count("id")).values("number"), output_field=IntegerField())
    found = list(rows.annotate(wishers=wishers).order_by("-round_id", "rank"))
    return [wish for wish in found if wish.round_id == found[0].round_id]


def _first_wish(wish: Wish) -> FirstWish:
    return FirstWish(wish.table_id, wish.table.name, wish.table.max, getattr(wish, "wishers") or 0)  # noqa: B009


def _companions(room: Room, there: list[Placing], own: Placing) -> tuple[Companion, ...]:
    people = {row.pk: row.person or (row.seat.person if row.seat else None) for row in there}
    works = placements_of([person for person in people.values() if person], room.meeting.community)
    found = []
    for row in there:
        person = people[row.pk]
        placement = works.get(person.pk) if person else None
        place = (placement.unit or placement.organisation).name if placement else ""
        name = person.name if person else (row.seat.name if row.seat else "")
        found.append(Companion(name, place, row.pk == own.pk))
    return tuple(found)
