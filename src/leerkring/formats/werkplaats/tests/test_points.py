from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from leerkring.formats.werkplaats import actions
from leerkring.formats.werkplaats.enums import RoundKind
from leerkring.formats.werkplaats.models import Cluster, Point
from leerkring.formats.werkplaats.tests.conftest import Hall
from leerkring.platform.rules import Refused

Facts = Callable[[str], list[dict[str, object]]]
Queries = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture
def piles(hall: Hall) -> list[Cluster]:
    round_ = hall.round(RoundKind.RAISE)
    seat = hall.seat()
    posts = [hall.post(round_, seat, f"Vraag {number}") for number in range(3)]
    return [actions.cluster_posts(room=hall.room, posts=[post], by=hall.lead, title=post.text) for post in posts]


def test_points_are_set_within_the_budget(hall: Hall, piles: list[Cluster], facts_named: Facts) -> None:
    round_, seat = hall.round(RoundKind.POINTS, budget=3), hall.seat(hall.cast.own.member)
    assert actions.give_points(round=round_, seat=seat, target=piles[0], count=2) == 1
    assert actions.give_points(round=round_, seat=seat, target=piles[0], count=2) == 1
    with pytest.raises(Refused):
        actions.give_points(round=round_, seat=seat, target=piles[1], count=2)
    assert actions.give_points(round=round_, seat=seat, target=piles[0], count=0) == 3
    assert actions.give_points(round=round_, seat=seat, target=piles[1], count=3) == 0
    assert [point.count for point in Point.objects.order_by("id")] == [0, 3]
    assert [fact["cluster_id"] for fact in facts_named("PointsGiven")] == [piles[0].pk, piles[0].pk, piles[1].pk]


def test_one_person_on_two_devices_counts_once(hall: Hall, piles: list[Cluster]) -> None:
    round_ = hall.round(RoundKind.POINTS, budget=2, is_anonymous=True)
    phone, laptop = hall.seat(hall.cast.own.member), hall.seat(hall.cast.own.member)
    actions.give_points(round=round_, seat=phone, target=piles[0], count=2)
    with pytest.raises(Refused):
        actions.give_points(round=round_, seat=laptop, target=piles[1], count=1)


def test_at_most_on_one(hall: Hall, piles: list[Cluster]) -> None:
    round_ = hall.round(RoundKind.POINTS, budget=5, most_per_target=2)
    with pytest.raises(Refused):
        actions.give_points(round=round_, seat=hall.seat(), target=piles[0], count=3)


def test_points_stay_through_a_merge_and_its_undo(hall: Hall, piles: list[Cluster]) -> None:
    round_, seat = hall.round(RoundKind.POINTS, budget=5), hall.seat()
    actions.give_points(round=round_, seat=seat, target=piles[0], count=2)
    actions.give_points(round=round_, seat=seat, target=piles[1], count=3)
    actions.merge_clusters(cluster=piles[0], into=piles[1], by=hall.lead)
    with pytest.raises(Refused):
        actions.give_points(round=round_, seat=seat, target=piles[0], count=1)
    assert actions.give_points(round=round_, seat=seat, target=piles[1], count=4) == 1
    actions.undo(step=hall.room.steps.filter(verb="merge_clusters").get(), by=hall.cast.own.lead)
    assert dict(Point.objects.values_list("cluster_id", "count")) == {piles[0].pk: 2, piles[1].pk: 2}


def test_at_most_six_queries_and_no_lock_of_room_or_round(
    hall: Hall, piles: list[Cluster], queries_in: Queries
) -> None:
    round_, seat = hall.round(RoundKind.POINTS, is_anonymous=True), hall.seat(hall.cast.own.member)
    for count in (1, 2, 0):
        with queries_in() as statements:
            actions.give_points(round=round_, seat=seat, target=piles[0], count=count)
        assert len(statements) <= 6, statements
        assert not [sql for sql in statements if "FOR" in sql and "UPDATE" in sql and "meetings_seat" not in sql]


def test_a_closed_round_takes_no_points(hall: Hall, piles: list[Cluster]) -> None:
    round_, seat = hall.round(RoundKind.POINTS), hall.seat()
    actions.close_round(round=round_, by=hall.lead)
    with pytest.raises(Refused):
        actions.give_points(round=round_, seat=seat, target=piles[0], count=1)
    assert not Point.objects.exists()
