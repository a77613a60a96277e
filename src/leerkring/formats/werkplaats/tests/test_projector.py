"""The wall: only what was released, and nothing before it is shown."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from leerkring.community.meetings import actions as meetings
from leerkring.community.people.models import Person
from leerkring.formats.werkplaats import actions, topics, wall
from leerkring.formats.werkplaats.enums import PostKind, PostState, RoundKind
from leerkring.formats.werkplaats.models import Post, Room, Round
from leerkring.formats.werkplaats.snapshots import PostView
from leerkring.formats.werkplaats.tests.conftest import Hall
from leerkring.platform import clock

ClientOf = Callable[[Person | None], Client]
RUDE, HELD, TAKEN, SEEN = "Wat een rotvergadering", "Dit houden we vast", "Dit nam ik terug", "Hoe dan wel?"


@pytest.fixture
def hall_with_words(hall: Hall) -> Hall:
    """One post of each fate: not seen yet, held back, taken back, released."""
    actions.set_screening(room=hall.room, is_on=True, by=hall.lead)
    round_ = hall.round(RoundKind.RAISE)
    seat = hall.seat(name="Rotnaam")
    hall.post(round_, seat, RUDE)
    held, taken, seen = (hall.post(round_, seat, text) for text in (HELD, TAKEN, SEEN))
    actions.hold_post(post=held, by=hall.lead)
    actions.release_post(post=taken, by=hall.lead)
    actions.release_post(post=seen, by=hall.lead)
    actions.take_back_post(post=taken, seat=seat)
    return hall


def wall_of(hall: Hall, client: Client, query: str = "") -> str:
    address = reverse("werkplaats:projector_page", args=[hall.cast.own.community.slug, hall.meeting.pk])
    return client.get(address + query).content.decode()


@pytest.mark.parametrize("kind", list(RoundKind))
def test_wall_never_shows_what_was_not_released(hall_with_words: Hall, client_of: ClientOf, kind: RoundKind) -> None:
    hall = hall_with_words
    if kind != RoundKind.RAISE:
        hall.round(kind)
    pages = wall_of(hall, client_of(hall.lead))
    html = "".join(wall.wall_html(Room.objects.get(pk=hall.room.pk)).values())
    for text in (RUDE, HELD, TAKEN, "Rotnaam"):
        assert text not in pages
        assert text not in html
    if kind in (RoundKind.RAISE, RoundKind.CLUSTER):
        assert (SEEN in pages) is (kind == RoundKind.RAISE)


def test_post_held_back_leaves_the_wall_and_its_pile(hall_with_words: Hall, client_of: ClientOf) -> None:
    hall = hall_with_words
    seen = Post.objects.get(text=SEEN)
    actions.cluster_posts(room=hall.room, posts=[seen], by=hall.lead)
    hall.round(RoundKind.CLUSTER)
    assert SEEN in wall_of(hall, client_of(hall.lead))
    actions.hold_post(post=seen, by=hall.lead)
    assert SEEN not in wall_of(hall, client_of(hall.lead))


def test_points_are_bars_only_once_they_are_shown(hall: Hall, client_of: ClientOf) -> None:
    raised = hall.round(RoundKind.RAISE)
    seat = hall.seat(hall.member("Anna"))
    post = hall.post(raised, seat)
    pile = actions.cluster_posts(room=hall.room, posts=[post], title="Inkoop eerst", by=hall.lead)
    points = hall.round(RoundKind.POINTS)
    actions.give_points(round=points, seat=seat, target=pile, count=2)
    lead = client_of(hall.lead)
    assert "Inkoop eerst" not in wall_of(hall, lead)
    actions.close_round(round=points, by=hall.lead)
    assert "Inkoop eerst" not in wall_of(hall, lead)
    actions.show_results(round=points, by=hall.lead)
    assert "Inkoop eerst" in wall_of(hall, lead)


def test_wall_is_not_for_members(hall: Hall, client_of: ClientOf) -> None:
    address = reverse("werkplaats:projector_page", args=[hall.cast.own.community.slug, hall.meeting.pk])
    assert client_of(hall.member("Bram")).get(address).status_code == 403


def test_code_is_on_the_wall_until_the_door_is_locked(hall: Hall, client_of: ClientOf) -> None:
    lead = client_of(hall.lead)
    code = hall.meeting.door.code
    spaced = f"{code[:3]} {code[3:]}"
    assert spaced in wall_of(hall, lead)
    meetings.lock_door(meeting=hall.meeting, by=hall.lead)
    assert spaced not in wall_of(hall, lead)


def view(number: int, text: str) -> PostView:
    return PostView(number, PostKind.QUESTION, text, PostState.RELEASED, 1, clock.now(), False, "")


def test_six_short_ones_fit_on_a_page_and_a_long_one_takes_a_row() -> None:
    short, long_ = [view(number, "Hoe?") for number in range(7)], view(9, "x" * 300)
    assert [len(page.rows) for page in wall.posts_pages(short)] == [6, 1]
    assert [len(page.rows) for page in wall.posts_pages([*short[:3], long_, *short[3:]])] == [5, 3]
    assert [len(page.rows) for page in wall.posts_pages([long_] * 4)] == [3, 1]


def test_screens_are_the_same_bytes_for_all_and_hold_no_moment_of_now(hall: Hall) -> None:
    hall.round(RoundKind.RAISE)
    for screen in (topics.desk_screen, topics.projector_screen):
        first, second = screen(str(hall.room.pk), "nl"), screen(str(hall.room.pk), "nl")
        assert first == second
        assert first is not None
        assert "csrfmiddlewaretoken" not in str(first.data)
    assert topics.desk_screen("0", "nl") is None
    assert topics.desk_screen("nonsense", "nl") is None


def test_seven_stacks_are_two_pages(hall: Hall, client_of: ClientOf) -> None:
    raised: Round = hall.round(RoundKind.RAISE)
    for number in range(7):
        post = actions.type_post(round=raised, text=f"Vraag {number}", key=uuid4(), by=hall.lead)
        actions.cluster_posts(room=hall.room, posts=[post], title=f"Stapel {number}", by=hall.lead)
    hall.round(RoundKind.CLUSTER)
    context = wall.projector(hall.room, page=2)
    assert [len(page.rows) for page in context["pages"]] == [6, 1]
    assert context["page"] == 2
    assert context["page_next"] == 1
