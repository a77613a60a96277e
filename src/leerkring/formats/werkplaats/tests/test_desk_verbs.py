"""Each verb of the desk over HTTP: done for who runs the room, refused for a member, not there for others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from leerkring.community.people.models import Person
from leerkring.formats.werkplaats import actions
from leerkring.formats.werkplaats.enums import AskKind, PostState, RoundKind, RoundState
from leerkring.formats.werkplaats.models import Ask, Cluster, Placing, Post, Round, Step, Table
from leerkring.formats.werkplaats.tests.conftest import Hall

ClientOf = Callable[[Person | None], Client]
JSON = {"Accept": "application/json"}


def url(hall: Hall, name: str, *ids: int) -> str:
    return reverse(f"werkplaats:{name}", args=[hall.cast.own.community.slug, hall.meeting.pk, *ids])


@pytest.fixture
def lead(hall: Hall, client_of: ClientOf) -> Client:
    return client_of(hall.lead)


@pytest.fixture
def raised(hall: Hall) -> tuple[Round, list[Post]]:
    """A round with three posts: two on the screen, one that waits."""
    round_ = hall.round(RoundKind.RAISE)
    seat = hall.seat(hall.member("Anna"))
    posts = [hall.post(round_, seat, text) for text in ("Hoe dan?", "Wie dan?")]
    actions.set_screening(room=hall.room, is_on=True, by=hall.lead)
    return round_, [*posts, hall.post(round_, seat, "Wat een rotzooi")]


NAMES = [
    ("room_begin", {}), ("room_end", {}), ("room_harvest", {}), ("room_screen", {}), ("door_open", {}),
    ("door_lock", {}), ("door_rotate", {}), ("door_admit", {}), ("seat_put_out", {"seat": 1}),
    ("seats_place", {"seat": 1}), ("round_add", {"kind": "raise"}), ("post_type", {"text": "x"}),
    ("post_release", {"post": 1}), ("posts_release", {}), ("post_hold", {"post": 1}), ("cluster_make", {"post": 1}),
    ("posts_put_with", {"post": 1}), ("post_take_out", {"post": 1}), ("cluster_name", {"cluster": 1}),
    ("cluster_merge", {"cluster": 1}), ("cluster_dissolve", {"cluster": 1}), ("clusters_order", {"cluster": 1}),
    ("question_walk", {"question": 1}), ("presentation_begin", {}), ("presentation_end", {}),
    ("presentation_remove", {}), ("ask_remove", {}), ("table_put", {"name": "x"}), ("tables_put", {"from": "piles"}),
    ("table_change", {}), ("table_remove", {}), ("places_announce", {}), ("groups_form", {}), ("version_set", {}),
]  # fmt: skip


def test_verbs_are_for_who_runs_the_room(hall: Hall, client_of: ClientOf) -> None:
    member, stranger = client_of(hall.member("Bram")), client_of(hall.cast.other.facilitator)
    steps = Step.objects.count()
    for name, data in NAMES:
        assert member.post(url(hall, name), data).status_code == 403, name
        assert stranger.post(url(hall, name), data).status_code == 404, name
    assert Step.objects.count() == steps


def test_room_of_another_programme_is_not_there(hall: Hall, client_of: ClientOf) -> None:
    elsewhere = client_of(hall.cast.other.facilitator)
    for name in ("desk_page", "projector_page", "proposals_page"):
        address = reverse(f"werkplaats:{name}", args=[hall.cast.other.community.slug, hall.meeting.pk])
        assert elsewhere.get(address).status_code == 404


def test_beginning_opens_the_door_and_the_first_round(hall: Hall, lead: Client) -> None:
    assert lead.post(url(hall, "room_begin")).status_code == 302
    assert lead.post(url(hall, "room_begin")).status_code == 302
    opened = Round.objects.get(room=hall.room, state=RoundState.OPEN)
    assert opened.kind == RoundKind.WELCOME


def test_run_is_composed(hall: Hall, lead: Client) -> None:
    before = list(Round.objects.filter(room=hall.room).values_list("pk", flat=True))
    assert lead.post(url(hall, "round_add"), {"kind": "screen", "after": before[1]}).status_code == 302
    added = Round.objects.exclude(pk__in=before).get(room=hall.room)
    assert added.position == 3
    lead.post(url(hall, "round_move", added.pk), {"position": "1"})
    added.refresh_from_db()
    assert added.position == 1
    changed = lead.post(
        url(hall, "round_change", added.pk), {"title": "We lezen", "minutes": "7", "revision": str(added.revision)}
    )
    assert changed.status_code == 302
    added.refresh_from_db()
    assert (added.title, added.minutes) == ("We lezen", 7)
    lead.post(url(hall, "round_skip", added.pk))
    added.refresh_from_db()
    assert added.state == RoundState.SKIPPED
    assert lead.post(url(hall, "round_add"), {"kind": "nonsense"}).status_code == 422


def test_two_who_change_one_round_lose_nothing(hall: Hall, lead: Client) -> None:
    round_ = hall.round(RoundKind.RAISE, is_open=False)
    seen = round_.revision
    actions.change_round(round=round_, by=hall.lead, title="Van een ander")
    data = {"title": "Van mij", "minutes": "15", "takes": "question", "revision": str(seen)}
    answer = lead.post(url(hall, "round_change", round_.pk), data)
    assert answer.status_code == 422
    assert "Van een ander" in answer.content.decode()
    assert "Van mij" in answer.content.decode()


def test_timer_runs_stands_still_and_grows(hall: Hall, lead: Client) -> None:
    round_ = hall.round(RoundKind.RAISE, minutes=5)
    lead.post(url(hall, "timer_start", round_.pk))
    round_.refresh_from_db()
    assert round_.ends_at is not None
    lead.post(url(hall, "timer_pause", round_.pk))
    lead.post(url(hall, "timer_add", round_.pk), {"minutes": "2"})
    round_.refresh_from_db()
    assert round_.left_seconds is not None
    assert 400 <= round_.left_seconds <= 420
    lead.post(url(hall, "timer_start", round_.pk))
    round_.refresh_from_db()
    assert round_.left_seconds is None


def test_catching_up_follows_the_run(hall: Hall, lead: Client) -> None:
    first = Round.objects.filter(room=hall.room).order_by("position")[0]
    actions.open_round(round=first, by=hall.lead)
    assert lead.post(url(hall, "timer_catch_up", first.pk)).status_code == 302
    first.refresh_from_db()
    assert first.ends_at is not None


def test_post_is_released_held_and_entered_from_paper(
    hall: Hall, lead: Client, raised: tuple[Round, list[Post]]
) -> None:
    round_, posts = raised
    assert lead.post(url(hall, "post_hold"), {"post": posts[2].pk}).status_code == 302
    posts[2].refresh_from_db()
    assert posts[2].state == PostState.HELD
    lead.post(url(hall, "post_release"), {"post": posts[2].pk})
    posts[2].refresh_from_db()
    assert posts[2].state == PostState.RELEASED
    paper = {"text": "Van papier", "round": round_.pk, "key": "7f9c24e8-3b6a-4d1e-9d0b-1a2b3c4d5e6f"}
    lead.post(url(hall, "post_type"), paper)
    lead.post(url(hall, "post_type"), paper)
    assert Post.objects.filter(text="Van papier").count() == 1


def test_refused_paper_stands_in_the_form_again(hall: Hall, lead: Client) -> None:
    hall.round(RoundKind.RAISE)
    answer = lead.post(url(hall, "post_type"), {"text": "lang " * 80})
    assert answer.status_code == 422
    assert "lang lang lang" in answer.content.decode()


def test_release_all_stops_at_what_was_seen(hall: Hall, lead: Client, raised: tuple[Round, list[Post]]) -> None:
    round_, posts = raised
    later = hall.post(round_, hall.seat(hall.member("Carl")), "Kwam later")
    lead.post(url(hall, "posts_release"), {"up_to": posts[2].pk})
    assert list(Post.objects.filter(state=PostState.WAITING)) == [later]


def test_piles_are_made_named_merged_and_undone(hall: Hall, lead: Client, raised: tuple[Round, list[Post]]) -> None:
    _round, posts = raised
    lead.post(url(hall, "posts_put_with"), {"post": posts[0].pk, "cluster": "new"})
    lead.post(url(hall, "cluster_make"), {"post": posts[1].pk, "title": "Wie"})
    first, second = Cluster.objects.order_by("id")
    lead.post(url(hall, "cluster_name"), {"cluster": first.pk, "title": "Hoe"})
    lead.post(url(hall, "cluster_merge"), {"cluster": second.pk, "into": first.pk})
    second.refresh_from_db()
    assert second.merged_into_id == first.pk
    merge = Step.objects.order_by("-id")[0]
    assert lead.post(url(hall, "step_undo", merge.pk)).status_code == 302
    assert lead.post(url(hall, "step_undo", merge.pk)).status_code == 302
    second.refresh_from_db()
    assert second.gone_at is None
    lead.post(url(hall, "posts_put_with"), {"post": posts[0].pk, "onto": second.pk, "cluster": "new"})
    posts[0].refresh_from_db()
    assert posts[0].cluster_id == second.pk
    lead.post(url(hall, "post_take_out"), {"post": posts[0].pk})
    posts[0].refresh_from_db()
    assert posts[0].cluster_id is None


def test_stale_act_gets_a_sentence_and_changes_nothing(
    hall: Hall, lead: Client, raised: tuple[Round, list[Post]]
) -> None:
    _round, posts = raised
    pile = actions.cluster_posts(room=hall.room, posts=posts[:1], by=hall.lead)
    actions.dissolve_cluster(cluster=pile, by=hall.lead)
    answer = lead.post(url(hall, "posts_put_with"), {"post": posts[1].pk, "cluster": pile.pk})
    assert answer.status_code == 422
    posts[1].refresh_from_db()
    assert posts[1].cluster_id is None


def test_script_gets_the_desk_as_it_is_then(hall: Hall, lead: Client, raised: tuple[Round, list[Post]]) -> None:
    _round, posts = raised
    done = lead.post(url(hall, "post_release"), {"post": posts[2].pk}, headers=JSON)
    assert done.status_code == 200
    answer: dict[str, Any] = done.json()
    assert answer["said"]
    assert answer["data"]["stage"] == "during"
    assert "Wat een rotzooi" in answer["data"]["html"]["work"]
    assert "csrfmiddlewaretoken" not in "".join(answer["data"]["html"].values())
    refused = lead.post(url(hall, "post_release"), {"post": "0"}, headers=JSON)
    assert refused.status_code == 422
    assert refused.json()["error"]


def test_results_are_shown_when_the_round_closes(hall: Hall, lead: Client) -> None:
    round_ = hall.round(RoundKind.POINTS)
    assert lead.post(url(hall, "results_show", round_.pk)).status_code == 302
    round_.refresh_from_db()
    assert (round_.state, round_.is_shown) == (RoundState.CLOSED, True)
    lead.post(url(hall, "results_show", round_.pk), {"off": "1"})
    round_.refresh_from_db()
    assert not round_.is_shown


def test_tables_come_from_piles_and_people_move_between_them(
    hall: Hall, lead: Client, raised: tuple[Round, list[Post]]
) -> None:
    _round, posts = raised
    actions.cluster_posts(room=hall.room, posts=posts[:1], title="Hoe", by=hall.lead)
    lead.post(url(hall, "tables_put"), {"from": "piles"})
    lead.post(url(hall, "tables_put"), {"from": "piles"})
    table = Table.objects.get(room=hall.room)
    assert table.name == "Hoe"
    lead.post(url(hall, "table_change"), {"table": table.pk, "name": "Hoe dan", "min": "1", "table_name": "A"})
    table.refresh_from_db()
    assert (table.name, table.min, table.table) == ("Hoe dan", 1, "A")
    seat = hall.seat(name="Gast")
    lead.post(url(hall, "seats_place"), {"seat": seat.pk, "table": table.pk})
    placing = Placing.objects.get(room=hall.room)
    assert placing.table_id == table.pk
    lead.post(url(hall, "seats_place"), {"placing": placing.pk})
    assert not Placing.objects.filter(room=hall.room).exists()


def test_what_to_look_back_with(hall: Hall, lead: Client) -> None:
    round_ = hall.round(RoundKind.LOOK_BACK)
    lead.post(url(hall, "ask_put", round_.pk), {"text": "Wat neem je mee?", "kind": "line"})
    ask = Ask.objects.get(round=round_)
    assert ask.kind == AskKind.LINE
    lead.post(url(hall, "ask_remove"), {"ask": ask.pk})
    ask.refresh_from_db()
    assert ask.removed_at is not None


def test_facilitator_does_not_set_a_version(hall: Hall, lead: Client, client_of: ClientOf) -> None:
    hall.round(RoundKind.SET_VERSION)
    assert lead.post(url(hall, "version_set"), {"revision": "1"}).status_code == 403
    assert client_of(hall.cast.own.keeper).post(url(hall, "version_set"), {"revision": "1"}).status_code == 422


def test_somebody_is_put_out_and_let_back_in(hall: Hall, lead: Client) -> None:
    seat = hall.seat(name="Gast")
    lead.post(url(hall, "seat_put_out"), {"seat": seat.pk})
    seat.refresh_from_db()
    assert seat.is_out
    lead.post(url(hall, "seat_put_out"), {"seat": seat.pk, "back": "1"})
    seat.refresh_from_db()
    assert not seat.is_out
