"""Every address, by every role, on an object of the own and of another programme, with every label: each cell tried."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from django.db import connection
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from leerkring.community.memberships.enums import Label
from leerkring.config.permissions import Address, Cell, Party, addresses, cells
from tests.cast import make_cast, taken_back
from tests.permissions.doors import Doors

pytestmark = pytest.mark.django_db

NAMESPACES = sorted({address.name.partition(":")[0] for address in addresses()})
"""One test per app, so that two processors share the work."""
COUNTED = {"slug", "version_number"}
"""Parts that are not ids: every programme has a version 1, and its own first word."""


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
        yield Doors.open(make_cast())


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_every_cell_answers_as_the_matrix_says(doors: Doors, namespace: str) -> None:
    wrong, tried = [], 0
    for address in addresses():
        if address.name.partition(":")[0] != namespace:
            continue
        for cell in _to_try(address):
            tried += 1
            answer = doors.knock(address, cell)
            if answer != cell.answer:
                wrong.append(
                    f"{cell.method} {cell.path} {cell.role} {cell.object} {cell.label}: {answer}, not {cell.answer}"
                )
    assert tried
    assert not wrong, f"{len(wrong)} of {tried} cells differ:\n" + "\n".join(wrong)


def _to_try(address: Address) -> list[Cell]:
    """Every cell; on PostgreSQL, where the same Python decides, each address with one label and a third, in turns."""
    every = list(cells(address))
    if connection.vendor == "sqlite":
        return every
    turn = len(address.path)
    labels = sorted({cell.label for cell in every})
    chosen = [cell for cell in every if cell.label == labels[turn % len(labels)]]
    return chosen[turn % 3 :: 3]


def test_other_programme_is_closed_under_the_own_address_too(doors: Doors) -> None:
    """Each id in turn of another programme, the rest of the address and who asks of the own one."""
    found = []
    for address in addresses():
        if not address.is_of_programme:
            continue
        own, other = (scene.kwargs(Label.PUBLIC, address.parts) for scene in (doors.own, doors.other))
        for part in address.parts - COUNTED:
            url = reverse(address.name, kwargs=own | {part: other[part]})
            for method in address.methods():
                status = doors.ask(Party.TEAM, method, url)
                if status != 404:
                    found.append(f"{method} {address.path} with another {part}: {status}")
    assert not found, "\n".join(found)
