from collections.abc import Callable

import pytest
from django.test import Client

from leerkring.community.accounts import actions
from leerkring.community.accounts.tests.reading import account_of, address_of, facts_named
from leerkring.community.people.models import Person
from tests.cast import Cast

Browser = Callable[[Person | None], Client]


def test_signing_out_ends_this_session_alone(cast: Cast, client_of: Browser) -> None:
    here, there = client_of(cast.own.member), client_of(cast.own.member)
    assert here.post("/sign-out/")["Location"] == "/"
    assert here.get("/profile/").status_code == 302
    assert there.get("/profile/").status_code == 200


def test_a_link_cannot_sign_out(cast: Cast, client_of: Browser) -> None:
    browser = client_of(cast.own.member)
    assert browser.get("/sign-out/").status_code == 405
    assert browser.get("/profile/").status_code == 200


def test_a_form_of_another_site_cannot_sign_out(cast: Cast) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(account_of(cast.own.member))
    assert browser.post("/sign-out/").status_code == 403


def test_everywhere_ends_every_session_and_open_link(cast: Cast, client_of: Browser) -> None:
    asked = actions.ask_sign_in(address=address_of(cast.own.member), device="phone")
    here, there, other = client_of(cast.own.member), client_of(cast.own.member), client_of(cast.own.lead)
    assert here.post("/sign-out/everywhere/")["Location"] == "/sign-in/"
    assert [browser.get("/profile/").status_code for browser in (here, there, other)] == [302, 302, 200]
    assert facts_named("SignedOutEverywhere") == [{"account_id": cast.own.member.account_id}]
    with pytest.raises(actions.TicketRefused):
        actions.sign_in_by_link(token=asked.token)


def test_one_can_come_back_after_that(cast: Cast, client_of: Browser) -> None:
    client_of(cast.own.member).post("/sign-out/everywhere/")
    browser = Client()
    browser.post(f"/sign-in/link/{actions.ask_sign_in(address=address_of(cast.own.member), device='d').token}/")
    assert browser.get("/profile/").status_code == 200
