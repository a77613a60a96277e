from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect

from leerkring.community.accounts.models import Account
from leerkring.community.accounts.paths import safe_path

ASKED = "sign_in_asked"
"""Under this key the session knows the address that a code was asked for."""


def enter(request: HttpRequest, account: Account | None, next_path: str) -> HttpResponseRedirect:
    """Begin a session for this account, under a new key: one that was planted before is worth nothing."""
    if account is None:
        raise Http404
    request.session.pop(ASKED, None)
    login(request, account)
    return redirect(safe_path(request, next_path))
