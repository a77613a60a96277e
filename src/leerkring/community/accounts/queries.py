from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet, Sum, Value
from django.db.models.functions import Lower

from leerkring.community.accounts import hashes
from leerkring.community.accounts.enums import TicketPurpose, TicketState
from leerkring.community.accounts.models import Account, AddressClaim, EmailAddress, SignInTicket
from leerkring.platform import clock

DAY = timedelta(days=1)
DEVICE_KNOWN_FOR = timedelta(days=365)


def address_named(address: str) -> EmailAddress | None:
    """The address as somebody has it, without regard to capitals."""
    named = EmailAddress.objects.annotate(low=Lower("address")).filter(low=Lower(Value(address.strip())))
    return named.select_related("account").first()


def addresses_of(account: Account) -> QuerySet[EmailAddress]:
    """The main one first."""
    return EmailAddress.objects.filter(account=account).order_by("-is_main", "address")


def main_address_of(account: Account) -> EmailAddress | None:
    return addresses_of(account).first()


def claims_of(account: Account) -> QuerySet[AddressClaim]:
    """Addresses that still wait for the click in their mail."""
    waiting = AddressClaim.objects.filter(account=account, used_at__isnull=True, expires_at__gt=clock.now())
    return waiting.order_by("-asked_at")


def claim_of_link(token: str) -> AddressClaim | None:
    return AddressClaim.objects.filter(link_hash=hashes.token_hash(token)).select_related("account").first()


def account_of_demo_link(token: str) -> Account | None:
    account_id = hashes.account_of_demo_link(token)
    return Account.objects.filter(pk=account_id, is_active=True).first() if account_id else None


def platform_admins() -> QuerySet[Account]:
    return Account.objects.filter(is_platform_admin=True, is_active=True)


def ticket_of_link(token: str, purpose: TicketPurpose = TicketPurpose.SIGN_IN) -> SignInTicket | None:
    tickets = SignInTicket.objects.filter(link_hash=hashes.token_hash(token), purpose=purpose)
    return tickets.select_related("address__account").first()


def state_of_link(token: str, purpose: TicketPurpose = TicketPurpose.SIGN_IN) -> TicketState:
    """What a link still does; looking changes nothing, so a scanner of mail may look."""
    return state_of_ticket(ticket_of_link(token, purpose))


def state_of_ticket(ticket: SignInTicket | None) -> TicketState:
    if ticket is None:
        return TicketState.UNKNOWN
    if ticket.used_at is not None:
        return TicketState.USED
    return TicketState.OLD if ticket.is_old else TicketState.OPEN


def tickets_for_code(address: str, device: str, purpose: TicketPurpose) -> QuerySet[SignInTicket]:
    """The requests of this device for this address that a code may still answer, the newest first."""
    asked = SignInTicket.objects.filter(address_hash=hashes.address_hash(address), device=device, purpose=purpose)
    return asked.filter(used_at__isnull=True, expires_at__gt=clock.now()).order_by("-asked_at", "-id")


def is_known_device(address: str, device: str) -> bool:
    """Whether this device signed in with this address before: others cannot use up its turns."""
    since = clock.now() - DEVICE_KNOWN_FOR
    used = SignInTicket.objects.filter(address_hash=hashes.address_hash(address), device=device, used_at__gt=since)
    return used.exists()


def asks_for_address(address: str, within: timedelta) -> QuerySet[SignInTicket]:
    since = clock.now() - within
    return SignInTicket.objects.filter(address_hash=hashes.address_hash(address), asked_at__gt=since)


def asks_of_device(device: str, within: timedelta) -> QuerySet[SignInTicket]:
    return SignInTicket.objects.filter(device=device, asked_at__gt=clock.now() - within)


def wrong_codes_today(address: str) -> int:
    return asks_for_address(address, DAY).aggregate(total=Sum("wrong_codes_count"))["total"] or 0


def address_of(account: Account, address_id: int) -> EmailAddress | None:
    return addresses_of(account).filter(pk=address_id).first()


def claim_of(account: Account, token: str) -> AddressClaim | None:
    """The claim of this link, as far as it is this account's: for others it does not exist."""
    claim = claim_of_link(token)
    return claim if claim is not None and claim.account_id == account.pk else None


def state_of_claim(claim: AddressClaim | None) -> TicketState:
    if claim is None:
        return TicketState.UNKNOWN
    if claim.used_at is not None:
        return TicketState.USED
    return TicketState.OLD if claim.expires_at <= clock.now() else TicketState.OPEN
