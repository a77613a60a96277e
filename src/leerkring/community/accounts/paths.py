from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

HOME = "/"
LONGEST = 500


def safe_path(request: HttpRequest, wanted: str) -> str:
    """The path of ours that was asked for, or home: no sign-in ends on somebody else's site."""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    if not ours or len(wanted) > LONGEST:
        return HOME
    parts = urlsplit(wanted)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return path if path.startswith("/") and not path.startswith("//") else HOME
