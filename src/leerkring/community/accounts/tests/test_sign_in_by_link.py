from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from leerkring.community.accounts import actions, queries
from leerkring.community.accounts.enums import TicketPurpose, TicketState
from leerkring.community.accounts.models import EmailAddress, SignInTicket
from leerkring.community.accounts.tests.reading import account_of, address_of, facts_named, is_signed_in
from leerkring.platform import clock
from tests.cast import START, Cast


@pytest.fixture
def token(cast: Cast) -> str:
    return actions.ask_sign_in(address=address_of(cast.own.member), device="phone").token


def test_pressing_the_button_signs_in(cast: Cast, token: str) -> None:
    browser = Client()
    assert browser.get(f"/sign-in/link/{token}/").status_code == 200
    response = browser.post(f"/sign-in/link/{token}/")
    assert (response.status_code, response["Location"]) == (302, "/")
    assert is_signed_in(browser, cast.own.member)


def test_signing_in_is_a_fact(cast: Cast, token: str) -> None:
    ticket = actions.sign_in_by_link(token=token)
    assert facts_named("SignedIn") == [{"account_id": cast.own.member.account_id, "ticket_id": ticket.pk}]


def test_a_scanner_of_mail_uses_nothing_up(cast: Cast, token: str) -> None:
    for _time in range(3):
        assert Client().get(f"/sign-in/link/{token}/").status_code == 200
        assert Client().head(f"/sign-in/link/{token}/").status_code == 200
    browser = Client()
    browser.post(f"/sign-in/link/{token}/")
    assert is_signed_in(browser, cast.own.member)


def test_a_link_works_once(cast: Cast, token: str) -> None:
    Client().post(f"/sign-in/link/{token}/")
    second = Client()
    for answer in (second.post(f"/sign-in/link/{token}/"), second.get(f"/sign-in/link/{token}/")):
        assert answer.status_code == 410
        assert answer.context["state"] == TicketState.USED
        assert 'href="/sign-in/"' in answer.content.decode()
    assert not is_signed_in(second, cast.own.member)


def test_a_double_click_in_one_browser_is_one_sign_in(cast: Cast, token: str) -> None:
    browser = Client()
    answers = [browser.post(f"/sign-in/link/{token}/").status_code for _time in range(2)]
    assert answers == [302, 302]
    assert len(facts_named("SignedIn")) == 1


def test_of_two_at_the_same_moment_one_gets_in(cast: Cast, token: str) -> None:
    first, second = queries.ticket_of_link(token), queries.ticket_of_link(token)
    assert first is not None
    assert second is not None
    assert actions._use(first).used_at is not None
    with pytest.raises(actions.TicketRefused) as refusal:
        actions._use(second)
    assert refusal.value.state == TicketState.USED


def test_after_a_quarter_of_an_hour_a_link_is_too_old(cast: Cast) -> None:
    with clock.at(START):
        token = actions.ask_sign_in(address=address_of(cast.own.member), device="phone").token
    with clock.at(START + timedelta(minutes=15)):
        answer = Client().post(f"/sign-in/link/{token}/")
    assert answer.status_code == 410
    assert answer.context["state"] == TicketState.OLD
    with clock.at(START + timedelta(minutes=14, seconds=59)):
        assert Client().post(f"/sign-in/link/{token}/").status_code == 302


@pytest.mark.parametrize("forged", ["x", "A" * 43, "é", "../..", "%00", "1' or '1'='1"])
def test_a_forged_link_is_unknown(db: None, forged: str) -> None:
    browser = Client()
    for answer in (browser.get(f"/sign-in/link/{forged}/"), browser.post(f"/sign-in/link/{forged}/")):
        assert answer.status_code == 404
    assert "_auth_user_id" not in browser.session


def test_the_link_of_an_unknown_address_signs_nobody_in(db: None) -> None:
    asked = actions.ask_sign_in(address="niemand@voorbeeld.example", device="phone")
    with pytest.raises(actions.TicketRefused):
        actions.sign_in_by_link(token=asked.token)


def test_a_link_for_joining_does_not_sign_in(cast: Cast) -> None:
    asked = actions.ask_proof(address=address_of(cast.own.member), device="phone")
    assert Client().post(f"/sign-in/link/{asked.token}/").status_code == 404
    assert queries.state_of_link(asked.token, TicketPurpose.JOIN) == TicketState.OPEN


def test_the_session_gets_a_new_key(cast: Cast, token: str) -> None:
    """A session that somebody planted beforehand is worth nothing afterwards."""
    browser = Client()
    browser.post("/sign-in/", {"address": "niemand@voorbeeld.example"})
    planted = browser.session.session_key
    browser.post(f"/sign-in/link/{token}/")
    assert browser.session.session_key != planted
    stranger = Client()
    stranger.cookies["leerkring"] = planted or ""
    assert stranger.get("/profile/").status_code == 302


def test_signing_in_as_somebody_else_forgets_the_first(cast: Cast, token: str) -> None:
    browser = Client()
    browser.force_login(account_of(cast.own.lead))
    session = browser.session
    session["secret of the lead"] = "yes"
    session.save()
    browser.post(f"/sign-in/link/{token}/")
    assert is_signed_in(browser, cast.own.member)
    assert "secret of the lead" not in browser.session


def test_an_address_that_a_list_brought_counts_as_confirmed_then(cast: Cast) -> None:
    EmailAddress.objects.filter(account=account_of(cast.own.member)).update(verified_at=None)
    with clock.at(START):
        actions.sign_in_by_link(token=actions.ask_sign_in(address=address_of(cast.own.member), device="d").token)
    assert EmailAddress.objects.get(account=account_of(cast.own.member)).verified_at == START


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "/" + "x" * 600,
        " //evil.example",
        "http://testserver@evil.example/",
    ],
)
def test_no_sign_in_ends_on_another_site(cast: Cast, wanted: str) -> None:
    browser = Client()
    browser.post("/sign-in/", {"address": address_of(cast.own.member), "next": wanted})
    ticket = SignInTicket.objects.get()
    assert ticket.next_path == "/"
    assert f'value="{wanted}"' not in Client().get("/sign-in/", {"next": wanted}).content.decode()


def test_a_page_of_ours_is_found_again(cast: Cast, mailoutbox: Any, committed: Any) -> None:
    browser = Client()
    assert browser.get("/profile/")["Location"] == "/sign-in/?next=/profile/"
    with committed():
        browser.post("/sign-in/", {"address": address_of(cast.own.member), "next": "/profile/?a=b"})
    path = mailoutbox[0].body.split("http://127.0.0.1:8000")[1].split()[0]
    assert browser.post(path)["Location"] == "/profile/?a=b"


def test_who_is_signed_in_is_not_asked_again(cast: Cast, client_of: Any) -> None:
    page = client_of(cast.own.member).get("/sign-in/?next=/profile/").content.decode()
    assert "Je bent al ingelogd" in page
    assert 'href="/profile/">Ga verder' in page
