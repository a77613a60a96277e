from __future__ import annotations

from leerkring.community.accounts.models import Account
from leerkring.community.people.models import Person


def person_of_account(account: Account) -> Person | None:
    """The person who signs in with this account; None when there is none, or who left."""
    person: Person | None = getattr(account, "person", None)
    return person if person is not None and person.left_at is None else None
