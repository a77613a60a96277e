from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from leerkring.community.accounts.enums import TicketPurpose
from leerkring.platform import clock


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(addresses__address__iexact=username)


class Account(AbstractBaseUser):
    """What somebody signs in with. It has no password: a link or a code in an e-mail opens it."""

    id: int
    password = None  # type: ignore[assignment]
    language = models.CharField(max_length=5, default="nl")
    is_active = models.BooleanField(default=True)
    is_platform_admin = models.BooleanField(default=False)
    sessions_valid_from = models.DateTimeField(null=True)
    made_at = models.DateTimeField()

    USERNAME_FIELD = "id"
    objects = AccountManager()

    def __str__(self) -> str:
        return f"account {self.pk}"

    def get_session_auth_hash(self) -> str:
        return f"{self.pk}-{self.sessions_valid_from.timestamp() if self.sessions_valid_from else ''}"

    def get_session_auth_fallback_hash(self) -> Any:
        return iter(())


class EmailAddress(models.Model):
    """An address of an account, written as its owner writes it; unique without regard to capitals."""

    id: int
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="addresses")
    address = models.EmailField(_("e-mail address"), max_length=254)
    is_main = models.BooleanField(default=False)
    verified_at = models.DateTimeField(null=True)

    account_id: int

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("address"), name="address_once"),
            models.UniqueConstraint(fields=["account"], condition=models.Q(is_main=True), name="one_main_address"),
        ]

    def __str__(self) -> str:
        return self.address


class SignInTicket(models.Model):
    """One sign-in by mail: a link and a code, each kept as a hash only, once, for a quarter of an hour.

    A request for an address that nobody has makes a ticket too, with `address` empty: the limits count it, and nothing
    in the answer tells the two apart.
    """

    id: int
    address = models.ForeignKey(EmailAddress, on_delete=models.CASCADE, null=True, related_name="tickets")
    address_hash = models.CharField(max_length=64)
    newcomer_address = models.EmailField(max_length=254, blank=True)
    purpose = models.CharField(max_length=8, choices=TicketPurpose, default=TicketPurpose.SIGN_IN)
    next_path = models.CharField(max_length=500, blank=True)
    link_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64)
    device = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    wrong_codes_count = models.PositiveSmallIntegerField(default=0)

    address_id: int | None

    class Meta:
        indexes = [models.Index(fields=["device", "asked_at"]), models.Index(fields=["address_hash", "asked_at"])]

    def __str__(self) -> str:
        return f"sign-in ticket {self.pk}"

    @property
    def is_old(self) -> bool:
        return self.expires_at <= clock.now()


class AddressClaim(models.Model):
    """An address that waits for the click in its confirmation mail. Until then it belongs to nobody."""

    id: int
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="claims")
    address = models.EmailField(max_length=254)
    link_hash = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    account_id: int

    def __str__(self) -> str:
        return f"claim {self.pk}"
