from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from leerkring.formats.werkplaats import actions, phone_screen
from leerkring.formats.werkplaats.enums import RoundKind
from leerkring.formats.werkplaats.models import Cluster, Point
from leerkring.formats.werkplaats.queries import mine, room_of
from leerkring.formats.werkplaats.tests.conftest import Hall
from leerkring.formats.werkplaats.tests.phones import Phone
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


@pytest.mark.parametrize("is_anonymous", [False, True])
def test_a_result_that_is_shown_comes_to_the_phones_with_ones_own(
    hall: Hall, piles: list[Cluster], is_anonymous: bool
) -> None:
    """Without names nobody can tell any more whose points they were: then the server shows nobody's own."""
    round_ = hall.round(RoundKind.POINTS, budget=5, is_anonymous=is_anonymous)
    one, other = hall.seat(hall.cast.own.member), hall.seat()
    actions.give_points(round=round_, seat=one, target=piles[2], count=3)
    actions.give_points(round=round_, seat=other, target=piles[2], count=1)
    actions.give_points(round=round_, seat=other, target=piles[0], count=2)
    actions.close_round(round=round_, by=hall.lead)
    room = room_of(hall.meeting)
    assert room
    assert phone_screen.screen_of(room).part == "between"
    assert mine(one).round_id is None  # type: ignore[union-attr]

    actions.show_results(round=round_, by=hall.lead)
    screen = phone_screen.screen_of(room)
    shown = [(row.title, row.points, row.share, row.given) for row in screen.results]
    assert shown == [("Vraag 2", 4, 100, 0), ("Vraag 0", 2, 50, 0), ("Vraag 1", 0, 0, 0)]
    own = mine(one)
    assert own
    assert (own.round_id, own.points_left) == (round_.pk, None)
    assert own.points == (None if is_anonymous else {f"cluster:{piles[2].pk}": 3})
    page = Phone(hall, one).look().content.decode()
    assert "Er zijn 6 punten gegeven." in page
    assert ("3 van jou" in page) is not is_anonymous
    assert Phone(hall, one).mine()["round"] == screen.round_id

    actions.hide_results(round=round_, by=hall.lead)
    assert phone_screen.screen_of(room).part == "between"
    actions.show_results(round=round_, by=hall.lead)
    actions.end_room(room=hall.room, by=hall.lead)
    assert mine(one).round_id is None  # type: ignore[union-attr]
