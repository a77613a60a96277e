"""Every address, by every role, on an object of the own and of another programme, with every label: each cell tried."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from leerkring.community.memberships.enums import Label
from leerkring.config.permissions import Party, addresses, cells
from tests.cast import make_cast, taken_back
from tests.permissions.doors import Doors, open_doors, standings_remembered

pytestmark = pytest.mark.django_db

NAMESPACES = sorted({address.name.partition(":")[0] for address in addresses()})
"""One test per app, so that two processors share the work."""


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
        doors = open_doors(make_cast())
        with standings_remembered([person for person in doors.own.parties.values() if person]):
            yield doors


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
