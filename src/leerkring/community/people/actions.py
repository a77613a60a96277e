from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.db.models import Max, ProtectedError
from django.utils.translation import gettext as _

from leerkring.community.accounts import actions as accounts
from leerkring.community.accounts import queries as account_queries
from leerkring.community.accounts.models import Account
from leerkring.community.people import access, names
from leerkring.community.people.enums import Digest, OrganisationKind
from leerkring.community.people.facts import (
    OrganisationAdded,
    OrganisationRemoved,
    OrganisationRenamed,
    PeopleAdded,
    PeopleTakenBack,
    PersonAdded,
    PersonLeft,
    PolicyFieldAdded,
    PolicyFieldRemoved,
    PolicyFieldRenamed,
    ProfileEdited,
    UnitAdded,
    UnitMoved,
    UnitRemoved,
    UnitRenamed,
)
from leerkring.community.people.models import Organisation, Person, PolicyField, Unit
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused


def add_organisation(
    *, name: str, by: Person, kind: OrganisationKind = OrganisationKind.MUNICIPALITY, is_sample: bool = False
) -> Organisation:
    """Platform admins only. Raises PermissionDenied, Refused when there is one of this name."""
    _must_keep_settings(by)
    name = _cleaned(name, _("Give the organisation a name."), 200)
    with transaction.atomic():
        organisation = _made(Organisation(name=name, kind=kind, is_sample=is_sample))
        facts.record(OrganisationAdded(by_id=by.pk, organisation_id=organisation.pk))
    return organisation


def rename_organisation(*, organisation: Organisation, name: str, by: Person) -> None:
    """Raises PermissionDenied, Refused when there is one of this name."""
    _must_keep_settings(by)
    organisation.name = _cleaned(name, _("Give the organisation a name."), 200)
    with transaction.atomic():
        _made(organisation)
        facts.record(OrganisationRenamed(by_id=by.pk, organisation_id=organisation.pk))


def remove_organisation(*, organisation: Organisation, by: Person) -> None:
    """Raises PermissionDenied, Refused while anything hangs on it."""
    _must_keep_settings(by)
    with transaction.atomic():
        facts.record(OrganisationRemoved(by_id=by.pk, organisation_id=organisation.pk))
        _remove(organisation)


def add_unit(
    *, organisation: Organisation, name: str, by: Person, parent: Unit | None = None, short_name: str = ""
) -> Unit:
    """Platform admins only. Raises PermissionDenied, Refused when the organisation has one of this name."""
    _must_keep_settings(by)
    if parent is not None and parent.organisation_id != organisation.pk:
        raise Refused(_("This part belongs to another organisation. Choose one of %(name)s.") % {"name": organisation})
    name = _cleaned(name, _("Give the part a name."), 200)
    last = Unit.objects.filter(organisation=organisation).aggregate(last=Max("position"))["last"]
    with transaction.atomic():
        unit = _made(
            Unit(
                organisation=organisation,
                parent=parent,
                name=name,
                short_name=names.clean(short_name)[:20],
                position=0 if last is None else last + 1,
            )
        )
        facts.record(UnitAdded(by_id=by.pk, organisation_id=organisation.pk, unit_id=unit.pk))
    return unit


def rename_unit(*, unit: Unit, name: str, by: Person, short_name: str | None = None) -> None:
    """Raises PermissionDenied, Refused when the organisation has one of this name."""
    _must_keep_settings(by)
    unit.name = _cleaned(name, _("Give the part a name."), 200)
    if short_name is not None:
        unit.short_name = names.clean(short_name)[:20]
    with transaction.atomic():
        _made(unit)
        facts.record(UnitRenamed(by_id=by.pk, unit_id=unit.pk))


def move_unit(*, unit: Unit, parent: Unit | None, by: Person) -> None:
    """Make it a part of another part, or of the organisation itself. Raises PermissionDenied, Refused for a circle."""
    _must_keep_settings(by)
    above = parent
    while above is not None:
        if above.pk == unit.pk or above.organisation_id != unit.organisation_id:
            raise Refused(_("A part cannot stand under itself or under another organisation. Choose another place."))
        above = above.parent
    if unit.parent_id == (parent.pk if parent else None):
        return
    unit.parent = parent
    with transaction.atomic():
        unit.save(update_fields=["parent"])
        facts.record(UnitMoved(by_id=by.pk, unit_id=unit.pk, parent_id=parent.pk if parent else None))


def remove_unit(*, unit: Unit, by: Person) -> None:
    """Raises PermissionDenied, Refused while parts, people or changes hang on it."""
    _must_keep_settings(by)
    with transaction.atomic():
        facts.record(UnitRemoved(by_id=by.pk, organisation_id=unit.organisation_id, unit_id=unit.pk))
        _remove(unit)


def add_policy_field(*, name: str, by: Person) -> PolicyField:
    """Platform admins only. Raises PermissionDenied, Refused when there is one of this name."""
    _must_keep_settings(by)
    name = _cleaned(name, _("Give the policy field a name."), 100)
    with transaction.atomic():
        policy_field = _made(PolicyField(name=name))
        facts.record(PolicyFieldAdded(by_id=by.pk, policy_field_id=policy_field.pk))
    return policy_field


def rename_policy_field(*, policy_field: PolicyField, name: str, by: Person) -> None:
    """Raises PermissionDenied, Refused when there is one of this name."""
    _must_keep_settings(by)
    policy_field.name = _cleaned(name, _("Give the policy field a name."), 100)
    with transaction.atomic():
        _made(policy_field)
        facts.record(PolicyFieldRenamed(by_id=by.pk, policy_field_id=policy_field.pk))


def remove_policy_field(*, policy_field: PolicyField, by: Person) -> None:
    """Raises PermissionDenied, Refused while people or enrolments have it."""
    _must_keep_settings(by)
    if Person.objects.filter(policy_field=policy_field).exists():
        raise Refused(_("People still work in %(name)s. It can go when nobody does.") % {"name": policy_field})
    with transaction.atomic():
        facts.record(PolicyFieldRemoved(by_id=by.pk, policy_field_id=policy_field.pk))
        _remove(policy_field)


def add_person(
    *,
    given_name: str,
    addresses: Sequence[str],
    by: Person,
    prefix: str = "",
    family_name: str = "",
    policy_field: PolicyField | None = None,
    language: str = "nl",
    is_sample: bool = False,
) -> Person:
    """A person with an account and these addresses, the first as the main one.

    The verbs that lead here check the right of `by`. Raises PermissionDenied when `by` is not here (any more), Refused
    when the name is missing or an address is taken.
    """
    if not access.may_add_person(by):
        raise PermissionDenied
    return _add(
        Person(policy_field=policy_field, is_sample=is_sample),
        names.Name(given_name, prefix, family_name),
        addresses,
        language,
        by=by,
    )


@dataclass(frozen=True)
class Newcomer:
    """Somebody in a list."""

    name: names.Name
    addresses: Sequence[str]
    policy_field_id: int | None = None


def add_people(
    *, newcomers: Sequence[Newcomer], by: Person | None, language: str = "nl", is_sample: bool = False
) -> list[Person]:
    """Everybody of a list at once, in its order; `by` is None for the operator at the console.

    The verbs that lead here check the right of `by`. Raises PermissionDenied, Refused when one has no name, or an
    address that is taken.
    """
    if by is not None and not access.may_add_person(by):
        raise PermissionDenied
    people = [Person(policy_field_id=newcomer.policy_field_id, is_sample=is_sample) for newcomer in newcomers]
    for person, newcomer in zip(people, newcomers, strict=True):
        _put_name(person, newcomer.name)
    with transaction.atomic():
        made = accounts.make_accounts(addresses=[newcomer.addresses for newcomer in newcomers], language=language)
        for person, account in zip(people, made, strict=True):
            person.account = account
        people = Person.objects.bulk_create(people, 500)
        facts.record(PeopleAdded(by_id=by.pk if by else None, person_ids=[person.pk for person in people]))
    return people


def take_people_back(*, people: Sequence[Person], by: Person) -> None:
    """Undo add_people for those who never acted: they go, with account and addresses.

    The verb that leads here checks that, and the right of `by`. Raises PermissionDenied.
    """
    if not access.may_add_person(by):
        raise PermissionDenied
    ids = [person.pk for person in people]
    with transaction.atomic():
        facts.record(PeopleTakenBack(by_id=by.pk, person_ids=ids))
        for start in range(0, len(ids), 500):
            Person.objects.filter(pk__in=ids[start : start + 500]).delete()
        accounts.close_accounts(account_ids=[person.account_id for person in people if person.account_id])


def introduce_oneself(
    *,
    given_name: str,
    address: str,
    prefix: str = "",
    family_name: str = "",
    policy_field: PolicyField | None = None,
    language: str = "nl",
) -> Person:
    """A newcomer whose address has just been proved. Raises Refused when the name is missing or the address taken."""
    name = names.Name(given_name, prefix, family_name)
    return _add(Person(policy_field=policy_field), name, [address], language, is_verified=True)


def add_first_person(
    *,
    given_name: str,
    address: str,
    prefix: str = "",
    family_name: str = "",
    language: str = "nl",
    is_sample: bool = False,
) -> Person:
    """The first platform admin of an installation. Raises Refused when there is one already."""
    if account_queries.platform_admins().exists():
        raise Refused(_("This installation has a platform admin already. Ask that person."))
    with transaction.atomic():
        name = names.Name(given_name, prefix, family_name)
        person = _add(Person(is_sample=is_sample), name, [address], language)
        Account.objects.filter(person=person).update(is_platform_admin=True)
    return Person.objects.select_related("account").get(pk=person.pk)


def edit_profile(
    *,
    person: Person,
    given_name: str,
    by: Person,
    prefix: str = "",
    family_name: str = "",
    policy_field: PolicyField | None = None,
    digest: Digest | None = None,
) -> None:
    """One's own. Raises PermissionDenied for somebody else's, Refused without a name."""
    if not access.may_edit_profile(by, person):
        raise PermissionDenied
    _put_name(person, names.Name(given_name, prefix, family_name))
    person.policy_field = policy_field
    person.digest = digest or Digest(person.digest)
    with transaction.atomic():
        person.save()
        facts.record(ProfileEdited(by_id=by.pk, person_id=person.pk))


def leave(*, person: Person, by: Person) -> None:
    """Leave the product: account, addresses, name and choices go at once.

    What was done and written stays without a name, and so do the counts. Memberships end on the floor above:
    call memberships.actions.leave_everything. Raises PermissionDenied for somebody else.
    """
    if not access.may_edit_profile(by, person):
        raise PermissionDenied
    account = person.account
    person.account = None
    person.given_name = person.prefix = person.family_name = person.name_key = ""
    person.policy_field = None
    person.digest = Digest.NEVER
    person.left_at = clock.now()
    with transaction.atomic():
        person.save()
        if account is not None:
            accounts.close_account(account=account)
        facts.record(PersonLeft(by_id=by.pk, person_id=person.pk))


def _add(
    person: Person,
    name: names.Name,
    addresses: Sequence[str],
    language: str,
    *,
    by: Person | None = None,
    is_verified: bool = False,
) -> Person:
    _put_name(person, name)
    if not addresses:
        raise Refused(_("Give an e-mail address: it is how people sign in."))
    with transaction.atomic():
        person.account = accounts.make_account(addresses=addresses, language=language, is_verified=is_verified)
        person.save()
        facts.record(PersonAdded(by_id=by.pk if by else person.pk, person_id=person.pk))
    return person


def _put_name(person: Person, name: names.Name) -> None:
    person.given_name = _cleaned(name.given_name, _("Give a first name."), 100)
    person.prefix = _within(names.clean(name.prefix), 40)
    person.family_name = _within(names.clean(name.family_name), 100)
    person.name_key = names.name_key(person.given_name, person.prefix, person.family_name)


def _cleaned(text: str, when_missing: str, longest: int) -> str:
    text = names.clean(text)
    if not text:
        raise Refused(when_missing)
    return _within(text, longest)


def _within(text: str, longest: int) -> str:
    if len(text) > longest:
        raise Refused(_("This name is too long: use at most %(count)d characters.") % {"count": longest})
    return text


Row = TypeVar("Row", bound=models.Model)


def _made(row: Row) -> Row:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Refused(_("%(name)s is there already. Choose another name.") % {"name": row}) from None
    return row


def _remove(row: models.Model) -> None:
    try:
        row.delete()
    except ProtectedError as error:
        count = len(error.protected_objects)
        if isinstance(row, Unit) and row.children.exists():
            message = _("%(name)s has parts of its own. Remove or move those first.")
        elif isinstance(row, Organisation) and row.units.exists():
            message = _("%(name)s has parts. Remove those first.")
        else:
            message = _("People or changes hang on %(name)s (%(count)d). It stays, so that old counts stay true.")
        raise Refused(message % {"name": row, "count": count}) from None


def _must_keep_settings(by: Person) -> None:
    if not access.may_keep_settings(by):
        raise PermissionDenied
