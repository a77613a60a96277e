"""Sheets of paper with points or with answers, entered by a facilitator: each sheet is one voice, counted once."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from leerkring.community.people.models import Person
from leerkring.formats.werkplaats import actions
from leerkring.formats.werkplaats.enums import AskKind, RoundKind
from leerkring.formats.werkplaats.models import Cluster, Point, Post, Reply
from leerkring.formats.werkplaats.queries import last_step
from leerkring.formats.werkplaats.tests.conftest import Hall
from leerkring.platform.rules import Refused

Facts = Callable[[str], list[dict[str, object]]]
ClientOf = Callable[[Person | None], Client]
JSON = {"Accept": "application/json"}


@pytest.fixture
def piles(hall: Hall) -> list[Cluster]:
    round_, seat = hall.round(RoundKind.RAISE), hall.seat()
    posts = [hall.post(round_, seat, text) for text in ("Wie belt de sloper?", "Waar liggen de deuren?")]
    return [actions.cluster_posts(room=hall.room, posts=[post], by=hall.lead, title=post.text) for post in posts]


def undo_last(hall: Hall) -> None:
    step = last_step(hall.room)
    assert step is not None
    actions.undo(step=step, by=hall.lead)


def test_a_sheet_of_points_counts_once_beside_the_phones(hall: Hall, piles: list[Cluster], facts_named: Facts) -> None:
    round_, key = hall.round(RoundKind.POINTS, budget=3, is_anonymous=True), uuid4()
    actions.give_points(round=round_, seat=hall.seat(), target=piles[0], count=1)
    for _twice in range(2):
        actions.type_points(round=round_, points={piles[0]: 2, piles[1]: 1}, key=key, by=hall.lead)
    actions.close_round(round=round_, by=hall.lead)
    actions.type_points(round=round_, points={piles[1]: 3}, by=hall.lead)
    assert sorted(Point.objects.values_list("cluster", "count")) == [
        (piles[0].pk, 1), (piles[0].pk, 2), (piles[1].pk, 1), (piles[1].pk, 3),
    ]  # fmt: skip
    assert Point.objects.values("voter").distinct().count() == 3
    assert [fact["round_id"] for fact in facts_named("PointsTyped")] == [round_.pk] * 2
    undo_last(hall)
    assert sorted(Point.objects.values_list("cluster", "count")) == [
        (piles[0].pk, 1), (piles[0].pk, 2), (piles[1].pk, 1),
    ]  # fmt: skip


def test_a_sheet_of_points_keeps_the_rules_of_the_round(hall: Hall, piles: list[Cluster]) -> None:
    waiting = hall.round(RoundKind.POINTS, budget=3, is_open=False)
    with pytest.raises(Refused):
        actions.type_points(round=waiting, points={piles[0]: 1}, by=hall.lead)
    round_ = hall.round(RoundKind.POINTS, budget=3, most_per_target=2)
    merged = actions.merge_clusters(cluster=piles[0], into=piles[1], by=hall.lead)
    wrong: list[dict[Cluster | Post, int]] = [{}, {piles[1]: 0}, {piles[1]: 3}, {piles[1]: 4}, {piles[0]: 1}]
    for points in wrong:
        with pytest.raises(Refused):
            actions.type_points(round=round_, points=points, by=hall.lead)
    with pytest.raises(PermissionDenied):
        actions.type_points(round=round_, points={piles[1]: 1}, by=hall.member("Bram"))
    assert merged is not None
    assert not Point.objects.exists()


def test_a_sheet_of_answers_counts_once_and_can_be_taken_back(hall: Hall, facts_named: Facts) -> None:
    round_, key = hall.round(RoundKind.LOOK_BACK), uuid4()
    scale = actions.put_ask(round=round_, text="Hoe was het?", by=hall.lead)
    line = actions.put_ask(round=round_, text="Wat neem je mee?", by=hall.lead, kind=AskKind.LINE)
    for _twice in range(2):
        actions.type_replies(round=round_, replies={scale: " 4 ", line: "Eerder  bellen"}, key=key, by=hall.lead)
    actions.close_round(round=round_, by=hall.lead)
    actions.type_replies(round=round_, replies={scale: "2", line: " "}, by=hall.lead)
    kept = [(scale.pk, 4, ""), (line.pk, None, "Eerder bellen"), (scale.pk, 2, "")]
    assert list(Reply.objects.order_by("id").values_list("ask", "number", "text")) == kept
    assert len(facts_named("RepliesTyped")) == 2
    undo_last(hall)
    assert list(Reply.objects.order_by("id").values_list("ask", "number", "text")) == kept[:2]
    for replies in ({}, {scale: ""}, {scale: "6"}, {scale: "vier"}, {line: "x" * 301}):
        with pytest.raises(Refused):
            actions.type_replies(round=round_, replies=replies, by=hall.lead)
    with pytest.raises(PermissionDenied):
        actions.type_replies(round=round_, replies={scale: "1"}, by=hall.member("Bram"))


def test_sheets_are_entered_on_the_desk(hall: Hall, piles: list[Cluster], client_of: ClientOf) -> None:
    desk, key = client_of(hall.lead), str(uuid4())
    points = hall.round(RoundKind.POINTS, budget=3)
    where = [hall.cast.own.community.slug, hall.meeting.pk]
    to_points = reverse("werkplaats:points_type", args=[*where, points.pk])
    page = desk.get(reverse("werkplaats:desk_page", args=where)).content.decode()
    assert f'name="cluster-{piles[0].pk}"' in page
    sheet = {f"cluster-{piles[0].pk}": "2", f"cluster-{piles[1].pk}": "", "key": key}
    for _twice in range(2):
        assert desk.post(to_points, sheet, headers=JSON).status_code == 200
    assert list(Point.objects.values_list("cluster", "count", "voter")) == [(piles[0].pk, 2, f"paper:{key}")]
    for wrong in ({f"cluster-{piles[0].pk}": "twee"}, {"cluster-999999": "1"}, {}):
        answer = desk.post(to_points, wrong, headers=JSON)
        assert (answer.status_code, bool(answer.json()["error"])) == (422, True)
    typed = desk.post(to_points, {f"cluster-{piles[0].pk}": "9", "key": str(uuid4())})
    assert (typed.status_code, f'name="cluster-{piles[0].pk}" value="9"' in typed.content.decode()) == (422, True)

    back = hall.round(RoundKind.LOOK_BACK)
    ask = actions.put_ask(round=back, text="Hoe was het?", by=hall.lead)
    to_replies = reverse("werkplaats:replies_type", args=[*where, back.pk])
    assert f'name="ask-{ask.pk}"' in desk.get(reverse("werkplaats:desk_page", args=where)).content.decode()
    assert desk.post(to_replies, {f"ask-{ask.pk}": "5"}).status_code == 302
    assert list(Reply.objects.values_list("ask", "number")) == [(ask.pk, 5)]
    member = client_of(hall.member("Bram"))
    assert [member.post(path, {}).status_code for path in (to_points, to_replies)] == [403, 403]
