from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from leerkring.platform.admission import Admission, admits
from leerkring.platform.ui import parts
from leerkring.platform.ui.theme import THEME_COOKIE, THEMES

YEAR = 365 * 24 * 3600


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """To the page where the choice was made, if it is ours."""
    target = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return redirect(target if ours and urlsplit(target).path.startswith("/") else "/")


def _remember(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, httponly=True)


@admits(Admission.EVERYONE, post=302)
@require_POST
def language_choose(request: HttpRequest) -> HttpResponse:
    """Read on in another language; kept on this device."""
    response = _back(request)
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        _remember(response, settings.LANGUAGE_COOKIE_NAME, language)
    return response


@admits(Admission.EVERYONE, post=302)
@require_POST
def theme_choose(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the device says; kept on this device."""
    response = _back(request)
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        _remember(response, THEME_COOKIE, theme)
    else:
        response.delete_cookie(THEME_COOKIE, samesite="Lax")
    return response


@admits(Admission.EVERYONE, get=200)
@require_GET
def accessibility_page(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/accessibility.html")


@admits(Admission.EVERYONE, get=200)
@require_GET
def privacy_page(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/privacy.html")


@admits(Admission.EVERYONE, get=200)
@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/help.html")


@admits(Admission.EVERYONE, get=404)
@require_GET
def parts_page(request: HttpRequest) -> HttpResponse:
    """Every component in all its states, for whoever builds or checks screens; not there in daily use."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    return render(request, "ui/parts.html", parts.every_part())
