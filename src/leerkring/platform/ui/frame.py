"""What is the same on every page is rendered once and kept; only the token and the way back are put in anew."""

from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info

from leerkring.platform import clock
from leerkring.platform.ui.slots import NavLink
from leerkring.platform.ui.theme import theme_of

SHEETS = (
    "vendor/utrecht",
    "css/tokens",
    "css/ground",
    "css/frame",
    "css/marks",
    "css/lists",
    "css/forms",
    "css/pictures",
    "css/steps",
)
FONT = "ui/fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2"
TOKEN, HERE = "[[token]]", "[[here]]"
MOST_PAGES = 200
_pages: dict[tuple[object, ...], str] = {}


def here(request: HttpRequest) -> str:
    """The address to come back to after a choice of language or theme."""
    return request.get_full_path() if request.method in ("GET", "HEAD") else request.path


@lru_cache(maxsize=1)
def styles() -> SafeString:
    """The font and the style sheets of every page."""
    font = format_html('<link rel="preload" href="{}" as="font" type="font/woff2" crossorigin>', static(FONT))
    sheets = ((static(f"ui/{sheet}.css"),) for sheet in SHEETS)
    return font + format_html_join("", '\n  <link rel="stylesheet" href="{}">', sheets)


@lru_cache(maxsize=1)
def late_styles() -> SafeString:
    """What only paper or a device in high contrast needs, after all else; and the icon."""
    return format_html(
        '<link rel="stylesheet" href="{}" media="print">\n  <link rel="stylesheet" href="{}" media="(forced-colors: '
        'active)">\n  <link rel="icon" href="{}" type="image/svg+xml">',
        static("ui/css/print.css"),
        static("ui/css/forced.css"),
        static("ui/icon.svg"),
    )


@lru_cache(maxsize=1)
def scripts() -> SafeString:
    return format_html('<script src="{}" defer></script>', static("ui/ui.js"))


@lru_cache(maxsize=1)
def sprite() -> SafeString:
    """The drawings that letters, rings, themes and icons point at; once a page."""
    return mark_safe(render_to_string("ui/sprite.html").strip())  # noqa: S308


def other_languages() -> list[dict[str, str]]:
    """The languages one can switch to, each by its own name."""
    now = (get_language() or settings.LANGUAGE_CODE)[:2]
    return [
        {"code": code, "name": get_language_info(code)["name_local"].capitalize()}
        for code, _name in settings.LANGUAGES
        if code != now
    ]


@lru_cache(maxsize=32)
def _kept(template: str, language: str | None, theme: str) -> str:
    context = {"theme": theme, "languages": other_languages(), "token": TOKEN, "here": HERE}
    return render_to_string(template, context).strip()


def kept_part(context: Context, template: str) -> SafeString:
    """A part that depends on language and theme alone, with the token and the address of this request put in."""
    request: HttpRequest = context["request"]
    html = _kept(template, get_language(), theme_of(request))
    return mark_safe(html.replace(TOKEN, str(context.get("csrf_token", ""))).replace(HERE, escape(here(request))))  # noqa: S308


def visitors_page(request: HttpRequest, template: str, context: dict[str, object], *varies: object) -> HttpResponse:
    """A page that looks the same to all visitors: rendered once for each of `varies`, with the token put in anew.

    `varies` names everything on the page that may change. Who is signed in, or has a message waiting, gets an own one.
    """
    if settings.SESSION_COOKIE_NAME in request.COOKIES or request.META.get("QUERY_STRING") or settings.DEBUG:
        return render(request, template, context)
    key = (template, request.path, get_language(), theme_of(request), clock.today(), *varies)
    page = _pages.get(key)
    if page is None:
        page = render_to_string(template, {**context, "csrf_token": TOKEN}, request)
        if len(_pages) >= MOST_PAGES:
            _pages.clear()
        _pages[key] = page
    return HttpResponse(page.replace(TOKEN, get_token(request)))


def links_html(links: list[NavLink], token: str) -> SafeString:
    """Entries of a menu; those that post are a form with one button."""
    return format_html_join("", "{}", ((_link(link, token),) for link in links))


def _link(link: NavLink, token: str) -> SafeString:
    if link.posts:
        return format_html(
            '<form method="post" action="{}" data-forget><input type="hidden" name="csrfmiddlewaretoken" value="{}">'
            "<button>{}</button></form>",
            link.url,
            token,
            link.label,
        )
    current = format_html(' aria-current="{}"', link.current) if link.current else ""
    return format_html('<a href="{}"{}>{}</a>', link.url, current, link.label)
