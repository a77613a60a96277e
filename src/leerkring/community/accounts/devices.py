"""A device is a browser that keeps a cookie of ours: limits count by it, and a code works only where it was asked."""

import re
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "leerkring-device"
YEAR = 365 * 24 * 3600
OURS = re.compile(r"[A-Za-z0-9_-]{32}")


def device_of(request: HttpRequest) -> str:
    """The device that asks; a new name when it has none yet, to be remembered with the answer."""
    known = request.COOKIES.get(COOKIE, "")
    return known if OURS.fullmatch(known) else secrets.token_urlsafe(24)


def is_new_device(request: HttpRequest) -> bool:
    """Whether nothing can be known of this device yet."""
    return OURS.fullmatch(request.COOKIES.get(COOKIE, "")) is None


def remember_device(response: HttpResponse, device: str) -> None:
    response.set_cookie(
        COOKIE, device, max_age=YEAR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
