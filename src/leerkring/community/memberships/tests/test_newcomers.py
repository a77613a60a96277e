"""From a link or the public page to a membership, on a phone, without an account."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from leerkring.community.accounts.models import Account
from leerkring.community.accounts.tests.reading import address_of, code_in_mail, link_in_mail, wrong_for
from leerkring.community.memberships import actions, queries
from leerkring.community.memberships.enums import Door, Level
from leerkring.community.memberships.models import Invitation, Joining, Membership
from leerkring.community.memberships.tests.reading import facts_named
from leerkring.community.people.models import Person
from leerkring.platform import clock
from tests.cast import START, Cast

Browser = Callable[[Person | None], Client]
Committed = Callable[..., Any]


@pytest.fixture
def invitation(cast: Cast) -> Invitation:
    return actions.invite(community=cast.own.community, by=cast.own.lead)


def typed(cast: Cast, **values: Any) -> dict[str, Any]:
    return {
        "name": "Jan van der Berg",
        "address": "jan@voorbeeld.example",
        "unit": cast.own.units[1].pk,
        "level": "occasional",
        **values,
    }


def test_a_newcomer_is_in_after_one_form_and_one_press(
    cast: Cast, invitation: Invitation, committed: Committed
) -> None:
    browser = Client()
    page = f"/join/{invitation.token}/"
    assert browser.get(page).status_code == 200
    with committed():
        assert browser.post(page, typed(cast))["Location"] == "/join/code/"
    assert mail.outbox[0].to == ["jan@voorbeeld.example"]
    assert not Person.objects.filter(family_name="Berg").exists()
    assert Client().get(link_in_mail()).status_code == 200
    assert not Person.objects.filter(family_name="Berg").exists()
    phone = Client()
    assert phone.post(link_in_mail())["Location"] == "/"
    person = Person.objects.get(family_name="Berg")
    assert (person.name, address_of(person)) == ("Jan van der Berg", "jan@voorbeeld.example")
    membership = queries.membership_of(person, cast.own.community)
    assert membership is not None
    assert (membership.level, membership.level_stated_by_team, str(membership.place)) == (
        Level.OCCASIONAL,
        False,
        "Afval",
    )
    assert phone.get("/eigen/membership/").status_code == 200
    assert facts_named("JoiningAsked", cast.own.community)[0]["by"] is None


def test_the_code_does_the_same_on_the_device_that_asked(
    cast: Cast, invitation: Invitation, committed: Committed
) -> None:
    browser = Client()
    with committed():
        browser.post(f"/join/{invitation.token}/", typed(cast))
    wrong = browser.post("/join/code/", {"code": wrong_for(code_in_mail())})
    assert wrong.status_code == 422
    assert browser.post("/join/code/", {"code": code_in_mail()})["Location"] == "/"
    assert browser.get("/profile/").status_code == 200
    assert Invitation.objects.get().uses_count == 1


def test_the_link_of_the_mail_works_once(cast: Cast, invitation: Invitation, committed: Committed) -> None:
    browser = Client()
    with committed():
        browser.post(f"/join/{invitation.token}/", typed(cast))
    Client().post(link_in_mail())
    second = Client()
    assert [second.post(link_in_mail()).status_code, second.get(link_in_mail()).status_code] == [410, 410]
    assert "_auth_user_id" not in second.session
    assert Person.objects.filter(family_name="Berg").count() == 1


def test_an_old_or_forged_link_makes_nobody(cast: Cast, invitation: Invitation, committed: Committed) -> None:
    with clock.at(START), committed():
        fresh = actions.invite(community=cast.own.community, by=cast.own.lead)
        Client().post(f"/join/{fresh.token}/", typed(cast))
    with clock.at(START + timedelta(minutes=15)):
        assert Client().post(link_in_mail()).status_code == 410
    assert Client().post("/join/confirm/xyz/").status_code == 404
    assert Client().get("/join/confirm/xyz/").status_code == 404
    assert not Person.objects.filter(family_name="Berg").exists()


def test_a_known_address_gives_the_same_answer_and_makes_no_double(
    cast: Cast, invitation: Invitation, committed: Committed
) -> None:
    browser = Client()
    with committed():
        response = browser.post(f"/join/{invitation.token}/", typed(cast, address=address_of(cast.outsider)))
    assert response["Location"] == "/join/code/"
    before = Account.objects.count()
    Client().post(link_in_mail())
    assert Account.objects.count() == before
    membership = queries.membership_of(cast.outsider, cast.own.community)
    assert membership is not None
    assert membership.level == Level.OCCASIONAL
    assert Person.objects.get(pk=cast.outsider.pk).name == "Buiten Staander"


def test_who_fills_in_somebody_elses_address_is_not_let_in(cast: Cast, invitation: Invitation) -> None:
    browser = Client()
    browser.post(f"/join/{invitation.token}/", typed(cast, address=address_of(cast.own.lead)))
    assert browser.get("/profile/").status_code == 302
    assert "token" not in browser.session["join_asked"]


def test_a_link_closed_meanwhile_lets_nobody_in(cast: Cast, invitation: Invitation, committed: Committed) -> None:
    with committed():
        Client().post(f"/join/{invitation.token}/", typed(cast))
    actions.close_invitation(invitation=invitation, by=cast.own.lead)
    assert Client().post(link_in_mail())["Location"] == "/sign-in/"
    assert not Person.objects.filter(family_name="Berg").exists()


@pytest.mark.parametrize(
    "values",
    [
        {"name": ""},
        {"name": "x" * 300},
        {"address": "jan"},
        {"level": ""},
        {"level": "king"},
        {"unit": "999999"},
        {"unit": "x"},
    ],
)
def test_what_does_not_fit_comes_back(cast: Cast, invitation: Invitation, values: dict[str, str]) -> None:
    response = Client().post(f"/join/{invitation.token}/", typed(cast, **values))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == list(values)
    assert not Joining.objects.exists()


@pytest.mark.parametrize("name", ["😀", "مريم العربي", "Madonna", "'t Hooft", "<b>Jan</b> Smit", "x" * 100])
def test_names_of_all_kinds_come_in(cast: Cast, invitation: Invitation, committed: Committed, name: str) -> None:
    with committed():
        assert Client().post(f"/join/{invitation.token}/", typed(cast, name=name)).status_code == 302
    browser = Client()
    assert browser.post(link_in_mail()).status_code == 302
    assert browser.get("/profile/").context["person"].name == name


def test_who_is_signed_in_needs_one_press(cast: Cast, client_of: Browser, invitation: Invitation) -> None:
    browser = client_of(cast.own.colleague)
    page = browser.get(f"/join/{invitation.token}/")
    form = page.context["form"]
    chosen = {name: form[name].value() for name in form.fields}
    assert chosen == {"unit": cast.own.units[0].pk, "level": "active"}
    assert browser.post(f"/join/{invitation.token}/", chosen)["Location"] == "/"
    membership = queries.membership_of(cast.own.colleague, cast.own.community)
    assert membership is not None
    assert str(membership.place) == "Ruimte"


def test_a_member_is_told_so(cast: Cast, client_of: Browser, invitation: Invitation) -> None:
    assert "Je doet al mee." in client_of(cast.own.member).get(f"/join/{invitation.token}/").content.decode()


def test_closed_full_and_unknown_links_say_so(cast: Cast, invitation: Invitation) -> None:
    assert Client().get("/join/xyz/").status_code == 404
    actions.close_invitation(invitation=invitation, by=cast.own.lead)
    for answer in (Client().get(f"/join/{invitation.token}/"), Client().post(f"/join/{invitation.token}/")):
        assert answer.status_code == 410
        assert "Deze link werkt niet meer" in answer.content.decode()
    full = actions.invite(community=cast.own.community, max_uses=1, by=cast.own.lead)
    actions.accept_invitation(token=full.token, person=cast.outsider)
    assert "Alle plekken van deze link zijn bezet" in Client().get(f"/join/{full.token}/").content.decode()


def test_asking_for_the_same_address_again_and_again_is_too_often(cast: Cast, invitation: Invitation) -> None:
    browser = Client()
    answers = [browser.post(f"/join/{invitation.token}/", typed(cast)).status_code for _time in range(6)]
    assert answers == [302, 302, 302, 302, 302, 429]


def test_what_was_filled_in_is_kept_for_a_day(cast: Cast, invitation: Invitation) -> None:
    with clock.at(START):
        fresh = actions.invite(community=cast.own.community, by=cast.own.lead)
        Client().post(f"/join/{fresh.token}/", typed(cast))
    with clock.at(START + timedelta(days=1, minutes=1)):
        Client().post(f"/join/{fresh.token}/", typed(cast, address="piet@voorbeeld.example"))
    assert [joining.ticket.newcomer_address for joining in Joining.objects.all()] == ["piet@voorbeeld.example"]


def test_following_from_the_public_page(cast: Cast, committed: Committed) -> None:
    actions.edit_community(community=cast.own.community, follow_door=Door.ANYONE, by=cast.own.lead)
    browser = Client()
    assert browser.get("/eigen/follow/").status_code == 200
    with committed():
        response = browser.post("/eigen/follow/ask/", {"name": "Jan Smit", "address": "jan@voorbeeld.example"})
    assert response["Location"] == "/join/code/"
    assert mail.outbox[0].body.startswith("Je wilt Leergemeenschap eigen volgen.")
    Client().post(link_in_mail())
    membership = Membership.objects.get(person__family_name="Smit")
    assert (membership.level, membership.is_invited, membership.place) == (Level.FOLLOWER, False, None)
    assert queries.standing_of(membership.person).organisations == frozenset()


def test_a_visitor_claims_no_organisation_and_no_level(cast: Cast, committed: Committed) -> None:
    actions.edit_community(community=cast.own.community, follow_door=Door.ANYONE, by=cast.own.lead)
    with committed():
        Client().post(
            "/eigen/follow/ask/",
            {**typed(cast, level="core"), "organisation": cast.own.organisation.pk},
        )
    Client().post(link_in_mail())
    membership = Membership.objects.get(person__family_name="Berg")
    assert (membership.level, membership.place) == (Level.FOLLOWER, None)


def test_behind_a_closed_door_a_visitor_is_told(cast: Cast) -> None:
    assert "Hier kom je binnen op uitnodiging" in Client().get("/eigen/follow/").content.decode()
    assert Client().post("/eigen/follow/ask/", {"name": "Jan", "address": "j@voorbeeld.example"}).status_code == 403
    assert Client().get("/ander/follow/").status_code == 404
    assert Client().post("/ander/follow/ask/").status_code == 404


def test_who_is_signed_in_follows_with_one_press(cast: Cast, client_of: Browser) -> None:
    browser = client_of(cast.own.colleague)
    assert browser.get("/eigen/follow/").status_code == 200
    assert [browser.post("/eigen/follow/now/").status_code for _time in range(2)] == [302, 302]
    membership = queries.membership_of(cast.own.colleague, cast.own.community)
    assert membership is not None
    assert membership.is_follower
    assert len(facts_named("MemberJoined", cast.own.community)) == 1


def test_a_member_who_presses_follow_stays_a_member(cast: Cast, client_of: Browser) -> None:
    client_of(cast.own.member).post("/eigen/follow/now/")
    membership = queries.membership_of(cast.own.member, cast.own.community)
    assert membership is not None
    assert membership.level == Level.ACTIVE


def test_a_closed_door_says_what_to_do(cast: Cast, client_of: Browser) -> None:
    response = client_of(cast.outsider).post("/eigen/follow/now/", follow=True)
    assert "Hier volg je op uitnodiging. Vraag het programmateam om een link." in response.content.decode()
    assert queries.membership_of(cast.outsider, cast.own.community) is None
