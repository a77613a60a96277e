from collections.abc import Callable

import pytest
from django.test import Client

from leerkring.community.memberships import actions, queries, spread
from leerkring.community.memberships.enums import Level, Role
from leerkring.community.memberships.models import Membership, Placement
from leerkring.community.memberships.tests.reading import count_queries
from leerkring.community.people import actions as people
from leerkring.community.people.models import Person, PolicyField, Unit
from leerkring.platform import clock
from tests.cast import Cast, grant, join, make_person

Browser = Callable[[Person | None], Client]
PAGE = "/eigen/people/"


def names(browser: Client, page: str = PAGE) -> list[str]:
    return [row.membership.person.name for row in browser.get(page).context["rows"]]


def test_members_see_everybody_by_last_name(cast: Cast, client_of: Browser) -> None:
    person = people.add_person(
        given_name="Jan", prefix="van der", family_name="Berg", addresses=["j@voorbeeld.example"], by=cast.own.lead
    )
    join(person, cast.own.community, organisation=cast.own.organisation, unit=cast.own.units[2])
    assert names(client_of(cast.own.member)) == [
        "Colleague Ander",
        "Jan van der Berg",
        "Facilitator Eigen",
        "Follower Eigen",
        "Keeper Eigen",
        "Lead Eigen",
        "Member Eigen",
    ]


def test_people_of_another_programme_and_those_who_left_are_not_there(cast: Cast, client_of: Browser) -> None:
    membership = queries.membership_of(cast.own.keeper, cast.own.community)
    assert membership is not None
    actions.leave_community(membership=membership, by=cast.own.keeper)
    shown = names(client_of(cast.own.member))
    assert "Keeper Eigen" not in shown
    assert "Lead Ander" not in shown


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=MEMB", ["Member Eigen"]),
        ("q=eigen+lead", ["Lead Eigen"]),
        ("q=%25", []),
        ("q=😀", []),
        ("q=" + "x" * 300, []),
        ("unit=x", ["Colleague Ander", "Facilitator Eigen"]),
    ],
)
def test_search(cast: Cast, client_of: Browser, query: str, found: list[str]) -> None:
    assert names(client_of(cast.own.member), f"{PAGE}?{query}")[: len(found) or None] == found


def test_filter_by_part_with_the_parts_below(cast: Cast, client_of: Browser) -> None:
    below = Unit.objects.create(organisation=cast.own.organisation, name="Team", parent=cast.own.units[0])
    join(make_person("Onder"), cast.own.community, organisation=cast.own.organisation, unit=below)
    browser = client_of(cast.own.member)
    assert names(browser, f"{PAGE}?unit={cast.own.units[0].pk}") == [
        "Follower Eigen",
        "Lead Eigen",
        "Member Eigen",
        "Onder Voorbeeld",
    ]
    assert names(browser, f"{PAGE}?unit={below.pk}") == ["Onder Voorbeeld"]


def test_levels_are_for_the_team(cast: Cast, client_of: Browser) -> None:
    page = client_of(cast.own.lead).get(PAGE)
    assert "incidenteel" in page.content.decode()
    assert names(client_of(cast.own.lead), f"{PAGE}?level=follower") == ["Follower Eigen"]
    for person in (cast.own.keeper, cast.own.facilitator, cast.own.member, cast.own.follower):
        browser = client_of(person)
        shown = browser.get(PAGE).content.decode()
        assert [word in shown for word in ("actief", "volger", "incidenteel")] == [False] * 3
        assert len(names(browser, f"{PAGE}?level=follower")) == 6


def test_the_list_is_for_those_who_belong(cast: Cast, client_of: Browser) -> None:
    for person, status in (
        (cast.own.follower, 200),
        (cast.outsider, 403),
        (cast.own.colleague, 403),
        (cast.platform_admin, 403),
        (cast.other.lead, 403),
        (None, 302),
    ):
        assert client_of(person).get(PAGE).status_code == status
    assert client_of(cast.own.lead).get("/ander/people/").status_code == 404
    grant(cast.outsider, cast.own.community, Role.SPONSOR)
    assert client_of(cast.outsider).get(PAGE).status_code == 403


def test_the_page_of_a_person(cast: Cast, client_of: Browser) -> None:
    page = client_of(cast.own.follower).get(f"{PAGE}{cast.own.keeper.pk}/").content.decode()
    assert "Keeper Eigen" in page
    assert "Hoeder van de leeragenda" in page
    assert [word in page.lower() for word in ("actief", "keeper.eigen@voorbeeld.example", "geef een rol")] == [
        False
    ] * 3
    team = client_of(cast.own.lead).get(f"{PAGE}{cast.own.keeper.pk}/").content.decode()
    assert "keeper.eigen@voorbeeld.example" in team
    assert "Geef een rol" in team


def test_one_sees_ones_own_level(cast: Cast, client_of: Browser) -> None:
    membership = queries.membership_of(cast.own.member, cast.own.community)
    assert membership is not None
    actions.choose_level(membership=membership, level=Level.CORE, by=cast.own.member)
    page = f"{PAGE}{cast.own.member.pk}/"
    assert "Kern" in client_of(cast.own.member).get(page).content.decode()
    assert "Kern" not in client_of(cast.own.keeper).get(page).content.decode()


def test_somebody_of_another_programme_does_not_exist_here(cast: Cast, client_of: Browser) -> None:
    for person in (cast.other.lead, cast.outsider):
        browser = client_of(cast.own.lead)
        assert browser.get(f"{PAGE}{person.pk}/").status_code == 404
        for verb in ("roles", "place", "level", "remove"):
            assert browser.post(f"{PAGE}{person.pk}/{verb}/").status_code == 404
    assert client_of(cast.own.lead).get(f"/ander/people/{cast.other.lead.pk}/").status_code == 404
    assert client_of(cast.own.lead).get(f"{PAGE}999999999/").status_code == 404


def test_what_the_team_does_is_for_the_team(cast: Cast, client_of: Browser) -> None:
    for person in (cast.own.keeper, cast.own.member):
        for verb in ("roles", "place", "level", "remove"):
            assert client_of(person).post(f"{PAGE}{cast.own.member.pk}/{verb}/").status_code == 403
    for verb in ("roles", "place", "level", "remove"):
        assert client_of(None).post(f"{PAGE}{cast.own.member.pk}/{verb}/").status_code == 302


def test_the_team_places_and_states(cast: Cast, client_of: Browser) -> None:
    membership = actions.join(community=cast.own.community, person=cast.outsider, level=Level.CORE, by=cast.own.lead)
    browser, page = client_of(cast.own.lead), f"{PAGE}{cast.outsider.pk}/"
    assert browser.post(f"{page}place/", {"unit": cast.own.units[2].pk})["Location"] == page
    assert browser.post(f"{page}place/", {"unit": "x"}).status_code == 422
    assert browser.post(f"{page}level/", {"level": "occasional"})["Location"] == page
    assert browser.post(f"{page}level/", {"level": "x"}).status_code == 422
    membership.refresh_from_db()
    assert (membership.level, str(membership.place)) == (Level.OCCASIONAL, "Vastgoed")
    actions.confirm_level(membership=membership, by=cast.outsider)
    assert browser.post(f"{page}level/", {"level": "core"}).status_code == 403


def test_as_many_questions_to_the_database_for_3_as_for_300(cast: Cast, client_of: Browser) -> None:
    pages = [PAGE, f"{PAGE}?q=e", f"{PAGE}?unit={cast.own.units[0].pk}", "/eigen/organisations/"]
    browser = client_of(cast.own.lead)
    browser.get(PAGE)
    before = [count_queries(browser, page) for page in pages]
    fill(cast, 300)
    assert [count_queries(browser, page) for page in pages] == before
    assert before[0] <= 15


def fill(cast: Cast, count: int) -> None:
    field = PolicyField.objects.create(name="afval")
    made = Person.objects.bulk_create(
        Person(given_name="E", family_name=f"Extra {n}", name_key=f"extra {n} e", policy_field=field)
        for n in range(count)
    )
    members = Membership.objects.bulk_create(
        Membership(community=cast.own.community, person=person, since_on=clock.today()) for person in made
    )
    Placement.objects.bulk_create(
        Placement(
            membership=member,
            organisation=cast.own.organisation,
            unit=cast.own.units[n % 3],
            since_on=clock.today(),
        )
        for n, member in enumerate(members)
    )


def test_pages_of_the_list(cast: Cast, client_of: Browser) -> None:
    fill(cast, 60)
    browser = client_of(cast.own.member)
    assert len(names(browser)) == 25
    assert names(browser, f"{PAGE}?page=99") == names(browser, f"{PAGE}?page=3")
    assert names(browser, f"{PAGE}?page=x") == names(browser)


def test_the_team_sees_its_programme_whole(cast: Cast) -> None:
    found = spread.over_places(cast.own.community, is_whole=True)
    assert [(share.name, share.count) for share in found.shares] == [("Gemeente Eigen", 5), ("Gemeente Ander", 1)]
    assert (found.places_count, found.people_count, found.is_of_units, found.holds_back) == (2, 6, False, False)


def test_for_others_figures_below_five_are_held_back_and_cannot_be_had_by_subtraction(cast: Cast) -> None:
    found = spread.over_places(cast.own.community, is_whole=False)
    assert [(share.name, share.count) for share in found.shares] == [("Gemeente Eigen", None), ("Gemeente Ander", None)]
    assert found.people_count == 6


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ([], []),
        ([9, 8], [False, False]),
        ([9, 8, 3], [False, True, True]),
        ([9, 8, 3, 2], [False, False, True, True]),
        ([4], [True]),
        ([5, 0], [False, False]),
    ],
)
def test_hold_back(counts: list[int], hidden: list[bool]) -> None:
    assert spread.hold_back(counts) == hidden


def test_a_few_people_have_no_total(cast: Cast) -> None:
    small = actions.open_community(slug="klein", name="Klein", by=cast.own.lead)
    join(cast.own.lead, small)
    assert spread.over_places(small, is_whole=False).people_count is None
    assert spread.over_places(small, is_whole=True).people_count == 1


def test_one_organisation_is_spread_over_its_parts_with_districts_under_theirs(cast: Cast) -> None:
    Membership.objects.filter(person=cast.other.colleague).delete()
    below = Unit.objects.create(organisation=cast.own.organisation, name="Team", parent=cast.own.units[0])
    join(make_person("Onder"), cast.own.community, organisation=cast.own.organisation, unit=below)
    join(make_person("Nergens"), cast.own.community)
    found = spread.over_places(cast.own.community, is_whole=True)
    assert found.is_of_units
    assert [(share.name, share.count, share.percent) for share in found.shares] == [
        ("Ruimte", 4, 100),
        ("Afval", 1, 25),
        ("Vastgoed", 1, 25),
        ("Niet gezegd", 1, 25),
    ]


def test_over_policy_fields(cast: Cast) -> None:
    field = PolicyField.objects.create(name="afval")
    Person.objects.filter(pk=cast.own.member.pk).update(policy_field=field)
    found = spread.over_policy_fields(cast.own.community, is_whole=True)
    assert [(share.name, share.count) for share in found.shares] == [("afval", 1), ("Niet gezegd", 5)]


def test_the_page_holds_back_too(cast: Cast, client_of: Browser) -> None:
    field = PolicyField.objects.create(name="afval")
    Person.objects.filter(pk=cast.own.member.pk).update(policy_field=field)
    assert "minder dan vijf" in client_of(cast.own.member).get(PAGE).content.decode()
    assert "minder dan vijf" not in client_of(cast.own.lead).get(PAGE).content.decode()


def test_a_word_of_300_letters_and_a_name_from_right_to_left_stand_in_the_list(cast: Cast, client_of: Browser) -> None:
    cast.own.organisation.name = "x" * 200
    cast.own.organisation.save()
    person = people.add_person(
        given_name="مريم", family_name="العربي", addresses=["m@voorbeeld.example"], by=cast.own.lead
    )
    join(person, cast.own.community, organisation=cast.own.organisation)
    assert "مريم العربي" in names(client_of(cast.own.member))
