from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client

from leerkring.community.accounts import actions, queries
from leerkring.community.accounts.models import EmailAddress
from leerkring.community.accounts.tests.reading import account_of, address_of, facts_named, link_in_mail
from leerkring.community.people.models import Person
from leerkring.platform import clock
from leerkring.platform.rules import Refused
from tests.cast import START, Cast

Browser = Callable[[Person | None], Client]
PAGE = "/profile/addresses/"


def addresses_of(person: Person) -> list[str]:
    return [row.address for row in queries.addresses_of(account_of(person))]


def test_an_address_counts_after_the_click_in_its_mail(
    cast: Cast, client_of: Browser, committed: Callable[..., Any]
) -> None:
    browser = client_of(cast.own.member)
    with committed():
        assert browser.post(PAGE, {"address": "Thuis@voorbeeld.example"}).status_code == 302
    assert mail.outbox[0].to == ["Thuis@voorbeeld.example"]
    assert addresses_of(cast.own.member) == [address_of(cast.own.member)]
    assert browser.get(link_in_mail()).status_code == 200
    assert addresses_of(cast.own.member) == [address_of(cast.own.member)]
    assert browser.post(link_in_mail())["Location"] == PAGE
    assert addresses_of(cast.own.member) == [address_of(cast.own.member), "Thuis@voorbeeld.example"]


def test_asking_and_confirming_are_facts(cast: Cast) -> None:
    claim, token = actions.add_address(account=account_of(cast.own.member), address="thuis@voorbeeld.example")
    address = actions.confirm_address(token=token, account=account_of(cast.own.member))
    account_id = cast.own.member.account_id
    assert facts_named("AddressAsked") == [{"account_id": account_id, "claim_id": claim.pk}]
    assert facts_named("AddressConfirmed") == [{"account_id": account_id, "address_id": address.pk}]


def test_one_can_sign_in_with_it_then(cast: Cast) -> None:
    _claim, token = actions.add_address(account=account_of(cast.own.member), address="thuis@voorbeeld.example")
    actions.confirm_address(token=token, account=account_of(cast.own.member))
    assert actions.ask_sign_in(address="THUIS@voorbeeld.example", device="d").account == cast.own.member.account


def test_the_link_is_of_the_account_that_asked(cast: Cast, client_of: Browser) -> None:
    _claim, token = actions.add_address(account=account_of(cast.own.member), address="thuis@voorbeeld.example")
    path = f"{PAGE}confirm/{token}/"
    stranger = client_of(cast.own.lead)
    assert [stranger.get(path).status_code, stranger.post(path).status_code] == [404, 404]
    assert client_of(None).get(path)["Location"] == f"/sign-in/?next={path}"
    assert addresses_of(cast.own.lead) == [address_of(cast.own.lead)]


def test_a_link_works_once_and_two_days(cast: Cast, client_of: Browser) -> None:
    with clock.at(START):
        _claim, token = actions.add_address(account=account_of(cast.own.member), address="thuis@voorbeeld.example")
    path = f"{PAGE}confirm/{token}/"
    browser = client_of(cast.own.member)
    with clock.at(START + timedelta(days=2)):
        assert browser.post(path).status_code == 410
    with clock.at(START + timedelta(days=1)):
        assert browser.post(path).status_code == 302
        assert browser.post(path).status_code == 410


def test_nobody_learns_whose_address_it_is(cast: Cast, client_of: Browser) -> None:
    browser = client_of(cast.own.member)
    for address in (address_of(cast.own.lead), "niemand@voorbeeld.example"):
        assert browser.post(PAGE, {"address": address})["Location"] == PAGE
    assert [claim.address for claim in queries.claims_of(account_of(cast.own.member))] == [
        "niemand@voorbeeld.example",
        address_of(cast.own.lead),
    ]


def test_an_address_of_somebody_else_cannot_be_taken_over(cast: Cast, client_of: Browser) -> None:
    _claim, token = actions.add_address(account=account_of(cast.own.member), address=address_of(cast.own.lead).upper())
    with pytest.raises(Refused):
        actions.confirm_address(token=token, account=account_of(cast.own.member))
    assert EmailAddress.objects.get(address=address_of(cast.own.lead)).account == cast.own.lead.account


@pytest.mark.parametrize("typed", ["", "geen adres", "a@"])
def test_what_is_no_address_comes_back(cast: Cast, client_of: Browser, typed: str) -> None:
    assert client_of(cast.own.member).post(PAGE, {"address": typed}).status_code == 422


def test_ones_own_address_is_there_already(cast: Cast, client_of: Browser) -> None:
    response = client_of(cast.own.member).post(PAGE, {"address": address_of(cast.own.member)})
    assert response.context["form"].errors["address"] == ["Dit adres is al van jou."]


def test_five_may_wait(cast: Cast) -> None:
    for number in range(5):
        actions.add_address(account=account_of(cast.own.member), address=f"a{number}@voorbeeld.example")
    with pytest.raises(Refused):
        actions.add_address(account=account_of(cast.own.member), address="nog@voorbeeld.example")


@pytest.fixture
def second(cast: Cast) -> EmailAddress:
    _claim, token = actions.add_address(account=account_of(cast.own.member), address="thuis@voorbeeld.example")
    return actions.confirm_address(token=token, account=account_of(cast.own.member))


def test_another_main_address(cast: Cast, client_of: Browser, second: EmailAddress) -> None:
    assert client_of(cast.own.member).post(f"{PAGE}{second.pk}/main/")["Location"] == PAGE
    assert queries.main_address_of(account_of(cast.own.member)) == second
    assert facts_named("MainAddressChosen") == [{"account_id": cast.own.member.account_id, "address_id": second.pk}]


def test_an_unconfirmed_address_cannot_be_main(cast: Cast, second: EmailAddress) -> None:
    second.verified_at = None
    second.save()
    with pytest.raises(Refused):
        actions.make_main(account=account_of(cast.own.member), address=second)


def test_an_address_goes_away(cast: Cast, client_of: Browser, second: EmailAddress) -> None:
    client_of(cast.own.member).post(f"{PAGE}{second.pk}/remove/")
    assert addresses_of(cast.own.member) == [address_of(cast.own.member)]
    assert facts_named("AddressRemoved") == [{"account_id": cast.own.member.account_id, "address_id": second.pk}]


def test_the_main_address_stays(cast: Cast, client_of: Browser, second: EmailAddress) -> None:
    main = queries.main_address_of(account_of(cast.own.member))
    assert main is not None
    client_of(cast.own.member).post(f"{PAGE}{main.pk}/remove/")
    assert addresses_of(cast.own.member) == [main.address, "thuis@voorbeeld.example"]


@pytest.mark.parametrize("verb", ["main", "remove"])
def test_the_addresses_of_others_do_not_exist(cast: Cast, client_of: Browser, second: EmailAddress, verb: str) -> None:
    assert client_of(cast.own.lead).post(f"{PAGE}{second.pk}/{verb}/").status_code == 404
    assert EmailAddress.objects.filter(pk=second.pk, is_main=False).exists()


def test_the_action_itself_refuses_the_addresses_of_others(cast: Cast, second: EmailAddress) -> None:
    for action in (actions.make_main, actions.remove_address):
        with pytest.raises(PermissionDenied):
            action(account=account_of(cast.own.lead), address=second)
