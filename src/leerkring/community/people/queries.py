from __future__ import annotations

from leerkring.community.people.models import Person


def person_of_account(account_id: int) -> Person | None:
    """The person who signs in with this account, with the account at hand."""
    return Person.objects.select_related("account").filter(account_id=account_id, left_at__isnull=True).first()
