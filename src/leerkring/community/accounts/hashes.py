"""Tokens and codes are kept as hashes: whoever reads the database cannot sign in with it."""

import hashlib
import secrets

from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from leerkring.community.accounts.models import Account

CODE_DIGITS = 6
DEMO_SALT = "leerkring.accounts.demo"


def new_token() -> str:
    return secrets.token_urlsafe(32)


def new_code() -> str:
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def address_hash(address: str) -> str:
    """The same for every way of writing the address; without the key of the installation nobody can try addresses."""
    return salted_hmac("leerkring.accounts.address", address.strip().lower(), algorithm="sha256").hexdigest()


def code_hash(code: str, link_hash: str) -> str:
    return salted_hmac("leerkring.accounts.code", f"{link_hash}:{code}", algorithm="sha256").hexdigest()


def code_fits(code: str, link_hash: str, kept: str) -> bool:
    return constant_time_compare(code_hash(code, link_hash), kept)


def demo_link(account: Account) -> str:
    """The path that signs in with one click as somebody of the sample cast; it works in the demo only."""
    return reverse("accounts:demo_sign_in", kwargs={"token": signing.dumps(account.pk, salt=DEMO_SALT)})


def account_of_demo_link(token: str) -> int | None:
    try:
        return int(signing.loads(token, salt=DEMO_SALT))
    except (signing.BadSignature, TypeError, ValueError):
        return None
