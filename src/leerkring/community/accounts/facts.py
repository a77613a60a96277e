"""What happens to accounts. This floor knows no persons: `account_id` says who, `by_id` stays empty."""

from dataclasses import dataclass

from leerkring.platform.facts import Fact


@dataclass(frozen=True, kw_only=True)
class AccountFact(Fact):
    community_id: int | None = None
    by_id: int | None = None
    account_id: int | None


@dataclass(frozen=True, kw_only=True)
class AccountMade(AccountFact):
    pass


@dataclass(frozen=True, kw_only=True)
class AccountClosed(AccountFact):
    pass


@dataclass(frozen=True, kw_only=True)
class AccountsMade(AccountFact):
    """Accounts of a list, made at once."""

    account_ids: list[int]


@dataclass(frozen=True, kw_only=True)
class AccountsClosed(AccountFact):
    account_ids: list[int]


@dataclass(frozen=True, kw_only=True)
class SignInAsked(AccountFact):
    """Somebody asked for a link; `account_id` is None when nobody has the address."""

    ticket_id: int


@dataclass(frozen=True, kw_only=True)
class SignedIn(AccountFact):
    ticket_id: int | None
    """None for a link of the demo."""


@dataclass(frozen=True, kw_only=True)
class CodeMissed(AccountFact):
    """A wrong code was typed."""

    ticket_id: int | None


@dataclass(frozen=True, kw_only=True)
class SignedOutEverywhere(AccountFact):
    pass


@dataclass(frozen=True, kw_only=True)
class LanguageChosen(AccountFact):
    language: str


@dataclass(frozen=True, kw_only=True)
class AddressAsked(AccountFact):
    """An address waits for the click in its confirmation mail."""

    claim_id: int


@dataclass(frozen=True, kw_only=True)
class AddressConfirmed(AccountFact):
    address_id: int


@dataclass(frozen=True, kw_only=True)
class MainAddressChosen(AccountFact):
    address_id: int


@dataclass(frozen=True, kw_only=True)
class AddressRemoved(AccountFact):
    address_id: int
