"""A whole list of persons is added at once, and taken back."""

import pytest
from django.core.exceptions import PermissionDenied

from leerkring.community.accounts.models import Account, EmailAddress
from leerkring.community.people import actions
from leerkring.community.people.actions import Newcomer
from leerkring.community.people.models import Person
from leerkring.community.people.names import Name
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import Refused
from tests.cast import Cast

LIST = [
    Newcomer(Name("Zoë", "van der", "Müller"), ["zoe@voorbeeld.example", "z@prive.example"]),
    Newcomer(Name("Bo", "", "Ek"), ["bo@voorbeeld.example"]),
]


def test_everybody_gets_an_account_with_their_addresses(cast: Cast) -> None:
    first, second = actions.add_people(newcomers=LIST, by=cast.own.lead)
    assert [(person.name, person.name_key) for person in (first, second)] == [
        ("Zoë van der Müller", "muller zoe van der"),
        ("Bo Ek", "ek bo"),
    ]
    addresses = EmailAddress.objects.filter(account=first.account_id).order_by("-is_main")
    assert list(addresses.values_list("address", "is_main")) == [
        ("zoe@voorbeeld.example", True),
        ("z@prive.example", False),
    ]
    fact = FactRow.objects.get(name="PeopleAdded")
    assert (fact.by_id, fact.ids) == (cast.own.lead.pk, {"person_ids": [first.pk, second.pk]})


@pytest.mark.parametrize(
    "wrong",
    [
        Newcomer(Name("", "", "Ek"), ["a@voorbeeld.example"]),
        Newcomer(Name("x" * 101, "", ""), ["a@voorbeeld.example"]),
        Newcomer(Name("A", "", ""), ["geen adres"]),
        Newcomer(Name("A", "", ""), ["BO@voorbeeld.example"]),
        Newcomer(Name("A", "", ""), ["Lead.Eigen@voorbeeld.example"]),
    ],
)
def test_nobody_is_added_when_one_cannot_be(cast: Cast, wrong: Newcomer) -> None:
    before = (Person.objects.count(), Account.objects.count())
    with pytest.raises(Refused):
        actions.add_people(newcomers=[*LIST, wrong], by=cast.own.lead)
    assert (Person.objects.count(), Account.objects.count()) == before


def test_taken_back_they_are_gone_with_account_and_addresses(cast: Cast) -> None:
    before = (Person.objects.count(), Account.objects.count(), EmailAddress.objects.count())
    people = actions.add_people(newcomers=LIST, by=None)
    actions.take_people_back(people=people, by=cast.own.lead)
    assert (Person.objects.count(), Account.objects.count(), EmailAddress.objects.count()) == before


def test_who_left_adds_nobody(cast: Cast) -> None:
    cast.own.member.account = None
    for verb in (
        lambda: actions.add_people(newcomers=LIST, by=cast.own.member),
        lambda: actions.take_people_back(people=[], by=cast.own.member),
    ):
        with pytest.raises(PermissionDenied):
            verb()
