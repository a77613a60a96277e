from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from leerkring.community.accounts import hashes, limits, queries
from leerkring.community.accounts.enums import TicketPurpose, TicketState
from leerkring.community.accounts.facts import (
    AccountClosed,
    AccountMade,
    AccountsClosed,
    AccountsMade,
    AddressAsked,
    AddressConfirmed,
    AddressRemoved,
    CodeMissed,
    LanguageChosen,
    MainAddressChosen,
    SignedIn,
    SignedOutEverywhere,
    SignInAsked,
)
from leerkring.community.accounts.models import Account, AddressClaim, EmailAddress, SignInTicket
from leerkring.platform import clock, facts
from leerkring.platform.mail import actions as mail
from leerkring.platform.rules import Refused

demo_link = hashes.demo_link

TICKET_LASTS = timedelta(minutes=15)
CLAIM_LASTS = timedelta(days=2)


class TicketRefused(Refused):
    """A link or code that does not sign in (any more); `state` says why."""

    def __init__(self, state: TicketState) -> None:
        self.state = state
        super().__init__(_("This link does not work any more. Ask for a new one."))


@dataclass(frozen=True)
class Asked:
    """What was put in the mail. Only the demo may show it; `account` is None when nobody has the address."""

    ticket: SignInTicket
    token: str
    code: str
    account: Account | None


def make_account(*, addresses: Sequence[str], language: str = "nl", is_verified: bool = False) -> Account:
    """An account with these addresses, the first as the main one. Raises Refused when one is no address, or taken."""
    cleaned = list(dict.fromkeys(_cleaned(address) for address in addresses))
    now = clock.now()
    with transaction.atomic():
        account = Account.objects.create(made_at=now, language=_known_language(language))
        for position, address in enumerate(cleaned):
            _put_address(account, address, is_main=position == 0, is_verified=is_verified)
        facts.record(AccountMade(account_id=account.pk))
    return account


def make_accounts(*, addresses: Sequence[Sequence[str]], language: str = "nl") -> list[Account]:
    """Many accounts at once, in this order, each with its addresses. Raises Refused when one is none, or taken."""
    cleaned = [list(dict.fromkeys(_cleaned(address) for address in several)) for several in addresses]
    now, spoken = clock.now(), _known_language(language)
    try:
        with transaction.atomic():
            accounts = Account.objects.bulk_create([Account(made_at=now, language=spoken) for _several in cleaned], 500)
            EmailAddress.objects.bulk_create(
                [
                    EmailAddress(account=account, address=address, is_main=position == 0)
                    for account, several in zip(accounts, cleaned, strict=True)
                    for position, address in enumerate(several)
                ],
                500,
            )
            facts.record(AccountsMade(account_id=None, account_ids=[account.pk for account in accounts]))
    except IntegrityError:
        raise Refused(
            _("One of these addresses belongs to somebody else by now. Look at the list once more.")
        ) from None
    return accounts


def close_accounts(*, account_ids: Sequence[int]) -> None:
    """Take many accounts away with their addresses: those of a list that is taken back."""
    with transaction.atomic():
        facts.record(AccountsClosed(account_id=None, account_ids=list(account_ids)))
        for start in range(0, len(account_ids), 500):
            Account.objects.filter(pk__in=account_ids[start : start + 500]).delete()


def close_account(*, account: Account) -> None:
    """Take the account away with its addresses and links; open sessions end at their next page."""
    with transaction.atomic():
        for address in account.addresses.all():
            mail.forget_address(address=address.address)
        facts.record(AccountClosed(account_id=account.pk))
        account.delete()


def ask_sign_in(*, address: str, device: str, next_path: str = "") -> Asked:
    """Mail a link and a code to this address, if anybody has it. Raises TooOften.

    The answer is the same whether somebody has the address or not; so is the work, but for the mail itself.
    """
    asked = _make_ticket(address=address, device=device, purpose=TicketPurpose.SIGN_IN, next_path=next_path)
    if asked.account is not None and asked.ticket.address is not None:
        mail.send(
            to=asked.ticket.address.address,
            template="accounts/mail/sign_in",
            context={
                "link": settings.BASE_URL + reverse("accounts:sign_in_link", kwargs={"token": asked.token}),
                "code": asked.code,
            },
            language=asked.account.language,
            key=f"ticket-{asked.ticket.pk}",
            until=asked.ticket.expires_at,
            urgent=True,
        )
    return asked


def ask_proof(*, address: str, device: str, next_path: str = "", purpose: TicketPurpose = TicketPurpose.JOIN) -> Asked:
    """A link and a code that prove a newcomer's address; whoever asks writes the mail. Raises TooOften, Refused."""
    return _make_ticket(
        address=_cleaned(address),
        device=device,
        purpose=purpose,
        next_path=next_path,
        newcomer_address=address.strip(),
    )


def sign_in_by_link(*, token: str, purpose: TicketPurpose = TicketPurpose.SIGN_IN) -> SignInTicket:
    """Use up a link. The ticket's address says whose it was. Raises TicketRefused when it is used, old or unknown."""
    ticket = queries.ticket_of_link(token, purpose)
    if ticket is None:
        raise TicketRefused(TicketState.UNKNOWN)
    return _use(ticket)


def sign_in_by_code(
    *, address: str, code: str, device: str, purpose: TicketPurpose = TicketPurpose.SIGN_IN
) -> SignInTicket:
    """Use up a code on the device that asked for it. Raises Refused when it is wrong, TooOften after many tries."""
    limits.check_code(address, device)
    digits = "".join(character for character in code if character.isdigit())
    tickets = list(queries.tickets_for_code(address, device, purpose).select_related("address__account")[:3])
    usable = [ticket for ticket in tickets if ticket.wrong_codes_count < limits.WRONG_CODES_PER_TICKET]
    for ticket in usable:
        if hashes.code_fits(digits, ticket.link_hash, ticket.code_hash) and _is_anybodys(ticket):
            return _use(ticket)
    _count_miss(tickets[0] if tickets else None)
    if usable and usable[0].wrong_codes_count + 1 < limits.WRONG_CODES_PER_TICKET:
        raise Refused(_("This code does not fit. Look at the newest e-mail and type its six digits."))
    raise limits.TooOften(_("This code no longer works. Ask for a new e-mail."))


def sign_in_by_demo_link(*, token: str) -> Account:
    """Sign in as somebody of the sample cast. Raises PermissionDenied outside the demo, or for a forged link."""
    account = queries.account_of_demo_link(token)
    if not settings.DEMO or account is None:
        raise PermissionDenied
    with transaction.atomic():
        facts.record(SignedIn(account_id=account.pk, ticket_id=None))
    return account


def sign_out_everywhere(*, account: Account) -> None:
    """End every session of this account, the present one included."""
    account.sessions_valid_from = clock.now()
    with transaction.atomic():
        account.save(update_fields=["sessions_valid_from"])
        SignInTicket.objects.filter(address__account=account, used_at__isnull=True).update(expires_at=clock.now())
        facts.record(SignedOutEverywhere(account_id=account.pk))


def choose_language(*, account: Account, language: str) -> None:
    """Raises Refused for a language that we do not speak."""
    account.language = _known_language(language)
    with transaction.atomic():
        account.save(update_fields=["language"])
        facts.record(LanguageChosen(account_id=account.pk, language=account.language))


def add_address(*, account: Account, address: str) -> tuple[AddressClaim, str]:
    """Mail a link that adds this address to the account; gives the claim and the token of the link.

    Whether somebody else has the address shows only to who can read its mail. Raises Refused when it is no address,
    when it is the account's own already, or when too many wait.
    """
    address = _cleaned(address)
    known = queries.address_named(address)
    if known is not None and known.account_id == account.pk:
        raise Refused(_("This is your address already."))
    if queries.claims_of(account).count() >= limits.ASKS_PER_ADDRESS:
        raise Refused(_("Several addresses wait for their confirmation. Open one of those e-mails first."))
    token, now = hashes.new_token(), clock.now()
    with transaction.atomic():
        claim = AddressClaim.objects.create(
            account=account,
            address=address,
            link_hash=hashes.token_hash(token),
            asked_at=now,
            expires_at=now + CLAIM_LASTS,
        )
        mail.send(
            to=address,
            template="accounts/mail/confirm_address",
            context={"link": settings.BASE_URL + reverse("accounts:address_confirm", kwargs={"token": token})},
            language=account.language,
            key=f"claim-{claim.pk}",
            until=claim.expires_at,
            urgent=True,
        )
        facts.record(AddressAsked(account_id=account.pk, claim_id=claim.pk))
    return claim, token


def confirm_address(*, token: str, account: Account) -> EmailAddress:
    """Add the address of the link to the account that asked for it.

    Raises TicketRefused when the link is used, old or unknown (as it is to any other account), Refused when the address
    turns out to be somebody else's.
    """
    claim = queries.claim_of(account, token)
    state = queries.state_of_claim(claim)
    if claim is None or state != TicketState.OPEN:
        raise TicketRefused(state)
    with transaction.atomic():
        used = AddressClaim.objects.filter(pk=claim.pk, used_at__isnull=True).update(used_at=clock.now())
        if not used:
            raise TicketRefused(TicketState.USED)
        address = _put_address(account, claim.address, is_main=False, is_verified=True)
        facts.record(AddressConfirmed(account_id=account.pk, address_id=address.pk))
    return address


def make_main(*, account: Account, address: EmailAddress) -> None:
    """Send mail to this address from now on. Raises PermissionDenied for somebody else's, Refused when unconfirmed."""
    _must_own(account, address)
    if address.verified_at is None:
        raise Refused(_("Confirm this address first: open the link in the e-mail that we sent to it."))
    with transaction.atomic():
        EmailAddress.objects.filter(account=account, is_main=True).update(is_main=False)
        EmailAddress.objects.filter(pk=address.pk).update(is_main=True)
        facts.record(MainAddressChosen(account_id=account.pk, address_id=address.pk))
    address.is_main = True


def remove_address(*, account: Account, address: EmailAddress) -> None:
    """Raises PermissionDenied for somebody else's, Refused for the main one."""
    _must_own(account, address)
    if address.is_main:
        raise Refused(_("Mail goes to this address. Make another one your main address first."))
    with transaction.atomic():
        facts.record(AddressRemoved(account_id=account.pk, address_id=address.pk))
        address.delete()


def _make_ticket(
    *, address: str, device: str, purpose: TicketPurpose, next_path: str, newcomer_address: str = ""
) -> Asked:
    limits.check_asking(address, device)
    known = queries.address_named(address)
    if known is not None and not known.account.is_active:
        known = None
    token, code, now = hashes.new_token(), hashes.new_code(), clock.now()
    link_hash = hashes.token_hash(token)
    with transaction.atomic():
        ticket = SignInTicket.objects.create(
            address=known,
            address_hash=hashes.address_hash(address),
            newcomer_address="" if known else newcomer_address,
            purpose=purpose,
            next_path=next_path,
            link_hash=link_hash,
            code_hash=hashes.code_hash(code, link_hash),
            device=device,
            asked_at=now,
            expires_at=now + TICKET_LASTS,
        )
        facts.record(SignInAsked(account_id=known.account_id if known else None, ticket_id=ticket.pk))
    return Asked(ticket=ticket, token=token, code=code, account=known.account if known else None)


def _is_anybodys(ticket: SignInTicket) -> bool:
    return ticket.address is not None or ticket.newcomer_address != ""


def _use(ticket: SignInTicket) -> SignInTicket:
    """Once: of two at the same moment, the database lets one through."""
    state = queries.state_of_ticket(ticket)
    if state == TicketState.OPEN and not _is_anybodys(ticket):
        state = TicketState.UNKNOWN
    if state != TicketState.OPEN:
        raise TicketRefused(state)
    now = clock.now()
    with transaction.atomic():
        if not SignInTicket.objects.filter(pk=ticket.pk, used_at__isnull=True).update(used_at=now):
            raise TicketRefused(TicketState.USED)
        if ticket.address is not None and ticket.address.verified_at is None:
            EmailAddress.objects.filter(pk=ticket.address.pk).update(verified_at=now)
            ticket.address.verified_at = now
        account_id = ticket.address.account_id if ticket.address else None
        facts.record(SignedIn(account_id=account_id, ticket_id=ticket.pk))
    ticket.used_at = now
    return ticket


def _count_miss(ticket: SignInTicket | None) -> None:
    with transaction.atomic():
        if ticket is not None:
            SignInTicket.objects.filter(pk=ticket.pk).update(wrong_codes_count=F("wrong_codes_count") + 1)
        account_id = ticket.address.account_id if ticket is not None and ticket.address else None
        facts.record(CodeMissed(account_id=account_id, ticket_id=ticket.pk if ticket else None))


def _put_address(account: Account, address: str, *, is_main: bool, is_verified: bool) -> EmailAddress:
    try:
        with transaction.atomic():
            return EmailAddress.objects.create(
                account=account,
                address=address,
                is_main=is_main,
                verified_at=clock.now() if is_verified else None,
            )
    except IntegrityError:
        raise Refused(
            _("%(address)s belongs to another account. Sign in with it, or ask the programme team to help.")
            % {"address": address}
        ) from None


def _cleaned(address: str) -> str:
    address = address.strip()
    try:
        validate_email(address)
    except ValidationError:
        raise Refused(_("%(address)s is no e-mail address. Check it and try again.") % {"address": address}) from None
    return address


def _known_language(language: str) -> str:
    if language not in dict(settings.LANGUAGES):
        raise Refused(_("We do not speak this language yet. Choose Dutch or English."))
    return language


def _must_own(account: Account, address: EmailAddress) -> None:
    if address.account_id != account.pk:
        raise PermissionDenied
