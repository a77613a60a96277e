from datetime import timedelta

import pytest
from django.test import Client

from leerkring.community.accounts import actions, limits
from leerkring.community.accounts.models import SignInTicket
from leerkring.community.accounts.tests.reading import address_of, facts_named, is_signed_in, wrong_for
from leerkring.platform import clock
from leerkring.platform.rules import Refused
from tests.cast import START, Cast


def ask(cast: Cast, device: str = "phone") -> actions.Asked:
    return actions.ask_sign_in(address=address_of(cast.own.member), device=device)


def test_the_code_of_the_mail_signs_in_on_the_device_that_asked(cast: Cast) -> None:
    asked = ask(cast)
    ticket = actions.sign_in_by_code(address=address_of(cast.own.member), code=asked.code, device="phone")
    assert ticket.address is not None
    assert ticket.address.account == cast.own.member.account
    assert facts_named("SignedIn") == [{"account_id": cast.own.member.account_id, "ticket_id": asked.ticket.pk}]


def test_spaces_in_a_code_do_not_matter(cast: Cast) -> None:
    code = ask(cast).code
    assert actions.sign_in_by_code(
        address=address_of(cast.own.member), code=f" {code[:3]} {code[3:]} ", device="phone"
    ).used_at


def test_a_code_is_worth_nothing_on_another_device(cast: Cast) -> None:
    asked = ask(cast)
    with pytest.raises(Refused):
        actions.sign_in_by_code(address=address_of(cast.own.member), code=asked.code, device="elsewhere")
    assert SignInTicket.objects.get().used_at is None


def test_a_code_works_once_and_takes_the_link_along(cast: Cast) -> None:
    asked = ask(cast)
    actions.sign_in_by_code(address=address_of(cast.own.member), code=asked.code, device="phone")
    with pytest.raises(Refused):
        actions.sign_in_by_code(address=address_of(cast.own.member), code=asked.code, device="phone")
    with pytest.raises(actions.TicketRefused):
        actions.sign_in_by_link(token=asked.token)


def test_an_old_code_does_not_work(cast: Cast) -> None:
    with clock.at(START):
        asked = ask(cast)
    with clock.at(START + timedelta(minutes=15)), pytest.raises(Refused):
        actions.sign_in_by_code(address=address_of(cast.own.member), code=asked.code, device="phone")


def test_the_code_of_an_earlier_mail_still_works(cast: Cast) -> None:
    first, _second = ask(cast), ask(cast)
    assert actions.sign_in_by_code(address=address_of(cast.own.member), code=first.code, device="phone").used_at


def test_after_five_wrong_codes_the_right_one_is_dead_and_the_link_lives(cast: Cast) -> None:
    asked = ask(cast)
    for _time in range(5):
        with pytest.raises(Refused):
            actions.sign_in_by_code(address=address_of(cast.own.member), code=wrong_for(asked.code), device="phone")
    with pytest.raises(limits.TooOften):
        actions.sign_in_by_code(address=address_of(cast.own.member), code=asked.code, device="phone")
    assert len(facts_named("CodeMissed")) == 6
    assert actions.sign_in_by_link(token=asked.token).used_at


def test_fifty_wrong_codes_a_day_are_the_end_of_guessing_for_strangers(cast: Cast) -> None:
    address = address_of(cast.own.member)
    actions.sign_in_by_link(token=ask(cast, "own").token)
    SignInTicket.objects.update(wrong_codes_count=50)
    asked = ask(cast, "stranger")
    with pytest.raises(limits.TooOften):
        actions.sign_in_by_code(address=address, code=asked.code, device="stranger")
    assert actions.sign_in_by_code(address=address, code=ask(cast, "own").code, device="own").used_at


def test_the_page_takes_the_code(cast: Cast, settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    browser = Client()
    browser.post("/sign-in/", {"address": address_of(cast.own.member), "next": "/profile/"})
    code = browser.session["sign_in_asked"]["code"]
    wrong = browser.post("/sign-in/code/", {"code": wrong_for(code)})
    assert wrong.status_code == 422
    assert wrong.context["form"].errors["code"] == [
        "Deze code klopt niet. Kijk in de nieuwste mail en typ de zes cijfers."
    ]
    right = browser.post("/sign-in/code/", {"code": code})
    assert (right.status_code, right["Location"]) == (302, "/profile/")
    assert is_signed_in(browser, cast.own.member)
    assert "sign_in_asked" not in browser.session


@pytest.mark.parametrize("typed", ["", "abc", "😀", "٣٣٣٣٣٣", "1" * 300])
def test_what_is_no_code_comes_back(cast: Cast, typed: str) -> None:
    browser = Client()
    browser.post("/sign-in/", {"address": address_of(cast.own.member)})
    assert browser.post("/sign-in/code/", {"code": typed}).status_code == 422


def test_for_an_unknown_address_the_same_is_said(db: None) -> None:
    browser = Client()
    browser.post("/sign-in/", {"address": "niemand@voorbeeld.example"})
    answers = [browser.post("/sign-in/code/", {"code": "123456"}).status_code for _time in range(5)]
    assert answers == [422, 422, 422, 422, 429]
