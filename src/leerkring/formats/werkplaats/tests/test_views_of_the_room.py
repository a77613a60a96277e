"""What each audience sees, and what it never sees."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict
from typing import Any

import pytest

from leerkring.formats.werkplaats import actions
from leerkring.formats.werkplaats.enums import AskKind, PostState, RoundKind
from leerkring.formats.werkplaats.models import Post, Room, Round
from leerkring.formats.werkplaats.queries import desk_view, mine, phone_view, projector_view, version_of
from leerkring.formats.werkplaats.tests.conftest import Hall, make_hall
from tests.cast import Cast

Queries = Callable[[], AbstractContextManager[list[str]]]
View = Callable[[Room], Any]


def texts_in(value: object) -> str:
    return repr(value)


@pytest.fixture
def screened(cast: Cast) -> Hall:
    return make_hall(cast, is_screened=True)


def brought_in(hall: Hall, round_: Round, count: int = 4) -> list[Post]:
    seat = hall.seat(hall.cast.own.member)
    return [hall.post(round_, seat, f"Tekst nummer {number}") for number in range(count)]


def test_the_projector_shows_what_was_released_and_nothing_else(screened: Hall) -> None:
    round_ = screened.round(RoundKind.RAISE)
    released, waiting, held, taken_back = brought_in(screened, round_)
    actions.release_all(room=screened.room, by=screened.lead)
    Post.objects.filter(pk=waiting.pk).update(state=PostState.WAITING)
    actions.hold_post(post=held, by=screened.lead)
    pile = actions.cluster_posts(room=screened.room, posts=[released, taken_back], by=screened.lead)
    actions.take_back_post(post=taken_back, seat=screened.seat(screened.cast.own.member, device="device-0"))
    for kind in (RoundKind.RAISE, RoundKind.SCREEN, RoundKind.CLUSTER, RoundKind.POINTS):
        screened.round(kind)
        for view in (projector_view(screened.room), phone_view(screened.room)):
            shown = texts_in(asdict(view))
            for hidden in (waiting, held, taken_back):
                assert hidden.text not in shown
    view = projector_view(screened.room)
    assert [(pile.id, [post.text for post in pile.posts]) for pile in view.piles] == [(pile.pk, [released.text])]
    assert not view.posts
    desk = desk_view(screened.room)
    assert [post.text for post in desk.waiting] == [waiting.text]
    assert [post.text for post in desk.held] == [held.text]


def test_words_of_others_are_not_on_the_phones_of_all(hall: Hall) -> None:
    post = brought_in(hall, hall.round(RoundKind.RAISE), 1)[0]
    assert post.text in texts_in(projector_view(hall.room))
    assert post.text not in texts_in(phone_view(hall.room))


def test_points_are_seen_by_nobody_while_they_are_given_and_by_the_hall_once_shown(hall: Hall) -> None:
    posts = brought_in(hall, hall.round(RoundKind.RAISE), 2)
    piles = [actions.cluster_posts(room=hall.room, posts=[post], by=hall.lead, title=post.text) for post in posts]
    round_, seat = hall.round(RoundKind.POINTS, is_anonymous=True), hall.seat()
    actions.give_points(round=round_, seat=seat, target=piles[1], count=2)
    views = [projector_view(hall.room), phone_view(hall.room), desk_view(hall.room)]
    assert [view.givers for view in views] == [1, 0, 1], "phones do not show how many gave, and do not count it"
    for view in views:
        assert view.results is None
        assert [target.cluster_id for target in view.targets] == [pile.pk for pile in piles]
    assert mine(seat).points == {f"cluster:{piles[1].pk}": 2}  # type: ignore[union-attr]
    actions.close_round(round=round_, by=hall.lead)
    assert projector_view(hall.room).results is None
    assert desk_view(hall.room).results is not None
    actions.show_results(round=round_, by=hall.lead)
    results = projector_view(hall.room).results or ()
    assert [(row.target.cluster_id, row.points, row.voters) for row in results] == [
        (piles[1].pk, 2, 1),
        (piles[0].pk, 0, 0),
    ]


def test_names_stand_on_the_desk_only_and_not_in_a_round_without_names(hall: Hall) -> None:
    name = hall.cast.own.member.name
    brought_in(hall, hall.round(RoundKind.RAISE, is_anonymous=True), 1)
    assert name not in texts_in(desk_view(hall.room))
    brought_in(hall, hall.round(RoundKind.RAISE), 1)
    assert name in texts_in(desk_view(hall.room))
    assert name not in texts_in(projector_view(hall.room))
    assert name not in texts_in(phone_view(hall.room))


def test_figures_to_look_back_are_there_from_five_replies_on(hall: Hall) -> None:
    round_ = hall.round(RoundKind.LOOK_BACK, is_open=False, is_anonymous=True)
    ask = actions.put_ask(round=round_, text="Hoe was het?", by=hall.lead)
    line = actions.put_ask(round=round_, text="Wat neem je mee?", by=hall.lead, kind=AskKind.LINE)
    actions.open_round(round=round_, by=hall.lead)
    for number in range(5):
        seat = hall.seat()
        actions.reply(ask=ask, seat=seat, number=number + 1)
        if number < 4:
            actions.reply(ask=line, seat=seat, text=f"Regel {number}")
    actions.close_round(round=round_, by=hall.lead)
    assert [ask.average for ask in projector_view(hall.room).asks] == [None, None]
    actions.show_results(round=round_, by=hall.lead)
    first, second = projector_view(hall.room).asks
    assert (first.average, first.spread, first.replies) == (3.0, (1, 1, 1, 1, 1), 5)
    assert (second.lines, second.replies) == ((), 4)


def test_what_is_mine_is_mine_alone(hall: Hall) -> None:
    round_ = hall.round(RoundKind.RAISE, is_anonymous=True)
    seat, other = hall.seat(), hall.seat()
    hall.post(round_, seat, "Van mij")
    hall.post(round_, other, "Van een ander")
    assert [post.text for post in mine(seat).posts] == ["Van mij"]  # type: ignore[union-attr]
    actions.close_round(round=round_, by=hall.lead)
    assert mine(seat).posts == ()  # type: ignore[union-attr]


def test_the_version_grows_with_every_change_that_a_screen_shows(hall: Hall) -> None:
    round_, seat = hall.round(RoundKind.RAISE), hall.seat()
    seen = [projector_view(hall.room).version]
    post = hall.post(round_, seat)
    seen.append(projector_view(hall.room).version)
    actions.hold_post(post=post, by=hall.lead)
    seen.append(projector_view(hall.room).version)
    actions.undo(step=hall.room.steps.filter(verb="hold_post").get(), by=hall.lead)
    seen.append(version_of(hall.room))
    assert seen == sorted(set(seen))


@pytest.mark.parametrize("kind", RoundKind)
def test_few_queries_however_much_was_said(hall: Hall, queries_in: Queries, kind: RoundKind) -> None:
    raised = hall.round(RoundKind.RAISE)
    counts = []
    hall.seat()
    for times in (2, 20):
        actions.open_round(round=raised, by=hall.lead) if raised.state != "closed" else actions.repeat_round(
            round=raised, by=hall.lead
        )
        raised.refresh_from_db()
        for number, post in enumerate(brought_in(hall, raised, times)):
            if number % 2:
                actions.cluster_posts(room=hall.room, posts=[post], by=hall.lead)
        raised.refresh_from_db()
        hall.round(kind)
        raised.refresh_from_db()
        each = []
        seat = hall.seat()
        for view, most in (
            (projector_view, 8),
            (phone_view, 8),
            (desk_view, 9),
            (lambda _room, seat=seat: mine(seat), 8),
        ):
            with queries_in() as statements:
                view(hall.room)
            assert len(statements) <= most, statements
            each.append(len(statements))
        counts.append(each)
    assert counts[0] == counts[1]
