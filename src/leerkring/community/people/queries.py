from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from leerkring.community.accounts.models import Account
from leerkring.community.people import names
from leerkring.community.people.models import Organisation, Person, PolicyField, Unit


def person_of_account(account: Account) -> Person | None:
    """The person who signs in with this account; None when there is none, or who left."""
    person: Person | None = getattr(account, "person", None)
    return person if person is not None and person.left_at is None else None


def people_here() -> QuerySet[Person]:
    """Everybody who did not leave, sorted by last name."""
    return Person.objects.filter(left_at__isnull=True)


def named(people: QuerySet[Person], text: str) -> QuerySet[Person]:
    """Those whose name holds every word of this text, without regard to capitals and accents."""
    found = Q()
    for word in names.fold(text).split():
        found &= Q(name_key__contains=word)
    return people.filter(found)


def person_numbered(person_id: int) -> Person | None:
    return Person.objects.select_related("account", "policy_field").filter(pk=person_id).first()


def organisations() -> QuerySet[Organisation]:
    return Organisation.objects.all()


def organisations_with_counts() -> QuerySet[Organisation]:
    return Organisation.objects.annotate(units_count=Count("units", distinct=True)).order_by("name")


def organisation_numbered(organisation_id: int) -> Organisation | None:
    return Organisation.objects.filter(pk=organisation_id).first()


def unit_numbered(unit_id: int) -> Unit | None:
    return Unit.objects.select_related("organisation", "parent").filter(pk=unit_id).first()


def units_of(organisation: Organisation) -> QuerySet[Unit]:
    return Unit.objects.filter(organisation=organisation).select_related("parent")


def policy_fields() -> QuerySet[PolicyField]:
    return PolicyField.objects.all()


def policy_field_numbered(policy_field_id: int) -> PolicyField | None:
    return PolicyField.objects.filter(pk=policy_field_id).first()


def units_under(unit: Unit) -> set[int]:
    """This part and everything below it, as ids."""
    parents = dict(units_of(unit.organisation).values_list("pk", "parent_id"))
    below = {unit.pk}
    while more := {child for child, parent in parents.items() if parent in below} - below:
        below |= more
    return below


def possible_parents(organisation: Organisation, unit: Unit | None) -> QuerySet[Unit]:
    """Parts that this one may stand under: not itself, and none of its own parts."""
    units = units_of(organisation)
    return units.exclude(pk__in=units_under(unit)) if unit is not None else units


@dataclass(frozen=True)
class Branch:
    """A part in the tree of its organisation."""

    unit: Unit
    depth: int


def tree_of(organisation: Organisation) -> list[Branch]:
    """All parts, each under its parent, in one query."""
    children: defaultdict[int | None, list[Unit]] = defaultdict(list)
    for unit in Unit.objects.filter(organisation=organisation):
        children[unit.parent_id].append(unit)

    def grow(parent_id: int | None, depth: int) -> list[Branch]:
        return [branch for unit in children[parent_id] for branch in (Branch(unit, depth), *grow(unit.pk, depth + 1))]

    return grow(None, 0)


def policy_fields_with_counts() -> QuerySet[PolicyField]:
    return PolicyField.objects.annotate(people_count=Count("people")).order_by("name")
