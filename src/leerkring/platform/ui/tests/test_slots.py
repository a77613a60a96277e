"""A page leaves a place; apps on higher floors fill it, in an order that does not depend on who was loaded first."""

from collections import defaultdict
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpRequest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import ResolverMatch
from django.utils.safestring import mark_safe

from leerkring.platform.ui import slots
from leerkring.platform.ui.slots import NavItem


@pytest.fixture(autouse=True)
def empty_house(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "_fillings", defaultdict(list))
    monkeypatch.setattr(slots, "_items", {})


@pytest.fixture
def request_(rf: RequestFactory) -> HttpRequest:
    request = rf.get("/help/")
    request.person = SimpleNamespace(name="Noor de Wit")  # type: ignore[attr-defined]
    return request


def name_of(request: HttpRequest, question: str, **more: Any) -> str | None:
    return mark_safe(f"<p>{question}</p>")


def nothing(request: HttpRequest, **more: Any) -> str | None:
    return None


def test_fillings_come_by_order_and_then_by_name(request_: HttpRequest) -> None:
    slots.fill("page", order=30)(lambda request, **more: "late")
    slots.fill("page", order=10)(name_of)
    slots.fill("page", order=20)(nothing)
    assert slots.render("page", request_, question="A") == "<p>A</p>\nlate"


def test_a_filling_that_returns_nothing_leaves_no_trace(request_: HttpRequest) -> None:
    slots.fill("page")(nothing)
    assert slots.render("page", request_) == ""


def test_a_slot_that_nobody_fills_is_empty(request_: HttpRequest) -> None:
    assert slots.render("nobody", request_) == ""


def test_plain_text_is_escaped(request_: HttpRequest) -> None:
    slots.fill("page")(lambda request, **more: "<b>")
    assert slots.render("page", request_) == "&lt;b&gt;"


def test_registering_twice_fills_once(request_: HttpRequest) -> None:
    slots.fill("page")(name_of)
    slots.fill("page", order=5)(name_of)
    assert slots.render("page", request_, question="A") == "<p>A</p>"


def test_the_tag_hands_its_arguments_to_the_fillings(request_: HttpRequest) -> None:
    slots.fill("page")(name_of)
    template = Template('{% load ui %}{% slot "page" question=code %}')
    assert template.render(Context({"request": request_, "code": "B"})) == "<p>B</p>"


AMSTERDAM = SimpleNamespace(slug="amsterdam", name="Amsterdam")


def test_navigation_shows_what_this_person_may_see(request_: HttpRequest) -> None:
    slots.nav(
        NavItem("Help", "ui:help_page", order=20, everywhere=True),
        NavItem("Privacy", "ui:privacy_page", order=10, everywhere=True, shown=lambda person, community: False),
    )
    assert [link.label for link in slots.nav_links(request_, None)] == ["Help"]


def test_navigation_marks_one_entry_as_current(request_: HttpRequest) -> None:
    slots.nav(NavItem("Privacy", "ui:privacy_page", order=10, everywhere=True))
    slots.nav(NavItem("Help", "ui:help_page", order=20, everywhere=True))
    assert [(link.label, link.current) for link in slots.nav_links(request_, None)] == [
        ("Privacy", ""),
        ("Help", "page"),
    ]


def test_a_page_deeper_in_a_part_marks_that_part(monkeypatch: pytest.MonkeyPatch, request_: HttpRequest) -> None:
    monkeypatch.setattr(slots, "reverse", lambda name, kwargs: f"/{kwargs['slug']}/{name.partition(':')[0]}/")
    slots.nav(NavItem("Agenda", "agenda:agenda_page", also=("questions",)), NavItem("Groepen", "groups:groups_page"))
    request_.path = "/amsterdam/questions/12/"
    request_.resolver_match = ResolverMatch(lambda: None, (), {}, namespaces=["questions"], url_name="question_page")
    links = slots.nav_links(request_, AMSTERDAM)
    assert [(link.url, link.current) for link in links] == [("/amsterdam/agenda/", "true"), ("/amsterdam/groups/", "")]


def test_entries_of_a_programme_need_a_programme(request_: HttpRequest) -> None:
    slots.nav(NavItem("Agenda", "agenda:agenda_page"))
    assert slots.nav_links(request_, None) == []
    assert slots.nav_links(request_, SimpleNamespace(slug=None)) == []


def test_the_menu_of_the_person_is_another_place(request_: HttpRequest) -> None:
    slots.nav(NavItem("Help", "ui:help_page", everywhere=True, place="person"))
    assert slots.nav_links(request_, None) == []
    assert [link.label for link in slots.nav_links(request_, None, "person")] == ["Help"]
