import re
from typing import Any

import pytest
from django.core import signing
from django.template import Context, Template
from django.test import RequestFactory

from leerkring.platform.live import tickets
from leerkring.platform.live.tickets import TicketRefused, live_ticket, read_ticket


def test_a_ticket_holds_communities_and_person() -> None:
    ticket = read_ticket(live_ticket([3, 1, 3], 7))
    assert ticket.community_ids == frozenset({1, 3})
    assert ticket.person_id == 7


def test_a_ticket_of_a_visitor_holds_nobody() -> None:
    assert read_ticket(live_ticket(3, None)).person_id is None


def test_a_forged_ticket_is_refused() -> None:
    real = live_ticket(3, 7)
    other = live_ticket(4, 7)
    forged = other.split(":")[0] + ":" + real.split(":", 1)[1]
    with pytest.raises(TicketRefused):
        read_ticket(forged)


@pytest.mark.parametrize("text", ["", ":", "::", "a:b:c", "1.2"])
def test_nonsense_is_refused(text: str) -> None:
    with pytest.raises(TicketRefused):
        read_ticket(text)


def test_a_signature_made_for_something_else_is_refused() -> None:
    elsewhere = signing.TimestampSigner(salt="sign-in").sign_object({"c": [3], "p": 7})
    with pytest.raises(TicketRefused):
        read_ticket(elsewhere)


def test_an_old_ticket_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    ticket = live_ticket(3, 7)
    read_ticket(ticket)
    monkeypatch.setattr(tickets, "SECONDS", -1)
    with pytest.raises(TicketRefused):
        read_ticket(ticket)


def test_the_tag_makes_a_ticket_of_the_person_who_asks() -> None:
    request: Any = RequestFactory().get("/")
    request.person = None
    page = Template("{% load live %}{% live 3 4 %}").render(Context({"request": request}))
    (text,) = re.findall(r'<meta name="lk-live" content="([^"]+)"', page)
    ticket = read_ticket(text)
    assert (ticket.community_ids, ticket.person_id) == (frozenset({3, 4}), None)


def test_a_page_without_a_community_has_no_ticket() -> None:
    assert Template("{% load live %}{% live community %}").render(Context({"community": None})) == ""
