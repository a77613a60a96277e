"""Groups of people who do not work together, and what they agree on."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from leerkring.community.memberships.models import Community, Membership, Placement
from leerkring.community.people.models import Person
from leerkring.formats.intervisie import actions, queries
from leerkring.formats.intervisie.agreements import agreements_of, defaults
from leerkring.formats.intervisie.dividing import Concern, divide, groups_for, warnings_of
from leerkring.formats.intervisie.models import IntervisieGroup, LearningPoint, Round
from leerkring.formats.intervisie.tests.conftest import Sitting, make_member
from leerkring.platform import clock
from leerkring.platform.rules import Refused
from tests.cast import Cast

Browser = Callable[[Person | None], Client]


@given(organisations=st.lists(st.one_of(st.none(), st.integers(1, 6)), min_size=1, max_size=40))
def test_everybody_has_a_place_and_organisations_are_spread(organisations: list[int | None]) -> None:
    people = dict(enumerate(organisations))
    count = groups_for(len(people))
    division = divide(people, count)
    assert division == divide(people, count), "the same people, the same groups"
    assert set(division) == set(people)
    for organisation in set(organisations) - {None}:
        sizes = [
            sum(people[pk] == organisation and number == group for pk, number in division.items())
            for group in range(1, count + 1)
        ]
        assert max(sizes) - min(sizes) <= 1


def test_what_is_not_right_is_said() -> None:
    division = {1: 1, 2: 1, 3: 1, 4: 1, 5: 1, 6: 2}
    organisations = {1: 7, 2: 7, 3: 8, 4: None, 5: None, 6: 7}
    assert warnings_of(division, organisations) == [Concern(1, 5, 7), Concern(2, 1)]
    assert warnings_of(division, dict.fromkeys(division, 7)) == [Concern(2, 1)], "all are of one organisation"


def test_a_division_by_hand(cast: Cast, client_of: Browser) -> None:
    people = [make_member(cast, f"Mens{index}", f"Gemeente {index % 4}") for index in range(8)]
    lead, url = client_of(cast.own.lead), f"/{cast.own.community.slug}/intervisie/divide/"
    typed = {f"p{person.pk}": "1" if index in (0, 4) else "0" for index, person in enumerate(people)}
    page = lead.get(url, typed).content.decode()
    assert "Mens0 Voorbeeld en Mens4 Voorbeeld zijn van dezelfde organisatie: Gemeente 0." in page
    assert "Deze groep heeft 2 mensen." in page
    assert lead.post(url, {f"p{people[0].pk}": "1", "make": "1"}).status_code == 422
    assert lead.post(url, typed | {"p1": "99999999999", f"p{people[1].pk}": "x" * 400, "make": "1"}).status_code == 302
    group = IntervisieGroup.objects.get()
    assert list(queries.members_of(group)) == [people[0], people[4]]
    assert people[0] not in queries.people_without_group(cast.own.community)


def test_nobody_is_in_two_groups(sitting: Sitting) -> None:
    other = make_member(sitting.cast, "Fien")
    with pytest.raises(Refused, match="Anna"):
        actions.form_group(
            community=sitting.cast.own.community, name="Twee", people=[other, sitting.members[0]], by=sitting.lead
        )
    with pytest.raises(PermissionDenied):
        actions.form_group(
            community=sitting.cast.own.community, name="Twee", people=[other, sitting.cast.own.keeper], by=other
        )
    actions.close_group(group=sitting.group, by=sitting.lead)
    assert sitting.members[0] in queries.people_without_group(sitting.cast.own.community)
    with pytest.raises(PermissionDenied):
        actions.reopen_group(group=sitting.group, by=sitting.members[0])
    actions.reopen_group(group=sitting.group, by=sitting.lead)
    assert sitting.group.closed_at is None


def test_groups_are_seen_by_their_members_and_who_forms_them(sitting: Sitting, client_of: Browser) -> None:
    own = sitting.cast.own
    answers = {
        person: client_of(person).get(sitting.group_url()).status_code
        for person in (sitting.chair, own.lead, own.facilitator, own.keeper, own.member, own.follower, own.colleague)
    }
    assert list(answers.values()) == [200, 200, 200, 200, 404, 404, 404]
    assert client_of(None).get(sitting.group_url()).status_code == 302
    assert not queries.groups_visible_to(sitting.cast.other.lead, own.community).exists()
    for person, seen in ((own.member, False), (sitting.chair, True)):
        page = client_of(person).get(f"/{sitting.slug}/intervisie/").content.decode()
        assert ("Kring Zuid" in page) is seen


def test_agreements_are_each_ones_own_to_accept(sitting: Sitting, client_of: Browser) -> None:
    group, chair = sitting.group, sitting.chair
    assert agreements_of(group) == defaults()
    for other in (sitting.lead, sitting.cast.own.member):
        with pytest.raises(PermissionDenied):
            actions.accept_agreements(group=group, revision=1, by=other)
    assert client_of(sitting.lead).post(sitting.group_url("agreements/accept/"), {"revision": "1"}).status_code == 403
    actions.write_agreements(group=group, lines=" Eén  afspraak \n\n Nog een", revision=1, by=chair)
    assert agreements_of(group) == ["Eén afspraak", "Nog een"]
    assert not queries.has_accepted(chair, group)
    with pytest.raises(Refused):
        actions.accept_agreements(group=group, revision=1, by=chair)
    with pytest.raises(Refused, match="intussen"):
        actions.write_agreements(group=group, lines="Derde", revision=1, by=sitting.members[1])
    actions.accept_agreements(group=group, revision=2, by=chair)
    assert queries.has_accepted(chair, group)


def test_agreements_are_closed_while_a_round_runs(sitting: Sitting, client_of: Browser) -> None:
    sitting.begin()
    typed = {"lines": "Over de casus", "revision": "1"}
    answer = client_of(sitting.chair).post(sitting.group_url("agreements/"), typed)
    assert answer.status_code == 422
    assert agreements_of(IntervisieGroup.objects.get()) == defaults()


@pytest.mark.parametrize("page", ["", "groups", "divide/", "points/", "methods/", "run", "round", "meeting"])
def test_pages_ask_as_much_for_three_as_for_three_hundred(sitting: Sitting, client_of: Browser, page: str) -> None:
    home = f"/{sitting.slug}/intervisie/"
    urls = {
        "groups": sitting.group_url(), "run": sitting.url("run/"), "round": sitting.url(),
        "meeting": f"/{sitting.slug}/meetings/{sitting.meeting.pk}/",
    }  # fmt: skip
    url, browser = urls.get(page, home + page), client_of(sitting.cast.own.facilitator)
    browser.get(url)
    few = _asked(browser, url)
    _fill(sitting)
    many = _asked(browser, url)
    assert many <= few
    assert many <= 15 or page == "meeting", many


def _asked(browser: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(url).status_code == 200
    return len(captured)


def _fill(sitting: Sitting) -> None:
    """Rows of every kind, by the hundred, made directly: they are there to be counted."""
    community, group = sitting.cast.own.community, sitting.group
    base = sitting.members[0]
    people = Person.objects.bulk_create(
        [Person(given_name=f"P{index}", family_name="X", name_key=f"x p{index}") for index in range(300)]
    )
    today = clock.today()
    rows = Membership.objects.bulk_create(
        [Membership(community=community, person=person, since_on=today) for person in people]
    )
    place = Placement.objects.filter(membership__person=base).first()
    assert place
    Placement.objects.bulk_create(
        [Placement(membership=row, organisation=place.organisation, since_on=today) for row in rows]
    )
    circles = Community.objects.bulk_create(
        [Community(kind="group", root=community, name=f"Kring {index}") for index in range(300)]
    )
    groups = IntervisieGroup.objects.bulk_create(
        [IntervisieGroup(community=community, circle=circle, formed_at=clock.now()) for circle in circles]
    )
    Round.objects.bulk_create(
        [Round(group=each, meeting=sitting.meeting, built_in="gossip", state="done", minutes=55) for each in groups]
    )
    LearningPoint.objects.bulk_create(
        [
            LearningPoint(
                community=group.circle, group=group, person=base, label="programme", sentence=f"Zin {index}",
                released_at=clock.now(),
            )
            for index in range(300)
        ]
    )  # fmt: skip
