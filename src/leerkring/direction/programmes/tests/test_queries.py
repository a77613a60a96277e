from collections.abc import Callable

import pytest
from django.test import Client

from leerkring.community.meetings import actions as meetings
from leerkring.community.meetings.enums import Presence
from leerkring.community.people.models import Person
from leerkring.direction.programmes import actions, queries
from leerkring.direction.programmes.enums import EditionState, EnrolmentState
from leerkring.direction.programmes.spread import Spread
from leerkring.direction.programmes.tests.stories import edition_of, enrolled, held_meetings
from tests.cast import Cast, join, make_organisation, make_person

Browser = Callable[[Person | None], Client]


def test_programmes_one_may_look_into(cast: Cast, client_of: Browser) -> None:
    def seen(person: Person | None) -> tuple[bool, bool]:
        page = client_of(person).get("/programmes/").content.decode()
        return ("Leergemeenschap eigen" in page, "Leergemeenschap ander" in page)

    assert seen(None) == seen(cast.outsider) == (True, False)
    assert seen(cast.own.member) == (True, False)
    assert seen(cast.other.follower) == (True, True)
    assert "/programmes/new/" in client_of(cast.own.lead).get("/programmes/").content.decode()
    assert "/programmes/new/" not in client_of(cast.own.member).get("/programmes/").content.decode()


def test_starting_one_on_the_page(cast: Cast, client_of: Browser) -> None:
    form = {
        "kind": "leerprogramma",
        "name": "Nieuw programma",
        "slug": "nieuw",
        "headline": "Wij leren",
        "purpose": "Leren",
        "host": cast.own.organisation.pk,
    }
    browser = client_of(cast.platform_admin)
    for slug in ("eigen", "programmes", "healthz", "toegankelijkheid", "A b"):
        assert browser.post("/programmes/new/", {**form, "slug": slug}).status_code == 422
    assert browser.post("/programmes/new/", form).status_code == 302
    assert browser.get("/nieuw/settings/").status_code == 200
    for person in (cast.own.member, cast.outsider):
        assert client_of(person).get("/programmes/new/").status_code == 403
        assert client_of(person).post("/programmes/new/", {**form, "slug": "nog-een"}).status_code == 403


def test_who_took_part(cast: Cast) -> None:
    own = cast.own
    workshops = held_meetings(own, 2)
    edition = edition_of(own, meetings=workshops)
    for person in (own.member, own.keeper, own.follower):
        enrolled(own, edition, person)
    enrolled(own, edition, own.facilitator, EnrolmentState.INVITED)
    for meeting in workshops:
        meetings.note_attendance(meeting=meeting, person=own.member, presence=Presence.PRESENT, by=own.lead)
    meetings.note_attendance(meeting=workshops[0], person=own.keeper, presence=Presence.PRESENT, by=own.lead)
    assert queries.participants(own.community).count() == 3
    actions.complete_enrolments(edition=edition, by=own.lead)
    assert set(queries.participants(own.community)) == {own.member, own.keeper}
    assert queries.participants(cast.other.community).count() == 0


def test_the_spread_names_who_is_missing_and_not_the_host(cast: Cast) -> None:
    breda = make_organisation("Breda")
    edition = edition_of(cast.own)
    actions.enrol(edition=edition, person=cast.own.member, organisation=make_organisation("Altena"), by=cast.own.lead)
    taking_part = list(queries.enrolments_of(edition))
    spread = Spread(taking_part, [breda, cast.own.organisation], host=cast.own.organisation)
    assert [(row.organisation.name, row.count) for row in spread.rows] == [("Altena", 1), ("Breda", 0)]
    assert spread.missing == [breda]


@pytest.mark.parametrize("page", ["/eigen/editions/{edition}/", "/eigen/editions/{edition}/enrol/", "/eigen/editions/"])
def test_the_pages_ask_as_much_of_the_database_for_3_as_for_300(
    cast: Cast, client_of: Browser, count_queries: Callable[[Client, str], int], page: str
) -> None:
    own = cast.own
    workshops = held_meetings(own, 2)
    edition = edition_of(own, meetings=workshops)
    browser = client_of(own.lead)
    address = page.format(edition=edition.pk)

    def grow(first: int, last: int) -> None:
        people = [make_person(f"Gast {number}") for number in range(first, last)]
        for person in people:
            join(person, own.community, organisation=own.organisation, unit=own.units[0])
        some = people[: len(people) // 2]
        actions.enrol_people(edition=edition, people=some, by=own.lead)
        meetings.expect_people(meeting=workshops[0], people=some, by=own.lead)
        for _number in range((last - first) // 30):
            edition_of(own, state=EditionState.RUNNING)

    grow(0, 4)
    few = count_queries(browser, address)
    grow(4, 300)
    many = count_queries(browser, address)
    assert few == many <= 15


def test_the_list_of_programmes_asks_as_much_for_1_as_for_30(
    cast: Cast, client_of: Browser, count_queries: Callable[[Client, str], int]
) -> None:
    browser = client_of(cast.own.lead)

    def start(number: int) -> None:
        actions.start_programme(
            kind=cast.own.programme.kind,  # type: ignore[arg-type]
            name=f"Programma {number}",
            slug=f"programma-{number}",
            headline="Wij leren",
            purpose="Leren",
            host=cast.own.organisation,
            is_public=True,
            by=cast.own.lead if number % 2 else cast.other.lead,
        )

    start(0)
    few = count_queries(browser, "/programmes/")
    for number in range(1, 31):
        start(number)
    many = count_queries(browser, "/programmes/")
    assert few == many <= 15
