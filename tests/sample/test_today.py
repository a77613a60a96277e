"""The first screen of the sample: what each of the cast sees, and at what cost."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.outward.desk.today import Today, today_of
from leerkring.platform import clock
from leerkring.sample import scenario
from tests.cast import START

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample")]

SignIn = Callable[[Person | None], Client]


def _person(key: str) -> Person:
    return next(person for member, person in scenario.cast() if member.key == key)


def _today(key: str, slug: str = "amsterdam") -> Today:
    with clock.at(START):
        return today_of(_person(key), Community.objects.get(slug=slug), 0)


def test_cycle_counts_what_the_keeper_may_see() -> None:
    today = _today("noor")
    counts = {station.url.split("/")[2]: station.count for station in today.stations}
    assert counts["agenda"] == 11
    assert today.counts["ownerless"] == 2
    assert today.counts["blocked"] == 5
    assert today.came_back == "P"


def test_blocks_come_first_among_what_is_stuck() -> None:
    lines = _today("noor").stuck.lines
    assert all(line.mark.blocked for line in lines[:4])


def test_changed_begins_at_the_last_werkplaats() -> None:
    today = _today("noor")
    assert today.changed.total > 5
    assert all(line.day is None or line.day >= START.date().replace(month=11, day=14) for line in today.changed.lines)


def test_keeper_is_proposed_an_owner_and_follower_the_next_meeting() -> None:
    assert "eigenaar" in _today("sanne").proposal.title
    assert "Werkplaats 3" in _today("lotte").proposal.title or "Halverwege" in _today("lotte").proposal.title


def test_follower_sees_fewer_than_the_team_of_what_bears_a_narrow_label() -> None:
    assert _today("lotte").counts["harvest"] < _today("noor").counts["harvest"]


def test_who_asked_for_a_place_waits_on_the_first_screen_of_the_team_alone(client_of: SignIn) -> None:
    with clock.at(START):
        lead, participant = (
            client_of(_person(key)).get("/west-brabant/today/").content.decode() for key in ("marieke", "kees")
        )
    assert "2 mensen vragen een plaats in Voorjaar 2025" in lead
    assert "vragen een plaats" not in participant
    assert "Sinds de bijeenkomst van 8 juni 2023" in lead
    assert not re.search(r"Week \d+ van", lead)


def test_page_costs_at_most_fifteen_queries_beside_the_four_that_are_kept(client_of: SignIn) -> None:
    """Inside the transaction of a test nothing is kept.

    These are: places on the agenda, lines of the harvest, editions over, who asked for a place.
    """
    browser = client_of(_person("noor"))
    browser.get("/amsterdam/today/")
    with clock.at(START), CaptureQueriesContext(connection) as queries:
        answer = browser.get("/amsterdam/today/")
    assert answer.status_code == 200
    assert len(queries) <= 15 + 4, [query["sql"][:120] for query in queries]
