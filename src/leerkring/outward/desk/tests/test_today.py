"""The first screen: what each person sees of a programme, and at what cost."""

from collections.abc import Callable

import pytest
from django.test import Client

from leerkring.community.memberships.enums import CommunityKind, Role
from leerkring.community.memberships.models import Community, Membership, OrganisationAdmin
from leerkring.community.people.models import Person
from tests.cast import Cast, grant, make_person

pytestmark = pytest.mark.django_db

SignIn = Callable[[Person | None], Client]


def test_visitor_is_asked_to_sign_in(cast: Cast, client_of: SignIn) -> None:
    answer = client_of(None).get("/eigen/today/")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=/eigen/today/")


def test_somebody_from_elsewhere_gets_no_first_screen(cast: Cast, client_of: SignIn) -> None:
    assert client_of(cast.outsider).get("/eigen/today/").status_code == 403
    assert client_of(cast.outsider).get("/ander/today/").status_code == 404
    assert client_of(cast.own.follower).get("/eigen/today/").status_code == 200


def test_home_leads_to_the_only_programme(cast: Cast, client_of: SignIn) -> None:
    assert client_of(cast.own.member).get("/")["Location"] == "/eigen/today/"


def test_a_sponsor_sees_no_screen_that_names_who_must_act(cast: Cast, client_of: SignIn) -> None:
    sponsor = make_person("Sponsor", "Eigen")
    grant(sponsor, cast.own.community, Role.SPONSOR)
    browser = client_of(sponsor)
    for page in ("today", "changed", "stuck"):
        assert browser.get(f"/eigen/{page}/").status_code == 403
    assert browser.get("/")["Location"] == "/eigen/agenda/"
    assert browser.get("/eigen/agenda/").status_code == 200


def test_home_leads_a_partner_to_the_groups(cast: Cast, client_of: SignIn) -> None:
    circle = Community.objects.create(kind=CommunityKind.GROUP, root=cast.own.community, name="Kring")
    partner = make_person("Partner", "Eigen")
    grant(partner, circle, Role.PARTNER)
    assert client_of(partner).get("/")["Location"] == "/eigen/groups/"


def test_home_leads_who_keeps_lists_to_them(cast: Cast, client_of: SignIn) -> None:
    keeper = make_person("Beheerder", "Eigen")
    OrganisationAdmin.objects.create(organisation=cast.own.organisation, person=keeper)
    page = client_of(keeper).get("/").content.decode()
    assert (f"/organisations/{cast.own.organisation.pk}/people/" in page, "/platform/" in page) == (True, False)
    assert "/platform/" in client_of(cast.platform_admin).get("/").content.decode().split("<main")[1]


def test_where_nothing_is_yet_each_begins_with_what_they_can_do(cast: Cast, client_of: SignIn) -> None:
    lead, member = (client_of(person).get("/eigen/today/").text for person in (cast.own.lead, cast.own.member))
    assert ("Plan de eerste bijeenkomsten" in lead, "Hier begint het" in lead) == (True, True)
    assert ("Plan de eerste bijeenkomsten" in member, "Wat wil je leren?" in member) == (False, True)
    Membership.objects.filter(community=cast.own.community).exclude(person=cast.own.keeper).delete()
    assert "Nodig de eerste mensen uit" not in client_of(cast.own.lead).get("/eigen/today/").text
    Membership.objects.filter(community=cast.own.community).delete()
    assert "Nodig de eerste mensen uit" in client_of(cast.own.lead).get("/eigen/today/").text


def test_home_names_public_programmes_only_to_visitors(cast: Cast, client_of: SignIn) -> None:
    page = client_of(None).get("/").content.decode()
    assert "Leergemeenschap eigen" in page
    assert "Leergemeenschap ander" not in page


@pytest.mark.parametrize("skip", ["1", "99", "-1", "²", "99999999999", "x"])
def test_forged_skip_is_survived(cast: Cast, client_of: SignIn, skip: str) -> None:
    assert client_of(cast.own.member).get("/eigen/today/", {"skip": skip}).status_code == 200
