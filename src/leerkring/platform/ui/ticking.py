"""Lists to tick: everybody or nobody at once by a link, so that it works without script and by keyboard."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest

ALL = "all"


def ticked(request: HttpRequest, name: str, everybody: Iterable[int], now: Iterable[int] = ()) -> set[str]:
    """What is ticked as the page opens: what was sent; else everybody or nobody, as the link says; else who is now."""
    if request.method == "POST":
        return set(request.POST.getlist(name))
    wanted: Iterable[int] = {"1": everybody, "0": ()}.get(request.GET.get(ALL, ""), now)
    return {str(each) for each in wanted}
