import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from uuid import uuid4

import pytest

from leerkring.community.meetings import actions as meetings
from leerkring.cycle.groups import actions as groups
from leerkring.formats.werkplaats import actions
from leerkring.formats.werkplaats.enums import AskKind, PostKind, RoundKind
from leerkring.formats.werkplaats.models import Ask, Point, Post, Reply, Round, Wish
from leerkring.formats.werkplaats.tests.conftest import Hall, make_hall
from leerkring.formats.werkplaats.tests.phones import Phone

Queries = Callable[[], AbstractContextManager[list[str]]]
KNOWING_WHO_AND_WHERE = 2
"""The seat behind the cookie, and the round."""


def test_a_post_comes_back_as_it_stands_in_the_list(hall: Hall) -> None:
    round_ = hall.round(RoundKind.RAISE, takes=[PostKind.QUESTION, PostKind.BARRIER])
    phone = Phone(hall, hall.seat())
    answer = phone.says(round_, "Hoe  krijgen we inkoop aan tafel?", kind="barrier")
    post = Post.objects.get()
    assert (answer.status_code, answer.json()["post"], answer.json()["round"]) == (200, post.pk, round_.pk)
    assert "Hoe krijgen we inkoop aan tafel?" in answer.json()["row"]
    assert post.kind == PostKind.BARRIER


def test_without_script_the_form_leads_back_to_the_page(hall: Hall) -> None:
    round_, phone = hall.round(RoundKind.RAISE), Phone(hall, hall.seat())
    answer = phone.plain("post", round=round_.pk, kind="question", text="Hoe dan?", key=uuid4())
    assert (answer.status_code, answer["Location"]) == (302, "../now/")
    assert "Verstuurd." in phone.look().content.decode()
    assert Post.objects.count() == 1


def test_at_most_six_queries_beside_knowing_who_and_where(hall: Hall, queries_in: Queries) -> None:
    round_, phone = hall.round(RoundKind.RAISE), Phone(hall, hall.seat())
    phone.says(round_)
    with queries_in() as statements:
        assert phone.says(round_).status_code == 200
    assert len(statements) <= 6 + KNOWING_WHO_AND_WHERE, statements


def test_the_same_key_twice_is_one_post_also_after_the_round(hall: Hall) -> None:
    round_, phone, key = hall.round(RoundKind.RAISE), Phone(hall, hall.seat()), uuid4()
    first = phone.says(round_, key=key).json()["post"]
    assert phone.says(round_, key=key).json()["post"] == first
    actions.close_round(round=round_, by=hall.lead)
    assert phone.says(round_, key=key).json()["post"] == first
    assert Post.objects.count() == 1


@pytest.mark.parametrize(
    "fields", [{"text": " "}, {"text": "x" * 301}, {"kind": "feedback"}, {"kind": "?"}, {"key": "1"}]
)
def test_what_is_not_right_comes_back_with_what_was_typed(hall: Hall, fields: dict[str, str]) -> None:
    round_, phone = hall.round(RoundKind.RAISE), Phone(hall, hall.seat())
    assert phone.says(round_, **fields).status_code == 422
    sent = {"round": round_.pk, "kind": "insight", "text": "Wat ik typte", "key": uuid4(), **fields}
    page = phone.plain("post", **sent)
    assert page.status_code == 422
    assert str(sent["text"]).strip() in page.content.decode()
    assert Post.objects.count() == 0


def test_a_closed_round_another_hall_and_a_round_that_takes_something_else_refuse(hall: Hall) -> None:
    round_, phone = hall.round(RoundKind.RAISE, takes=[PostKind.QUESTION]), Phone(hall, hall.seat())
    assert phone.says(round_, kind="insight").status_code == 422
    actions.close_round(round=round_, by=hall.lead)
    refusal = phone.says(round_, "Te laat?")
    assert (refusal.status_code, "gesloten" in refusal.json()["error"]) == (422, True)
    elsewhere = make_hall(hall.cast)
    assert phone.says(elsewhere.round(RoundKind.RAISE)).status_code == 404
    assert Post.objects.count() == 0


def test_one_takes_back_what_is_ones_own_and_nothing_else(hall: Hall) -> None:
    round_, seat = hall.round(RoundKind.RAISE), hall.seat()
    mine, other = hall.post(round_, seat), hall.post(round_, hall.seat())
    phone = Phone(hall, seat)
    assert phone.send("take-back", post=mine.pk).json() == {"post": mine.pk}
    assert phone.send("take-back", post=mine.pk).status_code == 200
    assert phone.send("take-back", post=other.pk).status_code == 403
    assert phone.plain("take-back", post=other.pk).status_code == 403
    for wrong in (0, "x", ""):
        assert phone.send("take-back", post=wrong).status_code == 404
    assert list(Post.objects.filter(taken_back_at__isnull=True)) == [other]


def test_without_names_nothing_is_taken_back_after_the_round(hall: Hall) -> None:
    round_, phone = hall.round(RoundKind.RAISE, is_anonymous=True), Phone(hall, hall.seat())
    post = phone.says(round_).json()["post"]
    assert "Haal terug" in phone.look().content.decode()
    actions.close_round(round=round_, by=hall.lead)
    assert phone.send("take-back", post=post).status_code == 422


def points_of(seat_voice: str) -> dict[int, int]:
    return {point.post_id or 0: point.count for point in Point.objects.filter(voter=seat_voice)}


def test_points_are_set_so_that_twice_is_once(hall: Hall) -> None:
    bring, seat = hall.round(RoundKind.RAISE), hall.seat()
    posts = [hall.post(bring, seat, f"Vraag {n}?") for n in range(2)]
    round_ = hall.round(RoundKind.POINTS)
    phone = Phone(hall, seat)
    fields: dict[str, Any] = {"round": round_.pk, "target": f"post-{posts[0].pk}", "count": 2}
    assert phone.send("points", **fields).json() == {"round": round_.pk, "left": 1}
    assert phone.send("points", **fields).json() == {"round": round_.pk, "left": 1}
    assert phone.mine()["points"] == {f"post-{posts[0].pk}": 2}
    assert phone.plain("points", **{**fields, "target": f"post-{posts[1].pk}", "count": 1}).status_code == 302
    assert points_of(seat.voice) == {posts[0].pk: 2, posts[1].pk: 1}
    over = phone.plain("points", **{**fields, "count": 3})
    assert (over.status_code, "3 punten" in over.content.decode()) == (422, True)
    assert points_of(seat.voice) == {posts[0].pk: 2, posts[1].pk: 1}


@pytest.mark.parametrize("target", ["post-0", "cluster-1", "post-x", "round-1", "post-1;2", ""])
def test_a_forged_target_gets_nothing(hall: Hall, target: str) -> None:
    round_, phone = hall.round(RoundKind.POINTS), Phone(hall, hall.seat())
    assert phone.send("points", round=round_.pk, target=target, count=1).status_code == 422
    assert Point.objects.count() == 0


def test_what_lies_in_another_hall_or_is_held_back_gets_no_points(hall: Hall) -> None:
    bring, seat = hall.round(RoundKind.RAISE), hall.seat()
    held = hall.post(bring, seat)
    actions.hold_post(post=held, by=hall.lead)
    elsewhere = make_hall(hall.cast)
    away = elsewhere.post(elsewhere.round(RoundKind.RAISE), elsewhere.seat(device="away"))
    round_, phone = hall.round(RoundKind.POINTS), Phone(hall, seat)
    for post in (held, away):
        assert phone.send("points", round=round_.pk, target=f"post-{post.pk}", count=1).status_code == 422
    assert phone.send("points", round=bring.pk, target=f"post-{held.pk}", count=1).status_code == 422
    assert Point.objects.count() == 0


def test_wishes_are_one_list(hall: Hall) -> None:
    tables = [actions.put_table(room=hall.room, name=f"Groep {n}", by=hall.lead) for n in range(3)]
    round_, seat = hall.round(RoundKind.WISH), hall.seat()
    phone = Phone(hall, seat)
    ids = f"{tables[2].pk},{tables[0].pk}"
    assert phone.send("wishes", round=round_.pk, tables=ids).json()["wishes"] == [tables[2].pk, tables[0].pk]
    assert phone.plain("wishes", round=round_.pk, tables=ids).status_code == 302
    assert phone.mine()["wishes"] == [tables[2].pk, tables[0].pk]
    page = phone.look().content.decode()
    assert f'value="{tables[0].pk},{tables[2].pk}"' in page, "the other one first"
    assert Wish.objects.count() == 2
    for wrong in (f"{tables[0].pk},0", "x", "1;2"):
        assert phone.send("wishes", round=round_.pk, tables=wrong).status_code == 422
    assert phone.send("wishes", round=round_.pk, tables="").json()["wishes"] == []
    actions.close_round(round=round_, by=hall.lead)
    assert phone.send("wishes", round=round_.pk, tables=ids).status_code == 422
    assert Wish.objects.count() == 0


def test_answers_can_be_changed_until_the_round_closes(hall: Hall) -> None:
    round_ = hall.round(RoundKind.LOOK_BACK, is_open=False)
    scale = actions.put_ask(round=round_, text="Was het goed?", by=hall.lead)
    line = actions.put_ask(round=round_, text="Wat neem je mee?", by=hall.lead, kind=AskKind.LINE)
    actions.open_round(round=round_, by=hall.lead)
    phone = Phone(hall, hall.seat())
    fields = {"round": round_.pk, f"ask-{scale.pk}": 4, f"ask-{line.pk}": "Eerder bellen"}
    assert phone.send("reply", **fields).status_code == 200
    assert phone.plain("reply", **{**fields, f"ask-{scale.pk}": 5}).status_code == 302
    assert phone.mine()["replies"] == {str(scale.pk): 5, str(line.pk): "Eerder bellen"}
    assert phone.send("reply", **{**fields, f"ask-{scale.pk}": 6}).status_code == 422
    page = phone.plain("reply", **{**fields, f"ask-{scale.pk}": 9, f"ask-{line.pk}": "Nieuwe regel"})
    assert (page.status_code, "Nieuwe regel" in page.content.decode()) == (422, True)
    actions.close_round(round=round_, by=hall.lead)
    assert phone.send("reply", **fields).status_code == 422
    assert phone.send("reply", round="x").status_code == 404
    assert sorted(Reply.objects.values_list("number", "text"), key=str) == [(5, ""), (None, "Eerder bellen")]
    assert Ask.objects.count() == 2


def test_a_word_goes_to_the_group_that_presents_here(hall: Hall) -> None:
    own = hall.cast.own
    here, away = (
        groups.form_group(community=own.community, name=name, people=[own.member], by=own.lead)
        for name in ("Hier", "Weg")
    )
    round_ = hall.round(RoundKind.PRESENT)
    turn = actions.put_presentation(round=round_, group=here, by=hall.lead)
    actions.begin_presentation(presentation=turn, by=hall.lead)
    phone = Phone(hall, hall.seat())
    fields = {"round": round_.pk, "group": here.pk, "text": "Mooi", "key": uuid4()}
    assert phone.send("feedback", **fields).status_code == 200
    assert phone.plain("feedback", **fields).status_code == 302
    assert phone.send("feedback", **{**fields, "group": away.pk, "key": uuid4()}).status_code == 404
    assert [(post.about_group, post.kind) for post in Post.objects.all()] == [(here, PostKind.FEEDBACK)]
    assert phone.send("feedback", **{**fields, "text": ""}).status_code == 422


def test_a_closed_seat_says_nothing_more(hall: Hall) -> None:
    round_, seat = hall.round(RoundKind.RAISE), hall.seat()
    phone = Phone(hall, seat)
    meetings.put_out(seat=seat, by=hall.lead)
    assert phone.says(round_).status_code == 403
    assert Post.objects.count() == 0
    assert Round.objects.get(pk=round_.pk).is_open


def several(phone: Phone, *entries: dict[str, Any]) -> Any:
    rows = [
        {"key": str(each["key"]), "fields": [[name, str(value)] for name, value in each.items() if name != "key"]}
        for each in entries
    ]
    return phone.send("posts", entries=json.dumps(rows))


def test_what_waited_comes_in_together_in_order_and_once(hall: Hall) -> None:
    """Each line as if it came alone: its own key, its own refusal."""
    round_, phone = hall.round(RoundKind.RAISE), Phone(hall, hall.seat())
    keys = [uuid4() for _number in range(4)]
    texts = ["Een", "Twee", "x" * 301, "Vier"]
    lines = [
        {"key": key, "round": round_.pk, "kind": "question", "text": text}
        for key, text in zip(keys, texts, strict=True)
    ]
    phone.says(round_, "Een", key=keys[0])
    for _twice in range(2):
        answers = several(phone, *lines).json()["answers"]
        assert [(each["key"], each["status"]) for each in answers] == [
            (str(keys[0]), 200), (str(keys[1]), 200), (str(keys[2]), 422), (str(keys[3]), 200),
        ]  # fmt: skip
        assert "Twee" in answers[1]["row"]
        assert "300" in answers[2]["error"]
    assert list(Post.objects.order_by("id").values_list("text", flat=True)) == ["Een", "Twee", "Vier"]
    elsewhere = several(phone, {**lines[0], "key": uuid4(), "round": 0}).json()["answers"]
    assert [each["status"] for each in elsewhere] == [404]
    actions.close_round(round=round_, by=hall.lead)
    assert [each["status"] for each in several(phone, lines[0], {**lines[1], "key": uuid4()}).json()["answers"]] == [
        200, 422,
    ]  # fmt: skip


@pytest.mark.parametrize("entries", ["", "[", "{}", '[{"key": "1", "fields": []}]', '[{"fields": []}]', "[1]"])
def test_what_no_script_of_ours_sends_is_not_read(hall: Hall, entries: str) -> None:
    phone = Phone(hall, hall.seat())
    answer = phone.send("posts", entries=entries)
    assert (answer.status_code, Post.objects.count()) == (400, 0)
    assert phone.plain("posts", entries=entries).status_code == 302
    assert Phone(hall).send("posts", entries=entries).status_code == 403
