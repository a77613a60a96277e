from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.accounts import queries as accounts
from leerkring.community.accounts.models import Account
from leerkring.community.memberships import access
from leerkring.community.memberships.facts import (
    OrganisationAdminAppointed,
    OrganisationAdminDismissed,
    PlatformAdminAppointed,
    PlatformAdminDismissed,
)
from leerkring.community.memberships.models import OrganisationAdmin
from leerkring.community.memberships.queries import forget_standings
from leerkring.community.people.models import Organisation, Person
from leerkring.platform import facts
from leerkring.platform.rules import Refused


def appoint_organisation_admin(*, organisation: Organisation, person: Person, by: Person) -> OrganisationAdmin:
    """Platform admins only. Raises PermissionDenied."""
    _must_keep_settings(by)
    with transaction.atomic():
        admin, is_new = OrganisationAdmin.objects.get_or_create(organisation=organisation, person=person)
        if is_new:
            facts.record(
                OrganisationAdminAppointed(
                    community_id=None, by_id=by.pk, organisation_id=organisation.pk, person_id=person.pk
                )
            )
    forget_standings()
    return admin


def dismiss_organisation_admin(*, admin: OrganisationAdmin, by: Person) -> None:
    """Platform admins, or the admin who hands it back. Raises PermissionDenied."""
    if by.pk != admin.person_id:
        _must_keep_settings(by)
    with transaction.atomic():
        facts.record(
            OrganisationAdminDismissed(
                community_id=None, by_id=by.pk, organisation_id=admin.organisation_id, person_id=admin.person_id
            )
        )
        admin.delete()
    forget_standings()


def appoint_platform_admin(*, person: Person, by: Person) -> None:
    """Platform admins only. Raises PermissionDenied, Refused for who has no account."""
    _must_keep_settings(by)
    if person.account is None:
        raise Refused(_("This person is not here any more. Choose somebody else."))
    person.account.is_platform_admin = True
    _save(person.account, PlatformAdminAppointed(community_id=None, by_id=by.pk, person_id=person.pk))


def dismiss_platform_admin(*, person: Person, by: Person) -> None:
    """Platform admins only. Raises PermissionDenied, Refused for the last one."""
    _must_keep_settings(by)
    if person.account is None or not person.account.is_platform_admin:
        return
    if accounts.platform_admins().count() == 1:
        raise Refused(_("Somebody has to keep the settings. Appoint another platform admin first."))
    person.account.is_platform_admin = False
    _save(person.account, PlatformAdminDismissed(community_id=None, by_id=by.pk, person_id=person.pk))


def _save(account: Account, fact: facts.Fact) -> None:
    with transaction.atomic():
        account.save(update_fields=["is_platform_admin"])
        facts.record(fact)
    forget_standings()


def _must_keep_settings(by: Person) -> None:
    if not access.may_keep_settings(by):
        raise PermissionDenied
