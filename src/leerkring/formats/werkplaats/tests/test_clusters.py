from collections.abc import Callable

import pytest

from leerkring.formats.werkplaats import actions
from leerkring.formats.werkplaats.enums import PostKind, PostState, RoundKind
from leerkring.formats.werkplaats.models import Cluster, Post
from leerkring.formats.werkplaats.piles import Piles
from leerkring.formats.werkplaats.queries import last_step
from leerkring.formats.werkplaats.tests.conftest import Hall, make_hall
from leerkring.platform.rules import Refused
from tests.cast import Cast

Facts = Callable[[str], list[dict[str, object]]]


@pytest.fixture
def posts(hall: Hall) -> list[Post]:
    round_, seat = hall.round(RoundKind.RAISE), hall.seat()
    return [hall.post(round_, seat, f"Vraag {number}") for number in range(4)]


def undo_last(hall: Hall) -> None:
    step = last_step(hall.room)
    assert step is not None
    actions.undo(step=step, by=hall.cast.own.lead)


def lies(hall: Hall) -> list[int | None]:
    piles = Piles.of(hall.room.pk)
    return [piles.final(post.cluster_id) for post in Post.objects.order_by("id")]


def test_a_pile_is_made_grows_shrinks_and_all_of_it_is_undone(
    hall: Hall, posts: list[Post], facts_named: Facts
) -> None:
    pile = actions.cluster_posts(room=hall.room, posts=posts[:2], by=hall.lead, title="  Inkoop ")
    assert (pile.title, pile.position, lies(hall)) == ("Inkoop", 1, [pile.pk, pile.pk, None, None])
    actions.put_with(posts=[posts[2]], cluster=pile, by=hall.cast.own.lead)
    actions.put_with(posts=[posts[2]], cluster=pile, by=hall.cast.own.lead)
    actions.take_out(post=posts[0], by=hall.lead)
    assert lies(hall) == [None, pile.pk, pile.pk, None]
    undo_last(hall)
    undo_last(hall)
    assert lies(hall) == [pile.pk, pile.pk, None, None]
    undo_last(hall)
    assert lies(hall) == [None] * 4
    assert Cluster.objects.get().gone_at is not None
    assert facts_named("PostsClustered") == [
        {"by_id": hall.lead.pk, "room_id": hall.room.pk, "cluster_id": pile.pk, "post_count": 2}
    ]
    assert [len(facts_named(name)) for name in ("PostsPutWith", "PostTakenOut", "StepUndone")] == [1, 1, 3]


def test_a_merge_keeps_who_said_what_and_is_undone_as_a_whole(hall: Hall, posts: list[Post]) -> None:
    before = list(Post.objects.values_list("seat", "voter", "text").order_by("id"))
    one = actions.cluster_posts(room=hall.room, posts=posts[:2], by=hall.lead)
    other = actions.cluster_posts(room=hall.room, posts=posts[2:], by=hall.lead)
    actions.merge_clusters(cluster=one, into=other, by=hall.lead)
    assert lies(hall) == [other.pk] * 4
    assert list(Post.objects.values_list("seat", "voter", "text").order_by("id")) == before
    with pytest.raises(Refused):
        actions.name_cluster(cluster=one, title="Weg", by=hall.lead)
    with pytest.raises(Refused):
        actions.merge_clusters(cluster=other, into=one, by=hall.lead)
    undo_last(hall)
    assert lies(hall) == [one.pk, one.pk, other.pk, other.pk]


def test_what_something_later_stands_on_is_not_undone(hall: Hall, posts: list[Post]) -> None:
    pile = actions.cluster_posts(room=hall.room, posts=posts[:2], by=hall.lead)
    made = last_step(hall.room)
    assert made is not None
    actions.put_with(posts=posts[2:3], cluster=pile, by=hall.lead)
    with pytest.raises(Refused):
        actions.undo(step=made, by=hall.lead)
    undo_last(hall)
    round_ = hall.round(RoundKind.POINTS)
    actions.give_points(round=round_, seat=hall.seat(), target=pile, count=1)
    for act in (
        lambda: actions.undo(step=made, by=hall.lead),
        lambda: actions.dissolve_cluster(cluster=pile, by=hall.lead),
    ):
        with pytest.raises(Refused):
            act()
    assert lies(hall) == [pile.pk, pile.pk, None, None]


def test_piles_are_named_ordered_and_taken_apart(hall: Hall, posts: list[Post], facts_named: Facts) -> None:
    piles = [actions.cluster_posts(room=hall.room, posts=[post], by=hall.lead) for post in posts[:3]]
    actions.order_clusters(room=hall.room, clusters=[piles[2], piles[0]], by=hall.lead)
    assert list(Cluster.objects.values_list("pk", flat=True)) == [piles[2].pk, piles[0].pk, piles[1].pk]
    actions.name_cluster(cluster=piles[0], title="Samen", by=hall.lead)
    undo_last(hall)
    undo_last(hall)
    assert list(Cluster.objects.values_list("pk", "title")) == [(pile.pk, "") for pile in piles]
    actions.dissolve_cluster(cluster=piles[0], by=hall.lead)
    assert lies(hall) == [None, piles[1].pk, piles[2].pk, None]
    undo_last(hall)
    assert lies(hall)[0] == piles[0].pk
    assert [len(facts_named(name)) for name in ("ClustersOrdered", "ClusterNamed", "ClusterDissolved")] == [1, 1, 1]


def test_what_was_taken_back_held_or_is_of_another_hall_lies_on_no_pile(hall: Hall, posts: list[Post]) -> None:
    seat = posts[0].seat
    assert seat is not None
    actions.take_back_post(post=posts[0], seat=seat)
    actions.hold_post(post=posts[1], by=hall.lead)
    elsewhere = make_hall(hall.cast)
    theirs = elsewhere.post(elsewhere.round(RoundKind.RAISE), elsewhere.seat(device="x"))
    for post in (posts[0], posts[1], theirs):
        with pytest.raises(Refused):
            actions.cluster_posts(room=hall.room, posts=[post], by=hall.lead)
    assert not Cluster.objects.exists()


def test_a_post_is_released_held_and_both_are_undone(cast: Cast, facts_named: Facts) -> None:
    hall = make_hall(cast, is_screened=True)
    round_, seat = hall.round(RoundKind.RAISE), hall.seat()
    first, rude, late = (hall.post(round_, seat, text) for text in ("Een", "Onbeschoft", "Laat"))
    actions.hold_post(post=rude, by=hall.lead)
    assert actions.release_all(room=hall.room, by=hall.lead, up_to=rude.pk) == 1
    assert list(Post.objects.values_list("state", flat=True)) == ["released", "held", "waiting"]
    undo_last(hall)
    undo_last(hall)
    assert set(Post.objects.values_list("state", flat=True)) == {"waiting"}
    for _twice in range(2):
        actions.release_post(post=late, by=hall.lead)
    assert late.state == PostState.RELEASED
    actions.take_back_post(post=first, seat=seat)
    with pytest.raises(Refused):
        actions.release_post(post=first, by=hall.lead)
    assert [len(facts_named(name)) for name in ("PostHeld", "AllReleased", "PostReleased")] == [1, 1, 1]


def test_from_paper_it_is_there_at_once_and_gone_with_undo(cast: Cast, facts_named: Facts) -> None:
    hall = make_hall(cast, is_screened=True)
    round_ = hall.round(RoundKind.RAISE, takes=[PostKind.QUESTION, PostKind.BARRIER])
    actions.close_round(round=round_, by=hall.lead)
    made = actions.type_post(round=round_, text="Van papier", by=hall.lead, said_by="Sam", kind=PostKind.BARRIER)
    assert (made.state, made.said_by, made.typed_by) == (PostState.RELEASED, "Sam", hall.lead)
    assert actions.type_post(round=round_, text="Van papier", by=hall.lead, key=made.key) == made
    undo_last(hall)
    assert Post.objects.get().taken_back_at is not None
    assert len(facts_named("PostTyped")) == 1
    with pytest.raises(Refused):
        actions.type_post(round=round_, text="x", by=hall.lead, kind=PostKind.FEEDBACK)
