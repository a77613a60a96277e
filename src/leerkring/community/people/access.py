from __future__ import annotations

from leerkring.community.people.models import Person


def may_keep_settings(person: Person | None) -> bool:
    """Organisations, their parts and policy fields belong to the platform admin."""
    return is_here(person) and person is not None and person.account is not None and person.account.is_platform_admin


def may_add_person(person: Person | None) -> bool:
    """Whoever is here; the verbs that lead to it (import, organisation admin) have a right of their own."""
    return is_here(person)


def may_edit_profile(person: Person | None, profile: Person) -> bool:
    return is_here(person) and person is not None and person.pk == profile.pk


def is_here(person: Person | None) -> bool:
    """Has an account and did not leave."""
    return person is not None and person.account_id is not None and person.left_at is None
