import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from leerkring.community.accounts import queries as accounts
from leerkring.community.accounts.models import Account, EmailAddress
from leerkring.community.people import actions, queries
from leerkring.community.people.models import Person, PolicyField
from leerkring.community.people.names import Name
from leerkring.community.people.tests.reading import facts_named
from leerkring.platform import clock
from leerkring.platform.rules import Refused
from tests.cast import Cast


def test_a_person_comes_with_an_account_and_addresses(cast: Cast) -> None:
    waste = PolicyField.objects.create(name="afval")
    person = actions.add_person(
        given_name=" Jan ",
        prefix="van der",
        family_name="Berg",
        addresses=["jan@voorbeeld.example", "jan@thuis.example"],
        policy_field=waste,
        language="en",
        by=cast.own.lead,
    )
    assert (person.name, person.name_key, person.policy_field) == ("Jan van der Berg", "berg jan van der", waste)
    assert person.account is not None
    assert [row.address for row in accounts.addresses_of(person.account)] == [
        "jan@voorbeeld.example",
        "jan@thuis.example",
    ]
    assert person.account.language == "en"
    assert facts_named("PersonAdded") == [{"by": cast.own.lead.pk, "person_id": person.pk}]


@pytest.mark.parametrize(
    ("given_name", "addresses"),
    [("", ["a@voorbeeld.example"]), ("  ", ["a@voorbeeld.example"]), ("Jan", []), ("Jan", ["geen adres"])],
)
def test_without_a_name_or_an_address_nobody_comes(cast: Cast, given_name: str, addresses: list[str]) -> None:
    before = Person.objects.count(), Account.objects.count()
    with pytest.raises(Refused):
        actions.add_person(given_name=given_name, addresses=addresses, by=cast.own.lead)
    assert (Person.objects.count(), Account.objects.count()) == before


def test_an_address_in_use_makes_no_double(cast: Cast) -> None:
    actions.add_person(given_name="Jan", addresses=["jan@voorbeeld.example"], by=cast.own.lead)
    with pytest.raises(Refused):
        actions.add_person(given_name="Johan", addresses=["JAN@voorbeeld.example"], by=cast.own.lead)


def test_who_left_adds_nobody(cast: Cast) -> None:
    actions.leave(person=cast.outsider, by=cast.outsider)
    with pytest.raises(PermissionDenied):
        actions.add_person(given_name="Jan", addresses=["jan@voorbeeld.example"], by=cast.outsider)


def test_a_newcomer_introduces_oneself(db: None) -> None:
    person = actions.introduce_oneself(given_name="Jan", address="jan@voorbeeld.example")
    assert person.account is not None
    assert accounts.addresses_of(person.account).get().verified_at is not None
    assert facts_named("PersonAdded") == [{"by": person.pk, "person_id": person.pk}]


def test_the_first_person_keeps_the_settings_and_there_is_one_first(db: None) -> None:
    person = actions.add_first_person(given_name="Petra", address="petra@voorbeeld.example")
    assert person.account is not None
    assert person.account.is_platform_admin
    with pytest.raises(Refused):
        actions.add_first_person(given_name="Piet", address="piet@voorbeeld.example")


@pytest.mark.parametrize("longest", [101, 300])
def test_a_name_too_long_is_refused_not_cut(cast: Cast, longest: int) -> None:
    with pytest.raises(Refused):
        actions.add_person(given_name="x" * longest, addresses=["x@voorbeeld.example"], by=cast.own.lead)


def test_people_of_a_list_come_all_or_none(cast: Cast) -> None:
    before = Person.objects.count()
    newcomers = [
        actions.Newcomer(Name("Jan", "", "Smit"), ["jan@voorbeeld.example"]),
        actions.Newcomer(Name("Johan", "", "Smit"), ["jan@voorbeeld.example"]),
    ]
    with pytest.raises((Refused, IntegrityError)):
        actions.add_people(newcomers=newcomers, by=cast.own.lead)
    assert Person.objects.count() == before
    made = actions.add_people(newcomers=newcomers[:1], by=cast.own.lead)
    assert facts_named("PeopleAdded") == [{"by": cast.own.lead.pk, "person_ids": [made[0].pk]}]


def test_leaving_takes_name_account_and_choices_at_once(cast: Cast) -> None:
    person = cast.outsider
    address = f"{person.given_name}.{person.family_name}@voorbeeld.example".lower()
    assert EmailAddress.objects.filter(address=address).exists()
    accounts_before = Account.objects.count()
    actions.leave(person=person, by=person)
    kept = Person.objects.get(pk=person.pk)
    assert (kept.account, kept.given_name, kept.family_name, kept.name_key) == (None, "", "", "")
    assert kept.left_at is not None
    assert Account.objects.count() == accounts_before - 1
    assert not EmailAddress.objects.filter(address=address).exists()
    assert (kept.name, kept.initials) == ("Iemand die weg is", "–")
    assert facts_named("PersonLeft") == [{"by": person.pk, "person_id": person.pk}]


def test_nobody_leaves_for_somebody_else(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        actions.leave(person=cast.outsider, by=cast.platform_admin)


def test_people_are_found_by_any_part_of_their_name_without_accents(cast: Cast) -> None:
    actions.add_person(
        given_name="Çağla", prefix="van", family_name="Ötten", addresses=["c@voorbeeld.example"], by=cast.own.lead
    )
    everybody = queries.people_here()
    assert [person.given_name for person in queries.named(everybody, "otten cag")] == ["Çağla"]
    assert [person.given_name for person in queries.named(everybody, "otten xyz")] == []
    assert queries.named(everybody, "%").count() == 0


def test_who_left_is_not_among_the_people_here(cast: Cast) -> None:
    actions.leave(person=cast.outsider, by=cast.outsider)
    assert cast.outsider.pk not in set(queries.people_here().values_list("pk", flat=True))
    assert clock.now() >= Person.objects.get(pk=cast.outsider.pk).left_at  # type: ignore[operator]
