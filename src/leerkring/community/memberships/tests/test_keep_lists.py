"""Organisation admins and platform admins: lists of people without content."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from leerkring.community.accounts.tests.reading import address_of
from leerkring.community.memberships import actions, queries
from leerkring.community.memberships.enums import Role
from leerkring.community.memberships.models import Membership, OrganisationAdmin, Placement
from leerkring.community.memberships.tests.reading import count_queries, facts_named
from leerkring.community.people.models import Person
from leerkring.platform import clock
from leerkring.platform.rules import Refused
from tests.cast import Cast, make_person

Browser = Callable[[Person | None], Client]


@pytest.fixture
def admin(cast: Cast) -> Person:
    actions.appoint_organisation_admin(organisation=cast.own.organisation, person=cast.outsider, by=cast.platform_admin)
    return cast.outsider


def page_of(cast: Cast) -> str:
    return f"/organisations/{cast.own.organisation.pk}/people/"


def test_the_people_of_the_own_organisation_from_every_programme(cast: Cast, client_of: Browser, admin: Person) -> None:
    shown = client_of(admin).get(page_of(cast)).context["rows"]
    assert [(person.name, units) for person, units in shown] == [
        ("Colleague Eigen", ["Ruimte"]),
        ("Facilitator Eigen", ["Vastgoed"]),
        ("Follower Eigen", ["Ruimte"]),
        ("Keeper Eigen", ["Afval"]),
        ("Lead Eigen", ["Ruimte"]),
        ("Member Eigen", ["Ruimte"]),
    ]


def test_names_parts_and_addresses_and_nothing_of_what_they_do(cast: Cast, client_of: Browser, admin: Person) -> None:
    page = client_of(admin).get(page_of(cast)).content.decode()
    assert "member.eigen@voorbeeld.example" in page
    words = ("actief", "volger", "hoeder", "begeleider", "Leergemeenschap", "/eigen/")
    assert [word for word in words if word in page] == []


def test_other_organisations_and_other_people_stay_out(cast: Cast, client_of: Browser, admin: Person) -> None:
    assert client_of(admin).get(f"/organisations/{cast.other.organisation.pk}/people/").status_code == 403
    for person in (cast.own.lead, cast.own.member, cast.platform_admin):
        assert client_of(person).get(page_of(cast)).status_code == 403
    assert client_of(None).get(page_of(cast)).status_code == 302
    assert client_of(admin).get("/organisations/999999/people/").status_code == 404
    assert client_of(admin).get("/eigen/people/").status_code == 403
    assert client_of(admin).get("/ander/people/").status_code == 404


def test_who_moved_away_is_not_shown_any_more(cast: Cast, client_of: Browser, admin: Person) -> None:
    membership = queries.membership_of(cast.own.member, cast.own.community)
    assert membership is not None
    actions.place(membership=membership, organisation=cast.other.organisation, by=cast.own.lead)
    shown = client_of(admin).get(page_of(cast)).context["rows"]
    assert "Member Eigen" not in [person.name for person, _units in shown]


def test_search_and_as_many_questions_for_3_as_for_300(cast: Cast, client_of: Browser, admin: Person) -> None:
    browser = client_of(admin)
    found = browser.get(f"{page_of(cast)}?q=memb").context["rows"]
    assert [person.name for person, _units in found] == ["Member Eigen"]
    before = count_queries(browser, page_of(cast))
    for number in range(300):
        person = Person(given_name="E", family_name=f"Extra {number}", name_key=f"extra {number}")
        person.save()
        membership = Membership.objects.create(community=cast.own.community, person=person, since_on=clock.today())
        Placement.objects.create(membership=membership, organisation=cast.own.organisation, since_on=clock.today())
    assert count_queries(browser, page_of(cast)) == before


def test_platform_admins_appoint_and_dismiss(cast: Cast, client_of: Browser) -> None:
    browser = client_of(cast.platform_admin)
    organisation = cast.own.organisation
    page = f"/platform/organisations/{organisation.pk}/"
    assert browser.post(f"{page}admins/add/", {"address": address_of(cast.outsider)})["Location"] == page
    admin = OrganisationAdmin.objects.get()
    assert admin.person == cast.outsider
    ids = {"by": cast.platform_admin.pk, "organisation_id": organisation.pk, "person_id": cast.outsider.pk}
    assert facts_named("OrganisationAdminAppointed") == [ids]
    browser.post(f"{page}admins/add/", {"address": address_of(cast.outsider)})
    assert OrganisationAdmin.objects.count() == 1
    assert browser.post(f"{page}admins/{admin.pk}/dismiss/")["Location"] == page
    assert facts_named("OrganisationAdminDismissed") == [ids]
    assert not OrganisationAdmin.objects.exists()


@pytest.mark.parametrize("address", ["", "x", "niemand@voorbeeld.example"])
def test_an_address_that_nobody_has_is_told(cast: Cast, client_of: Browser, address: str) -> None:
    page = f"/platform/organisations/{cast.own.organisation.pk}/"
    response = client_of(cast.platform_admin).post(f"{page}admins/add/", {"address": address}, follow=True)
    assert "Niemand hier heeft dit adres." in response.content.decode()


def test_an_admin_of_another_organisation_does_not_exist_here(cast: Cast, client_of: Browser, admin: Person) -> None:
    right = OrganisationAdmin.objects.get()
    page = f"/platform/organisations/{cast.other.organisation.pk}/admins/{right.pk}/dismiss/"
    assert client_of(cast.platform_admin).post(page).status_code == 404


def test_one_hands_it_back_and_others_may_not(cast: Cast, admin: Person) -> None:
    right = OrganisationAdmin.objects.get()
    for by in (cast.own.lead, cast.own.member):
        with pytest.raises(PermissionDenied):
            actions.dismiss_organisation_admin(admin=right, by=by)
        with pytest.raises(PermissionDenied):
            actions.appoint_organisation_admin(organisation=cast.own.organisation, person=by, by=by)
    actions.dismiss_organisation_admin(admin=right, by=admin)
    assert queries.standing_of(admin).administers == frozenset()


def test_the_settings_get_another_keeper(cast: Cast, client_of: Browser) -> None:
    browser = client_of(cast.platform_admin)
    response = browser.post(f"/platform/people/{cast.own.member.pk}/appoint/")
    assert response["Location"] == "/platform/"
    assert client_of(cast.own.member).get("/platform/").status_code == 200
    assert facts_named("PlatformAdminAppointed") == [{"by": cast.platform_admin.pk, "person_id": cast.own.member.pk}]
    browser.post(f"/platform/people/{cast.own.member.pk}/dismiss/")
    assert client_of(cast.own.member).get("/platform/").status_code == 403
    assert facts_named("PlatformAdminDismissed") == [{"by": cast.platform_admin.pk, "person_id": cast.own.member.pk}]


def test_somebody_always_keeps_the_settings(cast: Cast, client_of: Browser) -> None:
    with pytest.raises(Refused):
        actions.dismiss_platform_admin(person=cast.platform_admin, by=cast.platform_admin)
    client_of(cast.platform_admin).post(f"/platform/people/{cast.platform_admin.pk}/dismiss/")
    assert client_of(cast.platform_admin).get("/platform/").status_code == 200


def test_people_of_the_installation_without_content(cast: Cast, client_of: Browser) -> None:
    browser = client_of(cast.platform_admin)
    page = browser.get("/platform/people/").content.decode()
    assert "member.eigen@voorbeeld.example" in page
    assert [word for word in ("actief", "Leergemeenschap", "Ruimte", "/eigen/") if word in page] == []
    found = browser.get("/platform/people/?q=memb").context["page"]
    assert [person.name for person in found] == ["Member Ander", "Member Eigen"]


def test_add_a_person(cast: Cast, client_of: Browser) -> None:
    browser = client_of(cast.platform_admin)
    typed: dict[str, Any] = {"name": "Jan van der Berg", "address": "jan@voorbeeld.example"}
    assert browser.post("/platform/people/add/", typed)["Location"] == "/platform/people/"
    assert Person.objects.get(family_name="Berg").prefix == "van der"
    again = browser.post("/platform/people/add/", typed)
    assert again.status_code == 422
    assert list(again.context["form"].errors) == ["address"]
    assert browser.post("/platform/people/add/", {}).status_code == 422


def test_lists_of_the_installation_are_for_platform_admins(cast: Cast, client_of: Browser, admin: Person) -> None:
    verbs = [
        "/platform/people/add/",
        f"/platform/people/{cast.own.member.pk}/appoint/",
        f"/platform/people/{cast.own.member.pk}/dismiss/",
        f"/platform/organisations/{cast.own.organisation.pk}/admins/add/",
    ]
    for person, status in ((cast.own.lead, 403), (admin, 403), (None, 302)):
        browser = client_of(person)
        assert browser.get("/platform/people/").status_code == status
        assert {browser.post(verb).status_code for verb in verbs} == {status}


def test_as_many_questions_for_3_people_as_for_300(cast: Cast, client_of: Browser) -> None:
    browser = client_of(cast.platform_admin)
    before = count_queries(browser, "/platform/people/")
    for number in range(300):
        make_person(f"Extra{number}")
    assert count_queries(browser, "/platform/people/") == before


def test_the_cast_of_the_demo(cast: Cast, client_of: Browser, settings: Any) -> None:
    assert client_of(None).get("/demo/").status_code == 404
    settings.DEMO = True
    assert "Hier staan geen voorbeeldgegevens" in client_of(None).get("/demo/").content.decode()
    cast.own.community.is_sample = True
    cast.own.community.save()
    Person.objects.filter(pk__in=[cast.own.lead.pk, cast.own.follower.pk]).update(is_sample=True)
    programmes = client_of(None).get("/demo/").context["programmes"]
    assert [(p.name, [(player.person.name, player.what) for player in p.players]) for p in programmes] == [
        ("Leergemeenschap eigen", [("Lead Eigen", "programmateam"), ("Follower Eigen", "volger")])
    ]
    browser = client_of(None)
    browser.get(programmes[0].players[0].link)
    assert browser.get("/eigen/people/").status_code == 200


def test_roles_of_sponsors_see_no_persons(cast: Cast, client_of: Browser) -> None:
    actions.grant_role(community=cast.own.community, person=cast.outsider, role=Role.SPONSOR, by=cast.own.lead)
    for page in ("/eigen/people/", f"/eigen/people/{cast.own.member.pk}/"):
        assert client_of(cast.outsider).get(page).status_code == 403
