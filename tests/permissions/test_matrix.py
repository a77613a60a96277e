"""Every address, by every role, on an object of the own and of another programme, with every label: each cell tried."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from leerkring.community.memberships.enums import Label
from leerkring.config.permissions import OTHER, Address, Cell, Party, addresses, cells
from tests.cast import Cast, make_cast, make_programme, taken_back
from tests.permissions.objects import Scene, set_scene

NAMESPACES = sorted({address.name.partition(":")[0] for address in addresses()})
"""One test per app, so that two processors share the work."""


@dataclass
class Doors:
    """Both programmes with their objects, and a browser for each party of the own one."""

    own: Scene
    other: Scene
    browsers: dict[Party, Client]
    cookies: dict[Party, str]

    def url(self, address: Address, cell: Cell) -> str:
        scene = self.other if cell.object == OTHER else self.own
        kwargs = scene.kwargs(cell.label)
        return reverse(address.name, kwargs={part: kwargs[part] for part in address.parts})

    def knock(self, address: Address, cell: Cell) -> int:
        return self.ask(Party(cell.role), cell.method, self.url(address, cell))

    def ask(self, party: Party, method: str, url: str) -> int:
        """The status; whatever the request did to the database or to the browser's cookies is taken back."""
        browser = self.browsers[party]
        cookies = browser.cookies.output()
        with taken_back():
            answer: HttpResponse = browser.generic(method, url)
        if browser.cookies.output() != cookies:
            browser.cookies = SimpleCookie(self.cookies[party])
        return answer.status_code


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Thousands of refusals are what is tried here; they need not stand in the log."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def doors(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Doors]:
    """The scene is set once and gone after the module; each request is taken back."""
    with django_db_blocker.unblock(), taken_back():
        yield open_doors(make_cast())


def open_doors(cast: Cast) -> Doors:
    third = make_programme("derde", "Gemeente Derde", is_public=False)
    own, other = set_scene(cast, cast.own, third), set_scene(cast, cast.other, third)
    browsers = {}
    for party, person in own.parties.items():
        browsers[party] = Client(raise_request_exception=True)
        if person is not None and person.account is not None:
            browsers[party].force_login(person.account)
    cookies = {
        party: "; ".join(f"{name}={morsel.value}" for name, morsel in browser.cookies.items())
        for party, browser in browsers.items()
    }
    return Doors(own, other, browsers, cookies)


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_every_cell_answers_as_the_matrix_says(doors: Doors, namespace: str) -> None:
    wrong, tried = [], 0
    for address in addresses():
        if address.name.partition(":")[0] != namespace:
            continue
        for cell in cells(address):
            tried += 1
            answer = doors.knock(address, cell)
            if answer != cell.answer:
                wrong.append(
                    f"{cell.method} {cell.path} {cell.role} {cell.object} {cell.label}: {answer}, not {cell.answer}"
                )
    assert tried
    assert not wrong, f"{len(wrong)} of {tried} cells differ:\n" + "\n".join(wrong)


def test_other_programme_is_closed_under_the_own_address_too(doors: Doors) -> None:
    """An id of another programme, put into an address of the own one."""
    found = []
    for address in addresses():
        if not address.is_of_programme or len(address.parts) == 1 or "token" in address.parts:
            continue
        kwargs = {**doors.other.kwargs(Label.PUBLIC), "slug": doors.own.of.community.slug}
        if address.parts <= {"slug", "version_number"}:
            continue
        url = reverse(address.name, kwargs={part: kwargs[part] for part in address.parts})
        for method in address.methods():
            status = doors.ask(Party.TEAM, method, url)
            if status != 404:
                found.append(f"{method} {address.path}: {status}")
    assert not found, "\n".join(found)
