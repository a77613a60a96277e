"""Writing to the team: stored, mailed, and held back in a flood without losing a word."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leerkring.community.memberships.enums import Role
from leerkring.community.people.models import Person
from leerkring.outward.publishing import actions, limits
from leerkring.outward.publishing.models import ContactMessage
from leerkring.platform import clock
from leerkring.platform.facts.models import FactRow
from tests.cast import Cast, grant

ClientOf = Callable[[Person | None], Client]
TEXT = "Ik werk bij een buurgemeente. Mag ik een keer meekijken?"


def opened(client: Client) -> str:
    """The mark of a form that is open."""
    return str(client.get("/eigen/contact/").context["form"].initial["opened"])


@contextmanager
def later(seconds: float = 10) -> Iterator[None]:
    with clock.at(clock.now() + timedelta(seconds=seconds)):
        yield


def write(client: Client, seconds: float = 10, *, text: str = TEXT, **more: str) -> tuple[int, str]:
    """Open the form, type for a while and send; gives status and page."""
    sent = {"contact-name": "Ann Ek", "contact-address": "ann@buren.example", "contact-text": text}
    sent["contact-opened"] = opened(client)
    with later(seconds):
        answer = client.post("/eigen/contact/", {**sent, **{f"contact-{key}": value for key, value in more.items()}})
    return answer.status_code, answer.content.decode()


def test_a_message_is_kept_and_mailed_to_everybody_in_the_team(
    cast: Cast, client: Client, committed: Callable[[], object]
) -> None:
    grant(cast.own.keeper, cast.own.community, Role.TEAM)
    with committed():  # type: ignore[attr-defined]
        assert write(client)[0] == 302
    message = ContactMessage.objects.get()
    assert (message.name, message.address, message.text, message.is_handled) == (
        "Ann Ek",
        "ann@buren.example",
        TEXT,
        False,
    )
    assert sorted(sent.to[0] for sent in mail.outbox) == [
        "keeper.eigen@voorbeeld.example",
        "lead.eigen@voorbeeld.example",
    ]
    assert {tuple(sent.reply_to) for sent in mail.outbox} == {("ann@buren.example",)}
    assert all(TEXT in str(sent.body) for sent in mail.outbox)
    assert "Leergemeenschap eigen" in str(mail.outbox[0].subject)
    fact = FactRow.objects.get(name="MessageSent")
    assert (fact.by_id, fact.ids) == (None, {"message_id": message.pk})


def test_after_sending_one_reads_that_it_arrived(cast: Cast, client: Client) -> None:
    sent = {"contact-name": "A", "contact-address": "a@b.example", "contact-text": TEXT}
    sent["contact-opened"] = opened(client)
    with later():
        answer = client.post("/eigen/contact/", sent)
    assert (answer.status_code, answer["Location"]) == (302, "/eigen/contact/sent/")
    assert "Je bericht is bij het team" in client.get("/eigen/contact/sent/").content.decode()


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"address": ""}, {"address": "geen-adres"}, {"text": ""}, {"text": "x" * 5001}]
)
def test_what_is_missing_is_asked_for_and_what_was_typed_stays(
    cast: Cast, client: Client, wrong: dict[str, str]
) -> None:
    status, html = write(client, 10, **wrong)
    assert status == 422
    for name, value in {"name": "Ann Ek", "address": "ann@buren.example", "text": TEXT, **wrong}.items():
        assert value in html, name
    assert not ContactMessage.objects.exists()


def test_lines_in_a_name_do_not_reach_the_mail(cast: Cast, client: Client, committed: Callable[[], object]) -> None:
    with committed():  # type: ignore[attr-defined]
        write(client, name="Ann\r\nBcc: x@y.example")
    assert ContactMessage.objects.get().name == "Ann Bcc: x@y.example"
    assert all("Bcc" not in dict(sent.message().items()) for sent in mail.outbox)


def test_a_field_that_nobody_sees_stays_empty(cast: Cast, client: Client) -> None:
    status, html = write(client, website="https://spam.example")
    assert status == 422
    assert TEXT in html
    assert "https://spam.example" not in html
    assert not ContactMessage.objects.exists()


def test_faster_than_anybody_types_is_turned_back_once(cast: Cast, client: Client) -> None:
    status, html = write(client, seconds=1)
    assert status == 422
    assert "Dat ging wel heel snel." in html
    assert TEXT in html
    assert write(client)[0] == 302


@pytest.mark.parametrize("mark", ["", "vals", "1700000000:vals"])
def test_a_forged_mark_is_turned_back_and_replaced(cast: Cast, client: Client, mark: str) -> None:
    sent = {"contact-name": "A", "contact-address": "a@b.example", "contact-text": TEXT, "contact-opened": mark}
    answer = client.post("/eigen/contact/", sent)
    assert answer.status_code == 422
    sent["contact-opened"] = answer.context["form"]["opened"].value()
    with later():
        assert client.post("/eigen/contact/", sent).status_code == 302


def test_a_form_that_stood_open_for_days_still_works(cast: Cast, client: Client) -> None:
    sent = {"contact-name": "A", "contact-address": "a@b.example", "contact-text": TEXT}
    sent["contact-opened"] = opened(client)
    with later(3 * 24 * 3600):
        answer = client.post("/eigen/contact/", sent)
        assert answer.status_code == 422
        sent["contact-opened"] = answer.context["form"]["opened"].value()
        with later():
            assert client.post("/eigen/contact/", sent).status_code == 302


def test_one_device_writes_three_times_an_hour(cast: Cast, client: Client) -> None:
    for _number in range(3):
        assert write(client)[0] == 302
    status, html = write(client)
    assert status == 422
    assert "Probeer het over een uur opnieuw; je tekst blijft hier staan." in html
    assert TEXT in html
    assert ContactMessage.objects.count() == 3
    assert write(Client())[0] == 302
    with clock.at(clock.now() + timedelta(minutes=61)):
        assert write(client)[0] == 302


def test_many_devices_at_once_reach_a_ceiling(cast: Cast) -> None:
    most = limits.PER_PROGRAMME[0][1]
    for number in range(most):
        ContactMessage.objects.create(
            community=cast.own.community,
            name="A",
            address="a@b.example",
            text="x",
            sent_at=clock.now(),
            device=f"device {number}",
        )
    status, html = write(Client())
    assert status == 422
    assert "Er komen nu heel veel berichten binnen." in html
    assert TEXT in html
    assert ContactMessage.objects.count() == most
    cast.other.community.is_public = True
    cast.other.community.save()
    actions.send_message(
        community=cast.other.community, name="A", address="a@b.example", text="x", device="new", by=None
    )


def test_the_form_wants_its_token(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/eigen/contact/", {"contact-text": TEXT}).status_code == 403


def message(cast: Cast, name: str = "Ann Ek") -> ContactMessage:
    return ContactMessage.objects.create(
        community=cast.own.community, name=name, address="ann@b.example", text=TEXT, sent_at=clock.now(), device="x"
    )


def test_the_team_says_that_it_is_dealt_with_and_puts_it_back(cast: Cast, client_of: ClientOf) -> None:
    first, team = message(cast), client_of(cast.own.lead)
    answer = team.post(f"/eigen/messages/{first.pk}/handle/", follow=True)
    assert "Elk bericht is afgehandeld" in answer.content.decode()
    assert f"/eigen/messages/{first.pk}/put-back/" in answer.content.decode()
    first.refresh_from_db()
    assert first.handled_by == cast.own.lead
    team.post(f"/eigen/messages/{first.pk}/handle/")
    assert FactRow.objects.filter(name="MessageHandled").count() == 1
    answer = team.post(f"/eigen/messages/{first.pk}/put-back/", follow=True)
    assert "Eén bericht wacht op antwoord" in answer.content.decode()
    assert FactRow.objects.filter(name="MessagePutBack").count() == 1


def test_messages_are_for_the_team_alone(cast: Cast, client_of: ClientOf) -> None:
    first = message(cast)
    urls = {
        "get": ["/eigen/messages/"],
        "post": [f"/eigen/messages/{first.pk}/{verb}/" for verb in ("handle", "put-back")],
    }
    expected = {None: 302, cast.own.keeper: 403, cast.own.member: 403, cast.own.follower: 403, cast.other.lead: 403}
    for person, status in expected.items():
        client = client_of(person)
        for method, several in urls.items():
            assert [getattr(client, method)(url).status_code for url in several] == [status] * len(several)
    with pytest.raises(PermissionDenied):
        actions.handle_message(message=first, by=cast.own.member)
    with pytest.raises(PermissionDenied):
        actions.put_message_back(message=first, by=cast.other.lead)
    first.refresh_from_db()
    assert not first.is_handled
    team = client_of(cast.own.lead)
    assert TEXT in team.get("/eigen/messages/").content.decode()
    assert team.post(f"/ander/messages/{first.pk}/handle/").status_code == 404


def test_the_list_costs_the_same_for_three_and_three_hundred(cast: Cast, client_of: ClientOf) -> None:
    team = client_of(cast.own.lead)

    def cost() -> int:
        team.get("/eigen/messages/")
        with CaptureQueriesContext(connection) as captured:
            assert team.get("/eigen/messages/").status_code == 200
        return len(captured)

    for number in range(3):
        message(cast, f"A{number}")
    few = cost()
    for number in range(297):
        message(cast, f"B{number}")
    assert few == cost() <= 15
