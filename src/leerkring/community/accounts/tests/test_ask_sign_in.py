from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from leerkring.community.accounts import actions, hashes, limits
from leerkring.community.accounts.models import SignInTicket
from leerkring.community.accounts.tests.reading import account_of, address_of, code_in_mail, facts_named, link_in_mail
from leerkring.platform import clock, jobs
from leerkring.platform.jobs.models import Job
from leerkring.platform.mail.enums import LetterState
from leerkring.platform.mail.models import Letter
from tests.cast import START, Cast
from tests.running import free_port

ASK = "/sign-in/"


def test_asking_mails_a_link_and_a_code_in_the_language_of_the_account(
    cast: Cast, committed: Callable[..., Any]
) -> None:
    actions.choose_language(account=account_of(cast.own.member), language="en")
    with committed():
        asked = actions.ask_sign_in(address=address_of(cast.own.member), device="phone")
    assert [message.to for message in mail.outbox] == [[address_of(cast.own.member)]]
    assert mail.outbox[0].subject == f"Your sign-in link and code {asked.code}"
    assert link_in_mail() == f"/sign-in/link/{asked.token}/"
    assert code_in_mail() == asked.code


def test_asking_keeps_hashes_only_for_a_quarter_of_an_hour(cast: Cast) -> None:
    with clock.at(START):
        asked = actions.ask_sign_in(address=address_of(cast.own.member), device="phone")
    ticket = SignInTicket.objects.get()
    kept = " ".join(str(value) for value in SignInTicket.objects.values().get().values())
    assert asked.token not in kept
    assert asked.code not in {ticket.code_hash, ticket.link_hash}
    assert address_of(cast.own.member) not in kept
    assert ticket.expires_at == START + timedelta(minutes=15)


def test_neither_link_nor_code_stays_behind_once_the_mail_is_out(cast: Cast, committed: Callable[..., Any]) -> None:
    with committed():
        asked = actions.ask_sign_in(address=address_of(cast.own.member), device="phone")
        (letter,) = Letter.objects.all()
        assert asked.code in letter.subject
    (row,) = Letter.objects.values()
    kept = " ".join(str(value) for value in [*row.values(), *Job.objects.values_list("arguments", flat=True)])
    assert row["state"] == LetterState.ACCEPTED
    assert row["until"] == asked.ticket.expires_at
    assert asked.code not in kept
    assert asked.token not in kept


@pytest.mark.parametrize("known", [True, False])
def test_the_page_says_when_no_mail_gets_out_to_whoever_asks(cast: Cast, settings: Any, known: bool) -> None:
    settings.JOBS_RUN_AT_ONCE = False
    actions.ask_sign_in(address=address_of(cast.own.keeper), device="another")
    browser = Client()
    address = address_of(cast.own.member) if known else "niemand@voorbeeld.example"
    page = browser.get(browser.post(ASK, {"address": address})["Location"]).content.decode()
    assert "Onze mail komt er nu niet uit" not in page
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", free_port()
    jobs.run_due()
    assert "Onze mail komt er nu niet uit" in browser.get("/sign-in/code/").content.decode()


def test_asking_is_a_fact(cast: Cast) -> None:
    asked = actions.ask_sign_in(address=address_of(cast.own.member), device="phone")
    assert facts_named("SignInAsked") == [{"account_id": cast.own.member.account_id, "ticket_id": asked.ticket.pk}]


def test_capitals_make_no_difference(cast: Cast) -> None:
    asked = actions.ask_sign_in(address=f" {address_of(cast.own.member).upper()} ", device="phone")
    assert asked.account == cast.own.member.account


def test_nobody_can_tell_whether_an_address_is_known(cast: Cast, committed: Callable[..., Any]) -> None:
    answers = []
    for address in (address_of(cast.own.member), "niemand@voorbeeld.example"):
        browser = Client()
        with committed():
            response = browser.post(ASK, {"address": address})
        page = browser.get(response["Location"])
        seen = page.content.decode().replace(address, "ADDRESS")
        seen = seen.replace(str(page.context["csrf_token"]), "TOKEN")
        answers.append((response.status_code, response["Location"], page.status_code, _without_tokens(seen)))
        assert set(browser.session["sign_in_asked"]) == {"address", "next"}
    assert answers[0] == answers[1]
    assert len(mail.outbox) == 1
    assert SignInTicket.objects.count() == 2


def _without_tokens(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line and "X-CSRF" not in line)


def test_an_account_that_is_off_gets_no_mail(cast: Cast, committed: Callable[..., Any]) -> None:
    account_of(cast.own.member).is_active = False
    account_of(cast.own.member).save()
    with committed():
        asked = actions.ask_sign_in(address=address_of(cast.own.member), device="phone")
    assert asked.account is None
    assert mail.outbox == []


@pytest.mark.parametrize("known", [True, False])
def test_the_sixth_time_within_a_quarter_is_too_often_for_any_address(cast: Cast, known: bool) -> None:
    address = address_of(cast.own.member) if known else "niemand@voorbeeld.example"
    with clock.at(START):
        for device in "abcde":
            actions.ask_sign_in(address=address, device=device)
        with pytest.raises(limits.TooOften) as refusal:
            actions.ask_sign_in(address=address, device="f")
    assert refusal.value.message == (
        "Je vroeg dit al een paar keer. Kijk in je mail, of vraag het opnieuw na 10.15 uur."
    )
    with clock.at(START + timedelta(minutes=16)):
        assert actions.ask_sign_in(address=address, device="f").ticket.pk


def test_strangers_cannot_use_up_the_turns_of_a_device_that_was_here_before(cast: Cast) -> None:
    address = address_of(cast.own.member)
    with clock.at(START - timedelta(days=30)):
        actions.sign_in_by_link(token=actions.ask_sign_in(address=address, device="own").token)
    with clock.at(START):
        for device in "abcde":
            actions.ask_sign_in(address=address, device=device)
        assert actions.ask_sign_in(address=address, device="own").account == cast.own.member.account


def test_one_device_may_ask_for_twenty_addresses_an_hour(db: None) -> None:
    for number in range(20):
        actions.ask_sign_in(address=f"wie{number}@voorbeeld.example", device="hall")
    with pytest.raises(limits.TooOften):
        actions.ask_sign_in(address="nog@voorbeeld.example", device="hall")
    assert actions.ask_sign_in(address="nog@voorbeeld.example", device="another").ticket.pk


def test_a_hall_of_phones_behind_one_network_address_gets_in(db: None) -> None:
    answers = {
        Client(REMOTE_ADDR="192.0.2.1").post(ASK, {"address": f"w{number}@voorbeeld.example"}).status_code
        for number in range(60)
    }
    assert answers == {302}


def test_too_often_is_said_on_the_page_and_nothing_typed_is_lost(cast: Cast) -> None:
    browser = Client()
    address = address_of(cast.own.member)
    for _time in range(5):
        assert browser.post(ASK, {"address": address}).status_code == 302
    response = browser.post(ASK, {"address": address})
    assert response.status_code == 429
    assert f'value="{address}"' in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("n.dewit.voorbeeld", "Dit adres mist een @. Wat je typte, staat er nog."),
        ("", "Vul dit in."),
        ("a@b", "Dit is nog geen e-mailadres. Wat je typte, staat er nog."),
        ("😀@voorbeeld.example", "Dit is nog geen e-mailadres. Wat je typte, staat er nog."),
    ],
)
def test_what_is_no_address_comes_back_with_a_sentence(db: None, typed: str, sentence: str) -> None:
    response = Client().post(ASK, {"address": typed})
    assert response.status_code == 422
    assert response.context["form"].errors["address"] == [sentence]
    assert SignInTicket.objects.count() == 0


def test_the_demo_shows_what_is_in_the_mail(cast: Cast, settings: Any) -> None:
    settings.DEMO = True
    browser = Client()
    page = browser.get(browser.post(ASK, {"address": address_of(cast.own.member)})["Location"]).content.decode()
    asked = browser.session["sign_in_asked"]
    assert asked["code"] in page
    assert f"/sign-in/link/{asked['token']}/" in page


def test_outside_the_demo_the_page_shows_no_code(cast: Cast) -> None:
    browser = Client()
    browser.post(ASK, {"address": address_of(cast.own.member)})
    assert set(browser.session["sign_in_asked"]) == {"address", "next"}


def test_the_code_page_without_asking_leads_back(db: None) -> None:
    assert Client().get("/sign-in/code/")["Location"] == "/sign-in/"


def test_hashes_of_addresses_need_the_key(settings: Any) -> None:
    before = hashes.address_hash("a@voorbeeld.example")
    settings.SECRET_KEY = "another key" * 5
    assert hashes.address_hash("a@voorbeeld.example") != before
