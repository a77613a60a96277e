"""What the tests of sign-in read: mails with their link and code, and the facts that were written."""

import re

from django.core import mail
from django.test import Client

from leerkring.community.accounts.models import Account
from leerkring.community.people.models import Person
from leerkring.platform.facts.models import FactRow


def facts_named(name: str) -> list[dict[str, object]]:
    return [dict(row.ids) for row in FactRow.objects.filter(name=name).order_by("id")]


def account_of(person: Person) -> Account:
    assert person.account is not None
    return person.account


def address_of(person: Person) -> str:
    return str(account_of(person).addresses.get(is_main=True).address)


def link_in_mail() -> str:
    """The path of the link in the newest mail."""
    found = re.search(r"https?://[^/\s]+(/\S+)", str(mail.outbox[-1].body))
    assert found is not None
    return found.group(1)


def code_in_mail() -> str:
    found = re.search(r"\b(\d{6})\b", str(mail.outbox[-1].body).replace(link_in_mail(), ""))
    assert found is not None
    return found.group(1)


def wrong_for(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def is_signed_in(browser: Client, person: Person) -> bool:
    return browser.session.get("_auth_user_id") == str(person.account_id)
