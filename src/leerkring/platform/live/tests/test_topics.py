import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils import translation

from leerkring.platform import live
from leerkring.platform.facts import Fact
from leerkring.platform.live import topics
from leerkring.platform.live.hub import Change
from leerkring.platform.live.tickets import Screen, read_ticket


@dataclass(frozen=True, kw_only=True)
class RoomFact(Fact):
    room_id: int


@dataclass(frozen=True, kw_only=True)
class DoorOpened(RoomFact):
    pass


@pytest.fixture(autouse=True)
def registry(monkeypatch: pytest.MonkeyPatch) -> topics.Registry:
    fresh = topics.Registry()
    monkeypatch.setattr(topics, "registry", fresh)
    return fresh


def open_to_guests(request: Any, key: str) -> live.Grant | None:
    return live.Grant([5], None, seat="seat:3") if key == "1" else None


def register() -> None:
    @live.topic("room", facts=[RoomFact, "Moved"], key_of=lambda fact: fact.ids["room_id"], may_listen=open_to_guests)
    def room(key: str, language: str) -> live.Snapshot | None:
        return live.Snapshot(1, {})


def test_a_topic_names_facts_by_class_with_its_subclasses_or_by_name(registry: topics.Registry) -> None:
    register()
    names = ("RoomFact", "DoorOpened", "Moved", "VersionSet")
    assert [len(registry.concerned(name)) for name in names] == [1, 1, 1, 0]


@pytest.mark.parametrize(("answered", "keys"), [(None, set()), (3, {"3"}), ("x", {"x"}), ([1, 2], {"1", "2"})])
def test_a_fact_concerns_one_key_or_several_or_none(answered: object, keys: set[str]) -> None:
    topic = topics.Topic("room", (), lambda fact: answered, open_to_guests, lambda key, language: None)
    assert topic.keys(Change(1, "Moved", 5)) == keys


def test_a_ticket_names_screen_language_and_who_looks() -> None:
    register()
    with translation.override("en"):
        text = topics.ticket_for(RequestFactory().get("/"), "room", "1")
    ticket = read_ticket(text or "")
    assert ticket.screen == Screen("room", "1", "en")
    assert (ticket.community_ids, ticket.person_id, ticket.holders) == (frozenset({5}), None, ["seat:3"])


def test_a_fresh_ticket_is_given_to_who_may_look_now(client: Client) -> None:
    register()
    answer = client.get("/live-ticket/", {"topic": "room", "key": "1"})
    assert answer.status_code == 200
    assert read_ticket(answer.json()["ticket"]).screen == Screen("room", "1", "nl")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("asked", [{"topic": "room", "key": "2"}, {"topic": "else", "key": "1"}, {}])
def test_who_may_not_look_gets_no_ticket(client: Client, asked: dict[str, str]) -> None:
    register()
    assert client.get("/live-ticket/", asked).status_code == 403


def test_facts_that_end_access_name_whom(registry: topics.Registry) -> None:
    live.ends_access(RoomFact, whom=lambda fact: [live.holder(fact.ids["person_id"])])
    live.ends_access("HallCleared")
    assert registry.ending_names() == {"RoomFact", "DoorOpened", "HallCleared"}
    assert registry.ends_by("HallCleared") == [None]
    (whom,) = registry.ends_by("DoorOpened")
    assert whom is not None
    assert whom(Change(1, "DoorOpened", 5, {"person_id": 7})) == ["person:7"]


def test_the_tag_gives_a_ticket_to_who_may_look_and_nothing_to_others() -> None:
    register()
    context = {"request": RequestFactory().get("/")}
    page = Template('{% load live %}{% live_topic "room" 1 %}').render(Context(context))
    (text, fresh) = re.findall(r'<meta name="lk-topic" content="([^"]+)" data-fresh="([^"]+)"', page)[0]
    assert read_ticket(text).screen == Screen("room", "1", "nl")
    assert fresh == "/live-ticket/?topic=room&amp;key=1"
    assert Template('{% load live %}{% live_topic "room" 2 %}').render(Context(context)) == ""


def test_the_tag_takes_a_grant_that_the_page_has_already() -> None:
    register()
    context = {"request": RequestFactory().get("/"), "grant": live.Grant([6], 8)}
    page = Template('{% load live %}{% live_topic "room" 2 grant=grant %}').render(Context(context))
    ticket = read_ticket(re.findall(r'name="lk-topic" content="([^"]+)"', page)[0])
    assert (ticket.community_ids, ticket.person_id, ticket.screen) == (frozenset({6}), 8, Screen("room", "2", "nl"))
