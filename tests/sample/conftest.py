"""Telling the sample takes seconds: it is told once, and all tests of this folder run in one process, in a row."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from leerkring.sample import scenario
from tests.cast import START, taken_back

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.xdist_group("sample"))


@pytest.fixture(scope="package")
def sample(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Both sample cases as on 3 December 2024, gone after the folder: defined here, or the package would be all."""
    with django_db_blocker.unblock(), taken_back():
        scenario.load(START.date())
        yield
