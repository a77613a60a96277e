"""First words of addresses that a programme cannot have: those of every fixed page, read from the addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@lru_cache(maxsize=1)
def reserved_words() -> frozenset[str]:
    """Every fixed first word, such as that of the sign-in page, and that of the static files."""
    words = set(_first_words(get_resolver().url_patterns))
    words.add(settings.STATIC_URL.strip("/").split("/")[0])
    return frozenset(word for word in words if word)


def _first_words(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        word = route.lstrip("^").split("/")[0]
        if isinstance(pattern, URLResolver) and "/" not in route:
            yield from _first_words(pattern.url_patterns, route)
        elif "<" not in word:
            yield word.rstrip("$")
