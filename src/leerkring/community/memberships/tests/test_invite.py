from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from leerkring.community.memberships import actions, queries
from leerkring.community.memberships.enums import Door, Level
from leerkring.community.memberships.models import Invitation
from leerkring.community.memberships.tests.reading import facts_named
from leerkring.community.people import actions as people
from leerkring.community.people.models import Person
from leerkring.platform import clock
from leerkring.platform.rules import Refused
from tests.cast import START, Cast

Browser = Callable[[Person | None], Client]


@pytest.fixture
def invitation(cast: Cast) -> Invitation:
    return actions.invite(community=cast.own.community, by=cast.own.lead)


def test_the_team_makes_a_link(cast: Cast) -> None:
    with clock.at(START):
        invitation = actions.invite(community=cast.own.community, organisation=cast.own.organisation, by=cast.own.lead)
    assert (invitation.level, invitation.organisation, invitation.max_uses, invitation.uses_count) == (
        Level.ACTIVE,
        cast.own.organisation,
        100,
        0,
    )
    assert invitation.expires_on == START.date() + timedelta(days=60)
    assert len(invitation.token) >= 32
    assert facts_named("InvitationMade", cast.own.community) == [
        {"by": cast.own.lead.pk, "invitation_id": invitation.pk}
    ]


def test_nobody_else_does(cast: Cast, invitation: Invitation) -> None:
    for by in (cast.own.keeper, cast.own.member, cast.other.lead, cast.platform_admin):
        with pytest.raises(PermissionDenied):
            actions.invite(community=cast.own.community, by=by)
        with pytest.raises(PermissionDenied):
            actions.close_invitation(invitation=invitation, by=by)
        with pytest.raises(PermissionDenied):
            actions.reopen_invitation(invitation=invitation, by=by)


def test_a_link_for_no_day_or_nobody_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused):
        actions.invite(community=cast.own.community, expires_on=clock.today(), by=cast.own.lead)
    with pytest.raises(Refused):
        actions.invite(community=cast.own.community, max_uses=0, by=cast.own.lead)


def test_whoever_has_the_link_comes_in_behind_closed_doors(cast: Cast, invitation: Invitation) -> None:
    actions.edit_community(
        community=cast.own.community, follow_door=Door.INVITED, member_door=Door.INVITED, by=cast.own.lead
    )
    membership = actions.accept_invitation(token=invitation.token, person=cast.outsider, unit=cast.own.units[0])
    assert (membership.level, membership.level_stated_by_team, membership.is_invited) == (Level.ACTIVE, False, True)
    assert str(membership.place) == "Ruimte"
    assert Invitation.objects.get().uses_count == 1
    assert facts_named("InvitationAccepted", cast.own.community) == [
        {"by": cast.outsider.pk, "invitation_id": invitation.pk, "membership_id": membership.pk}
    ]


def test_the_place_of_the_link_counts_when_nothing_is_said(cast: Cast) -> None:
    invitation = actions.invite(community=cast.own.community, organisation=cast.own.organisation, by=cast.own.lead)
    membership = actions.accept_invitation(token=invitation.token, person=cast.outsider)
    assert str(membership.place) == "Gemeente Eigen"


def test_a_double_click_uses_one_place(cast: Cast, invitation: Invitation) -> None:
    both = [actions.accept_invitation(token=invitation.token, person=cast.outsider) for _time in range(2)]
    assert both[0] == both[1]
    assert Invitation.objects.get().uses_count == 1


def test_a_member_stays_what_the_member_is(cast: Cast, invitation: Invitation) -> None:
    membership = actions.accept_invitation(token=invitation.token, person=cast.own.member, level=Level.CORE)
    assert membership.level == Level.ACTIVE
    assert Invitation.objects.get().uses_count == 0


def test_a_follower_rises(cast: Cast, invitation: Invitation) -> None:
    actions.edit_community(community=cast.own.community, member_door=Door.INVITED, by=cast.own.lead)
    membership = actions.accept_invitation(token=invitation.token, person=cast.own.follower)
    assert (membership.level, membership.is_invited) == (Level.ACTIVE, True)


def test_a_closed_link_is_closed_and_can_be_opened_again(cast: Cast, invitation: Invitation) -> None:
    for _time in range(2):
        actions.close_invitation(invitation=invitation, by=cast.own.lead)
    with pytest.raises(Refused):
        actions.accept_invitation(token=invitation.token, person=cast.outsider)
    assert len(facts_named("InvitationClosed")) == 1
    actions.reopen_invitation(invitation=invitation, by=cast.own.lead)
    assert len(facts_named("InvitationReopened")) == 1
    assert actions.accept_invitation(token=invitation.token, person=cast.outsider).pk


def test_a_full_link_is_full(cast: Cast) -> None:
    invitation = actions.invite(community=cast.own.community, max_uses=1, by=cast.own.lead)
    actions.accept_invitation(token=invitation.token, person=cast.outsider)
    with pytest.raises(Refused):
        actions.accept_invitation(token=invitation.token, person=cast.own.colleague)
    assert queries.membership_of(cast.own.colleague, cast.own.community) is None


def test_a_link_ends_on_its_day(cast: Cast) -> None:
    with clock.at(START):
        invitation = actions.invite(
            community=cast.own.community, expires_on=START.date() + timedelta(days=2), by=cast.own.lead
        )
        assert invitation.last_day == START.date() + timedelta(days=1)
    with clock.at(START + timedelta(days=1)):
        assert actions.accept_invitation(token=invitation.token, person=cast.outsider).pk
    with clock.at(START + timedelta(days=2)), pytest.raises(Refused):
        actions.accept_invitation(token=invitation.token, person=cast.own.colleague)


@pytest.mark.parametrize("token", ["", "x", "😀", "' OR 1=1"])
def test_a_forged_link_is_unknown(cast: Cast, token: str) -> None:
    with pytest.raises(Refused):
        actions.accept_invitation(token=token, person=cast.outsider)


def test_who_left_does_not_come_in(cast: Cast, invitation: Invitation) -> None:
    people.leave(person=cast.outsider, by=cast.outsider)
    with pytest.raises(PermissionDenied):
        actions.accept_invitation(token=invitation.token, person=cast.outsider)


def test_the_page_of_the_team(cast: Cast, client_of: Browser) -> None:
    browser = client_of(cast.own.lead)
    made = browser.post("/eigen/invitations/make/", {"level": "occasional", "max_uses": "5"})
    assert made["Location"] == "/eigen/invitations/"
    invitation = Invitation.objects.get()
    page = browser.get("/eigen/invitations/").content.decode()
    assert f"http://testserver/join/{invitation.token}/" in page
    assert "0 van 5 zijn binnen" in page
    closed = browser.post(f"/eigen/invitations/{invitation.pk}/close/", follow=True).content.decode()
    assert f'action="/eigen/invitations/{invitation.pk}/reopen/"' in closed
    browser.post(f"/eigen/invitations/{invitation.pk}/reopen/")
    assert Invitation.objects.get().is_open


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"level": "king", "max_uses": "5"},
        {"level": "core", "max_uses": "0"},
        {"level": "core", "max_uses": "x"},
        {"level": "core", "max_uses": "5", "expires_on": "1999-01-01"},
    ],
)
def test_what_does_not_fit_comes_back(cast: Cast, client_of: Browser, typed: dict[str, str]) -> None:
    assert client_of(cast.own.lead).post("/eigen/invitations/make/", typed).status_code == 422
    assert not Invitation.objects.exists()


def test_an_organisation_that_does_not_take_part_cannot_be_chosen(cast: Cast, client_of: Browser) -> None:
    typed = {"level": "core", "max_uses": "5", "organisation": cast.other.organisation.pk}
    assert client_of(cast.own.lead).post("/eigen/invitations/make/", typed).status_code == 422


def test_the_doors(cast: Cast, client_of: Browser) -> None:
    browser = client_of(cast.own.lead)
    response = browser.post("/eigen/invitations/doors/", {"follow_door": "anyone", "member_door": "invited"})
    assert response["Location"] == "/eigen/invitations/"
    cast.own.community.refresh_from_db()
    assert (cast.own.community.follow_door, cast.own.community.member_door) == (Door.ANYONE, Door.INVITED)
    assert browser.post("/eigen/invitations/doors/", {"follow_door": "x"}).status_code == 422


def test_invitations_are_for_the_team(cast: Cast, client_of: Browser, invitation: Invitation) -> None:
    verbs = ["make", "doors", f"{invitation.pk}/close", f"{invitation.pk}/reopen"]
    for person in (cast.own.keeper, cast.own.member, cast.outsider, cast.platform_admin):
        browser = client_of(person)
        assert browser.get("/eigen/invitations/").status_code == 403
        assert {browser.post(f"/eigen/invitations/{verb}/").status_code for verb in verbs} == {403}
    foreign = actions.invite(community=cast.other.community, by=cast.other.lead)
    browser = client_of(cast.own.lead)
    assert browser.post(f"/eigen/invitations/{foreign.pk}/close/").status_code == 404
    assert browser.post(f"/ander/invitations/{foreign.pk}/close/").status_code == 404


def test_organisations_page(cast: Cast, client_of: Browser) -> None:
    browser, organisation = client_of(cast.own.lead), cast.own.organisation
    page = "/eigen/organisations/"
    assert browser.post(f"{page}add/", {"name": "Gemeente Nieuw"})["Location"] == page
    assert browser.post(f"{page}add/", {"name": ""}).status_code == 422
    added = browser.post(f"{page}units/add/", {"organisation": organisation.pk, "name": "Inkoop"})
    assert added["Location"] == page
    assert (
        browser.post(f"{page}units/add/", {"organisation": cast.other.organisation.pk, "name": "X"}).status_code == 422
    )
    taken = browser.post(f"{page}{organisation.pk}/take-out/", follow=True).content.decode()
    assert f'action="{page}{organisation.pk}/put-back/"' in taken
    assert [row.name for row in cast.own.community.organisations.all()] == ["Gemeente Nieuw"]
    browser.post(f"{page}{organisation.pk}/put-back/")
    assert cast.own.community.organisations.count() == 2
    assert browser.post(f"{page}{cast.other.organisation.pk}/take-out/").status_code == 404
    assert browser.post(f"{page}{cast.other.organisation.pk}/put-back/").status_code == 404
    for person in (cast.own.keeper, cast.outsider):
        assert client_of(person).get(page).status_code == 403
        assert client_of(person).post(f"{page}add/", {"name": "X"}).status_code == 403
