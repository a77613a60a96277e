"""The main screens on a phone of 320 pixels, light and dark: accessible, and nothing scrolls sideways."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.somebody import Cast, Somebody

PUBLIC = ["/", "/sign-in/", "/amsterdam/", "/amsterdam/agenda/", "/west-brabant/"]
OF_TEAM = [
    "/amsterdam/today/",
    "/amsterdam/agenda/",
    "/amsterdam/agenda/draft/",
    "/amsterdam/agenda/compare/",
    "/amsterdam/agenda/river/",
    "/amsterdam/questions/",
    "/amsterdam/groups/",
    "/amsterdam/insights/",
    "/amsterdam/threads/",
    "/amsterdam/uptake/",
    "/amsterdam/meetings/",
    "/amsterdam/meetings/new/",
    "/amsterdam/people/",
    "/amsterdam/commitments/",
    "/amsterdam/initiatives/",
    "/profile/",
]
THINGS = [
    ("/amsterdam/questions/", "Hoe krijgen we inkoop aan tafel"),
    ("/amsterdam/groups/", "Losmaakbaar"),
    ("/amsterdam/insights/", "Wat niemand als taak heeft"),
    ("/amsterdam/meetings/", "Werkplaats 2"),
    ("/amsterdam/threads/", ""),
    ("/amsterdam/uptake/", "norm."),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_scrolls_sideways_on_a_phone(cast: Cast, scheme: str) -> None:
    phone: dict[str, Any] = {"viewport": {"width": 320, "height": 720}, "color_scheme": scheme}
    visitor = cast.visitor(**phone)
    for path in PUBLIC:
        visitor.goes_to(path)
    cast.comes_in("Marieke van Loon", **phone).goes_to("/west-brabant/today/")
    noor = cast.comes_in("Noor de Wit", **phone)
    for path in OF_TEAM:
        noor.goes_to(path)
    for path, name in THINGS:
        noor.goes_to(path)
        opens_first(noor, name)
    noor.goes_to("/amsterdam/questions/new/")
    noor.presses("Breng de vraag in", status=422)


def opens_first(somebody: Somebody, name: str) -> None:
    """Without a name: the first of the list."""
    rows = somebody.main.locator(".rows, table")
    somebody.follows(name, within=rows if name else rows.first)
