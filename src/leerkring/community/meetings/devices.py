"""Which device asks: a random secret in a signed cookie. What is kept of it is a hash (`codes.hash_of`)."""

import secrets

from django.http import HttpRequest, HttpResponse

COOKIE = "leerkring_device"
SALT = "leerkring.community.meetings.device"
YEAR = 365 * 24 * 3600


def device_of(request: HttpRequest) -> str:
    """The secret of this device; empty when it has none yet, or one that we did not give."""
    return str(request.get_signed_cookie(COOKIE, default="", salt=SALT) or "")


def device_made(request: HttpRequest) -> str:
    """The secret of this device, or a new one for `keep_device`."""
    return device_of(request) or secrets.token_urlsafe(32)


def keep_device(request: HttpRequest, response: HttpResponse, device: str) -> None:
    response.set_signed_cookie(
        COOKIE, device, salt=SALT, max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure()
    )
