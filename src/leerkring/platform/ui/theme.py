"""Light, dark, or as the device says (the default). Kept in a cookie, which is no fact about a person."""

from django.http import HttpRequest

THEME_COOKIE = "leerkring-theme"
THEMES = ("light", "dark")


def theme_of(request: HttpRequest | None) -> str:
    """light, dark, or empty for what the device prefers."""
    chosen = request.COOKIES.get(THEME_COOKIE, "") if request else ""
    return chosen if chosen in THEMES else ""
