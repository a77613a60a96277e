from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leerkring.community.people import actions, queries
from leerkring.community.people.models import Organisation, Person, PolicyField, Unit
from leerkring.community.people.tests.reading import facts_named
from leerkring.platform.rules import Refused
from tests.cast import Cast

Browser = Callable[[Person | None], Client]


@pytest.fixture
def admin(cast: Cast) -> Person:
    return cast.platform_admin


def test_add_an_organisation(cast: Cast, admin: Person, client_of: Browser) -> None:
    response = client_of(admin).post("/platform/organisations/add/", {"name": "Gemeente Nieuw", "kind": "municipality"})
    organisation = Organisation.objects.get(name="Gemeente Nieuw")
    assert response["Location"] == f"/platform/organisations/{organisation.pk}/"
    assert facts_named("OrganisationAdded") == [{"by": admin.pk, "organisation_id": organisation.pk}]


def test_a_name_that_is_there_comes_back(cast: Cast, admin: Person, client_of: Browser) -> None:
    response = client_of(admin).post("/platform/organisations/add/", {"name": "Gemeente Eigen", "kind": "region"})
    assert response.status_code == 422
    assert response.context["organisation_form"].errors["name"] == ["Gemeente Eigen is er al. Kies een andere naam."]


def test_rename_and_remove_an_organisation(cast: Cast, admin: Person, client_of: Browser) -> None:
    organisation = actions.add_organisation(name="Gemeente Nieuw", by=admin)
    browser = client_of(admin)
    path = f"/platform/organisations/{organisation.pk}/"
    assert browser.post(f"{path}rename/", {"name": "Gemeente Oud"}).status_code == 302
    assert Organisation.objects.get(pk=organisation.pk).name == "Gemeente Oud"
    assert browser.post(f"{path}rename/", {"name": "Gemeente Eigen"}).status_code == 422
    assert browser.post(f"{path}remove/")["Location"] == "/platform/"
    assert not Organisation.objects.filter(pk=organisation.pk).exists()
    assert facts_named("OrganisationRemoved") == [{"by": admin.pk, "organisation_id": organisation.pk}]


def test_an_organisation_in_use_stays(cast: Cast, admin: Person, client_of: Browser) -> None:
    with pytest.raises(Refused) as refusal:
        actions.remove_organisation(organisation=cast.own.organisation, by=admin)
    assert refusal.value.message == "Gemeente Eigen heeft onderdelen. Haal die eerst weg."
    response = client_of(admin).post(f"/platform/organisations/{cast.own.organisation.pk}/remove/", follow=True)
    assert refusal.value.message in response.content.decode()
    assert facts_named("OrganisationRemoved") == []


def test_add_a_part_under_another(cast: Cast, admin: Person, client_of: Browser) -> None:
    parent = cast.own.units[0]
    response = client_of(admin).post(
        f"/platform/organisations/{cast.own.organisation.pk}/units/add/",
        {"name": "Team Noord", "short_name": "N", "parent": parent.pk},
    )
    assert response.status_code == 302
    unit = Unit.objects.get(name="Team Noord")
    assert (unit.parent, unit.short_name, unit.position) == (parent, "N", 3)
    assert facts_named("UnitAdded") == [
        {"by": admin.pk, "organisation_id": cast.own.organisation.pk, "unit_id": unit.pk}
    ]


def test_a_part_of_another_organisation_is_no_parent(cast: Cast, admin: Person, client_of: Browser) -> None:
    foreign = cast.other.units[0]
    with pytest.raises(Refused):
        actions.add_unit(organisation=cast.own.organisation, name="Team", parent=foreign, by=admin)
    response = client_of(admin).post(
        f"/platform/organisations/{cast.own.organisation.pk}/units/add/", {"name": "Team", "parent": foreign.pk}
    )
    assert response.status_code == 422


def test_rename_and_move_a_part(cast: Cast, admin: Person, client_of: Browser) -> None:
    first, second, _third = cast.own.units
    browser = client_of(admin)
    response = browser.post(
        f"/platform/units/{second.pk}/edit/", {"name": "Grondstoffen", "short_name": "GS", "parent": first.pk}
    )
    assert response["Location"] == f"/platform/organisations/{cast.own.organisation.pk}/"
    second.refresh_from_db()
    assert (second.name, second.short_name, second.parent) == ("Grondstoffen", "GS", first)
    assert facts_named("UnitRenamed") == [{"by": admin.pk, "unit_id": second.pk}]
    assert facts_named("UnitMoved") == [{"by": admin.pk, "unit_id": second.pk, "parent_id": first.pk}]


def test_no_part_stands_under_itself(cast: Cast, admin: Person, client_of: Browser) -> None:
    first, second, _third = cast.own.units
    actions.move_unit(unit=second, parent=first, by=admin)
    for parent in (first, second):
        with pytest.raises(Refused):
            actions.move_unit(unit=first, parent=Unit.objects.get(pk=parent.pk), by=admin)
    assert set(queries.possible_parents(cast.own.organisation, first)) == {cast.own.units[2]}
    response = client_of(admin).post(f"/platform/units/{first.pk}/edit/", {"name": "Ruimte", "parent": second.pk})
    assert response.status_code == 422


def test_a_part_under_a_membership_stays(cast: Cast, admin: Person, client_of: Browser) -> None:
    unit = cast.own.units[1]
    with pytest.raises(Refused) as refusal:
        actions.remove_unit(unit=unit, by=admin)
    assert refusal.value.message == (
        "Aan Afval hangen nog mensen of veranderingen (1). Het blijft staan, zodat oude cijfers blijven kloppen."
    )
    response = client_of(admin).post(f"/platform/units/{unit.pk}/remove/", follow=True)
    assert refusal.value.message in response.content.decode()
    assert Unit.objects.filter(pk=unit.pk).exists()
    assert facts_named("UnitRemoved") == []


def test_a_part_with_parts_stays(cast: Cast, admin: Person) -> None:
    parent = actions.add_unit(organisation=cast.own.organisation, name="Stadsdelen", by=admin)
    actions.add_unit(organisation=cast.own.organisation, name="Noord", parent=parent, by=admin)
    with pytest.raises(Refused) as refusal:
        actions.remove_unit(unit=parent, by=admin)
    assert refusal.value.message == "Stadsdelen heeft zelf onderdelen. Haal die eerst weg, of verplaats ze."


def test_a_part_that_nobody_uses_goes(cast: Cast, admin: Person, client_of: Browser) -> None:
    unit = actions.add_unit(organisation=cast.own.organisation, name="Leeg", by=admin)
    assert client_of(admin).post(f"/platform/units/{unit.pk}/remove/").status_code == 302
    assert not Unit.objects.filter(pk=unit.pk).exists()


def test_policy_fields(cast: Cast, admin: Person, client_of: Browser) -> None:
    browser = client_of(admin)
    assert browser.post("/platform/policy-fields/add/", {"name": "afval"}).status_code == 302
    assert browser.post("/platform/policy-fields/add/", {"name": "afval"}).status_code == 422
    waste = PolicyField.objects.get()
    path = f"/platform/policy-fields/{waste.pk}/"
    assert browser.get(path).status_code == 200
    assert browser.post(f"{path}rename/", {"name": "grondstoffen"}).status_code == 302
    Person.objects.filter(pk=cast.own.member.pk).update(policy_field=waste)
    assert browser.post(f"{path}remove/")["Location"] == path
    assert PolicyField.objects.get().name == "grondstoffen"
    Person.objects.update(policy_field=None)
    assert browser.post(f"{path}remove/")["Location"] == "/platform/"
    assert not PolicyField.objects.exists()


def test_settings_are_for_platform_admins_alone(cast: Cast, client_of: Browser) -> None:
    unit, organisation = cast.own.units[0], cast.own.organisation
    field = PolicyField.objects.create(name="afval")
    pages = [
        "/platform/",
        f"/platform/organisations/{organisation.pk}/",
        f"/platform/units/{unit.pk}/",
        f"/platform/policy-fields/{field.pk}/",
    ]
    verbs = [
        "/platform/organisations/add/",
        "/platform/policy-fields/add/",
        f"/platform/organisations/{organisation.pk}/rename/",
        f"/platform/organisations/{organisation.pk}/remove/",
        f"/platform/organisations/{organisation.pk}/units/add/",
        f"/platform/units/{unit.pk}/edit/",
        f"/platform/units/{unit.pk}/remove/",
        f"/platform/policy-fields/{field.pk}/rename/",
        f"/platform/policy-fields/{field.pk}/remove/",
    ]
    for person, status in ((cast.own.lead, 403), (None, 302)):
        browser = client_of(person)
        assert {browser.get(page).status_code for page in pages} == {status}
        assert {browser.post(verb, {"name": "x"}).status_code for verb in verbs} == {status}
    assert {client_of(cast.platform_admin).get(page).status_code for page in pages} == {200}


def test_the_actions_themselves_refuse_others(cast: Cast) -> None:
    for by in (cast.own.lead, cast.outsider):
        with pytest.raises(PermissionDenied):
            actions.add_organisation(name="X", by=by)
        with pytest.raises(PermissionDenied):
            actions.add_unit(organisation=cast.own.organisation, name="X", by=by)
        with pytest.raises(PermissionDenied):
            actions.remove_unit(unit=cast.own.units[0], by=by)
        with pytest.raises(PermissionDenied):
            actions.add_policy_field(name="X", by=by)


def test_the_tree_shows_each_part_under_its_own(cast: Cast, admin: Person) -> None:
    parent = actions.add_unit(organisation=cast.own.organisation, name="Stadsdelen", by=admin)
    actions.add_unit(organisation=cast.own.organisation, name="Noord", parent=parent, by=admin)
    assert [(branch.unit.name, branch.depth) for branch in queries.tree_of(cast.own.organisation)] == [
        ("Ruimte", 0),
        ("Afval", 0),
        ("Vastgoed", 0),
        ("Stadsdelen", 0),
        ("Noord", 1),
    ]
    assert [branch.unit.name for branch in queries.tree_of(cast.other.organisation)] == ["Ruimte", "Afval", "Vastgoed"]


@pytest.mark.parametrize("name", ["x" * 201, "   ", "\u200b"])
def test_names_that_are_none(cast: Cast, admin: Person, client_of: Browser, name: str) -> None:
    assert client_of(admin).post("/platform/organisations/add/", {"name": name, "kind": "region"}).status_code == 422


def test_as_many_questions_to_the_database_for_3_as_for_300(cast: Cast, admin: Person, client_of: Browser) -> None:
    pages = ["/platform/", f"/platform/organisations/{cast.own.organisation.pk}/"]
    browser = client_of(admin)
    for page in pages:
        browser.get(page)
    counts = [_count(browser, page) for page in pages]
    Organisation.objects.bulk_create([Organisation(name=f"Gemeente {number}") for number in range(300)])
    PolicyField.objects.bulk_create([PolicyField(name=f"veld {number}") for number in range(300)])
    Unit.objects.bulk_create([Unit(organisation=cast.own.organisation, name=f"deel {number}") for number in range(300)])
    assert [_count(browser, page) for page in pages] == counts


def _count(browser: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(page).status_code == 200
    return len(captured)
