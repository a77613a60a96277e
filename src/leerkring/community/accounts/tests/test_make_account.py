from typing import Any

import pytest
from django.test import Client

from leerkring.community.accounts import actions, queries
from leerkring.community.accounts.models import Account, EmailAddress
from leerkring.community.accounts.tests.reading import account_of, facts_named
from leerkring.platform.rules import Refused
from tests.cast import Cast


def test_the_first_address_is_the_main_one(db: None) -> None:
    account = actions.make_account(addresses=["a@voorbeeld.example", "b@voorbeeld.example", "a@voorbeeld.example"])
    assert [(row.address, row.is_main, row.verified_at) for row in queries.addresses_of(account)] == [
        ("a@voorbeeld.example", True, None),
        ("b@voorbeeld.example", False, None),
    ]
    assert facts_named("AccountMade") == [{"account_id": account.pk}]


def test_an_address_belongs_to_one_account(db: None) -> None:
    actions.make_account(addresses=["a@voorbeeld.example"])
    with pytest.raises(Refused):
        actions.make_account(addresses=["b@voorbeeld.example", "A@VOORBEELD.example"])
    assert Account.objects.count() == 1
    assert EmailAddress.objects.count() == 1


@pytest.mark.parametrize("address", ["", "geen adres", "a@b@c.example", "a@voorbeeld.example\nBcc: b@c.example"])
def test_what_is_no_address_is_refused(db: None, address: str) -> None:
    with pytest.raises(Refused):
        actions.make_account(addresses=[address])
    assert Account.objects.count() == 0


def test_closing_takes_everything_along(cast: Cast) -> None:
    account = actions.make_account(addresses=["a@voorbeeld.example"])
    browser = Client()
    browser.force_login(account)
    account_id = account.pk
    actions.close_account(account=account)
    assert not EmailAddress.objects.filter(address="a@voorbeeld.example").exists()
    assert browser.get("/profile/").status_code == 302
    assert facts_named("AccountClosed") == [{"account_id": account_id}]


def test_a_language_that_we_speak(cast: Cast) -> None:
    actions.choose_language(account=account_of(cast.own.member), language="en")
    account_of(cast.own.member).refresh_from_db()
    assert account_of(cast.own.member).language == "en"
    assert facts_named("LanguageChosen") == [{"account_id": cast.own.member.account_id, "language": "en"}]
    with pytest.raises(Refused):
        actions.choose_language(account=account_of(cast.own.member), language="tlh")


def test_pages_speak_the_language_of_the_account_unless_the_device_chose(cast: Cast, client_of: Any) -> None:
    actions.choose_language(account=account_of(cast.own.member), language="en")
    browser = client_of(cast.own.member)
    assert '<html lang="en"' in browser.get("/profile/", headers={"accept-language": "nl"}).content.decode()
    browser.cookies["leerkring-language"] = "nl"
    assert '<html lang="nl"' in browser.get("/profile/").content.decode()


def test_a_demo_link_signs_in_with_one_click(cast: Cast, settings: Any) -> None:
    settings.DEMO = True
    browser = Client()
    assert browser.get(actions.demo_link(account_of(cast.own.member)))["Location"] == "/"
    assert browser.session["_auth_user_id"] == str(cast.own.member.account_id)
    assert facts_named("SignedIn") == [{"account_id": cast.own.member.account_id, "ticket_id": None}]


def test_there_are_no_demo_links_outside_the_demo(cast: Cast) -> None:
    browser = Client()
    assert browser.get(actions.demo_link(account_of(cast.own.member))).status_code == 404
    assert "_auth_user_id" not in browser.session


@pytest.mark.parametrize("token", ["1", "x", "MQ:1abc:def"])
def test_a_forged_demo_link_is_unknown(cast: Cast, settings: Any, token: str) -> None:
    settings.DEMO = True
    assert Client().get(f"/demo/as/{token}/").status_code == 404
