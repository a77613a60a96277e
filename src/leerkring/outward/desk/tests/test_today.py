"""The first screen: what each person sees of a programme, and at what cost."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leerkring.community.memberships.enums import CommunityKind, Role
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.outward.desk.today import Today, today_of
from leerkring.platform import clock
from leerkring.sample import scenario
from tests.cast import START, Cast, grant, make_person

pytestmark = pytest.mark.django_db

SignIn = Callable[[Person | None], Client]


def _person(key: str) -> Person:
    return next(person for member, person in scenario.cast() if member.key == key)


def _today(key: str, slug: str = "amsterdam") -> Today:
    with clock.at(START):
        return today_of(_person(key), Community.objects.get(slug=slug), 0)


@pytest.mark.usefixtures("sample")
class TestSample:
    def test_cycle_counts_what_the_keeper_may_see(self) -> None:
        today = _today("noor")
        counts = {station.url.split("/")[2]: station.count for station in today.stations}
        assert counts["agenda"] == 11
        assert today.counts["ownerless"] == 2
        assert today.counts["blocked"] == 5
        assert today.came_back == "P"

    def test_blocks_come_first_among_what_is_stuck(self) -> None:
        lines = _today("noor").stuck.lines
        assert all(line.mark.blocked for line in lines[:4])

    def test_changed_begins_at_the_last_werkplaats(self) -> None:
        today = _today("noor")
        assert today.changed.total > 5
        assert all(
            line.day is None or line.day >= START.date().replace(month=11, day=14) for line in today.changed.lines
        )

    def test_keeper_is_proposed_an_owner_and_follower_the_next_meeting(self) -> None:
        assert "eigenaar" in _today("sanne").proposal.title
        assert "Werkplaats 3" in _today("lotte").proposal.title or "Halverwege" in _today("lotte").proposal.title

    def test_follower_sees_fewer_than_the_team_of_what_bears_a_narrow_label(self) -> None:
        assert _today("lotte").counts["harvest"] < _today("noor").counts["harvest"]

    def test_page_costs_at_most_fifteen_queries(self, client_of: SignIn) -> None:
        browser = client_of(_person("noor"))
        browser.get("/amsterdam/today/")
        with clock.at(START), CaptureQueriesContext(connection) as queries:
            answer = browser.get("/amsterdam/today/")
        assert answer.status_code == 200
        assert len(queries) <= 15, [query["sql"][:120] for query in queries]


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


def test_home_names_public_programmes_only_to_visitors(cast: Cast, client_of: SignIn) -> None:
    page = client_of(None).get("/").content.decode()
    assert "Leergemeenschap eigen" in page
    assert "Leergemeenschap ander" not in page


@pytest.mark.parametrize("skip", ["1", "99", "-1", "²", "99999999999", "x"])
def test_forged_skip_is_survived(cast: Cast, client_of: SignIn, skip: str) -> None:
    assert client_of(cast.own.member).get("/eigen/today/", {"skip": skip}).status_code == 200
