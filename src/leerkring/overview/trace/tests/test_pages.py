"""The strip on the pages of the cycle, and the page with the whole chain."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from leerkring.community.memberships.enums import Label
from leerkring.cycle.uptake.tests import chain
from tests.cast import Cast

Browser = Callable[..., Client]
PAGES = ["meeting", "question", "group", "insight", "change"]


def url(cast: Cast, name: str, pk: int) -> str:
    return reverse(name, args=[cast.own.community.slug, pk])


@pytest.mark.parametrize("kind", [*PAGES, "norm", "stuck"])
def test_page_shows_the_chain_to_who_may_read_it(
    cast: Cast, walked: chain.Chain, client_of: Browser, kind: str
) -> None:
    name = "uptake_trace" if kind in ("norm", "stuck") else f"{kind}_trace"
    address = url(cast, f"trace:{name}", getattr(walked, kind).pk)
    page = client_of(cast.own.follower).get(address)
    assert page.status_code == 200
    assert '<svg class="tr"' in page.content.decode()
    for person in (None, cast.outsider, cast.own.colleague):
        assert client_of(person).get(address).status_code == 404
    foreign = address.replace(str(cast.own.community.slug), str(cast.other.community.slug), 1)
    assert client_of(cast.other.lead).get(foreign).status_code == 404


def test_page_of_a_unit_is_empty_where_nothing_may_be_read(cast: Cast, walked: chain.Chain, client_of: Browser) -> None:
    address = url(cast, "trace:unit_trace", cast.own.units[0].pk)
    assert "Hergebruik" in client_of(cast.own.member).get(address).content.decode()
    page = client_of(None).get(address)
    assert (page.status_code, "Hergebruik" in page.content.decode()) == (200, False)
    foreign = url(cast, "trace:unit_trace", cast.other.units[0].pk)
    assert client_of(cast.own.member).get(foreign).status_code == 404


def test_uptake_page_has_a_strip_with_step_and_block(cast: Cast, walked: chain.Chain, client_of: Browser) -> None:
    page = client_of(cast.own.follower).get(url(cast, "uptake:uptake_page", walked.stuck.pk)).content.decode()
    strip = page.partition('aria-labelledby="trace"')[2]
    for words in ("Werkplaats een", "Vraag A", "Losmaakbaar", "Na de uitvraag", "Overgedragen", "Team inkoop"):
        assert words in strip
    assert '<li class="end"><b>Geblokkeerd</b> <span>Niemand heeft uren om te toetsen' in strip


def test_matrix_page_says_what_is_stuck(cast: Cast, walked: chain.Chain, client_of: Browser) -> None:
    address = reverse("uptake:matrix_page", args=[cast.own.community.slug])
    assert "Niemand heeft uren om te toetsen" in client_of(cast.own.follower).get(address).content.decode()
    assert "Niemand heeft uren om te toetsen" not in client_of(None).get(address).content.decode()


def test_public_strip_names_nobody(cast: Cast, client_of: Browser) -> None:
    walked = chain.walk(cast.own, label=Label.PUBLIC)
    page = client_of(None).get(url(cast, "uptake:uptake_page", walked.stuck.pk)).content.decode()
    assert "Vraag A" in page
    assert "Team inkoop" not in page
    assert cast.own.member.name not in page


@pytest.mark.parametrize("kind", PAGES)
def test_pages_of_the_cycle_have_a_strip(cast: Cast, walked: chain.Chain, client_of: Browser, kind: str) -> None:
    app = {"group": "groups", "meeting": "meetings", "change": "uptake"}.get(kind, f"{kind}s")
    page = client_of(cast.own.member).get(url(cast, f"{app}:{kind}_page", getattr(walked, kind).pk))
    assert page.status_code == 200
    assert url(cast, f"trace:{kind}_trace", getattr(walked, kind).pk) in page.content.decode()
