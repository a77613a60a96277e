"""What a screen of the room asks of the database does not grow with what is said; counts are made there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import uuid4

import pytest

from leerkring.formats.werkplaats import actions
from leerkring.formats.werkplaats.enums import AskKind, PostKind, PostState, RoundKind
from leerkring.formats.werkplaats.models import Ask, Cluster, Point, Post, Reply, Round
from leerkring.formats.werkplaats.queries import desk_view, projector_view
from leerkring.formats.werkplaats.tests.conftest import Hall
from leerkring.platform import clock
from leerkring.platform.live import topics

Queries = Callable[[], AbstractContextManager[list[str]]]
SCREENS = ("werkplaats.desk", "werkplaats.projector", "werkplaats.phone")


@pytest.fixture
def asking(hall: Hall) -> list[Round]:
    """A run with everything in it: posts on piles, points, and asks to look back."""
    raised = hall.round(RoundKind.RAISE)
    seats = [hall.seat(hall.member("Anna")), hall.seat(name="Sam")]
    first = [hall.post(raised, seat, f"Eerste {seat.pk}") for seat in seats]
    for post in first:
        actions.cluster_posts(room=hall.room, posts=[post], by=hall.lead, title=post.text)
    points = hall.round(RoundKind.POINTS, is_open=False)
    back = hall.round(RoundKind.LOOK_BACK, is_open=False)
    actions.put_ask(round=back, text="Goed?", by=hall.lead)
    actions.put_ask(round=back, text="Wat?", kind=AskKind.LINE, by=hall.lead)
    return [raised, points, back]


def fill(rounds: list[Round], start: int, end: int) -> None:
    """As many posts, givers and replies."""
    raised, points, _back = rounds
    one, other = Cluster.objects.order_by("id")
    number, line = Ask.objects.order_by("id")
    Post.objects.bulk_create(
        Post(
            room_id=raised.room_id, round=raised, kind=PostKind.QUESTION, text=f"Vraag {n}?", key=uuid4(),
            voter=f"v{n}", state=PostState.RELEASED if n % 2 else PostState.WAITING, at=clock.now(),
            cluster=one if n % 4 == 1 else None,
        )
        for n in range(start, end)
    )  # fmt: skip
    Point.objects.bulk_create(
        Point(round=points, cluster=pile, voter=f"v{n}", count=count)
        for n in range(start, end)
        for pile, count in ((one, 2), (other, 1))
    )
    Reply.objects.bulk_create(
        Reply(ask=ask, voter=f"v{n}", number=n % 5 + 1 if ask == number else None, text="" if ask == number else f"{n}",
              at=clock.now())
        for n in range(start, end)
        for ask in (number, line)
    )  # fmt: skip


def go_to(hall: Hall, kind: RoundKind, rounds: list[Round]) -> None:
    if kind == RoundKind.CLUSTER:
        hall.round(RoundKind.CLUSTER)
        return
    round_ = next(each for each in rounds if each.kind == kind)
    round_.refresh_from_db()
    if not round_.is_open:
        actions.open_round(round=round_, by=hall.lead)
    if kind in (RoundKind.POINTS, RoundKind.LOOK_BACK):
        actions.close_round(round=round_, by=hall.lead)
        actions.show_results(round=round_, by=hall.lead)


@pytest.mark.parametrize("kind", [RoundKind.RAISE, RoundKind.CLUSTER, RoundKind.POINTS, RoundKind.LOOK_BACK])
def test_each_screen_asks_the_same_with_3_as_with_300(
    hall: Hall, asking: list[Round], queries_in: Queries, kind: RoundKind
) -> None:
    fill(asking, 0, 6)
    go_to(hall, kind, asking)
    builds = [topics.registry.topics[name].build for name in SCREENS]
    few = []
    for build in builds:
        with queries_in() as statements:
            assert build(str(hall.room.pk), "nl")
        few.append(len(statements))
    fill(asking, 6, 300)
    for name, build, count in zip(SCREENS, builds, few, strict=True):
        with queries_in() as statements:
            assert build(str(hall.room.pk), "nl")
        assert len(statements) == count, name + "\n" + "\n".join(sql[:150] for sql in statements)
    assert max(few) <= 20


def test_counts_are_right_also_where_piles_are_one_by_now(hall: Hall, asking: list[Round]) -> None:
    fill(asking, 0, 10)
    one, other = Cluster.objects.order_by("id")
    actions.merge_clusters(cluster=one, into=other, by=hall.lead)
    go_to(hall, RoundKind.POINTS, asking)
    (result,) = projector_view(hall.room).results or ()
    assert (result.points, result.voters, result.share) == (30, 10, 100)
    assert desk_view(hall.room).givers == 10

    go_to(hall, RoundKind.LOOK_BACK, asking)
    number, line = projector_view(hall.room).asks
    assert (number.replies, number.average, number.spread, number.lines) == (10, 3.0, (2, 2, 2, 2, 2), ())
    assert (line.replies, line.average, line.spread) == (10, None, ())
    assert line.lines == tuple(sorted(str(n) for n in range(10)))
    Reply.objects.exclude(voter__in=["v0", "v1", "v2", "v3"]).delete()
    assert [(ask.replies, ask.average, ask.lines) for ask in projector_view(hall.room).asks] == [(4, None, ())] * 2
