"""What every test stands on: a network that reaches this machine only, and facts that a flush may clear away."""

import ipaddress
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation

from leerkring.platform.facts.kept import forget_kept
from tests.running import ROOT, Prepared, migrated_database, prepare

pytest_plugins = ["tests.cast"]

# The same examples in every run, so that green stays green; --hypothesis-profile=explore looks for new ones.
hypothesis.settings.register_profile("same", derandomize=True, deadline=None)
hypothesis.settings.register_profile("explore", deadline=None)
hypothesis.settings.load_profile("same")


ONCE = (
    Path("tests/architecture"),
    Path("tests/budgets"),
    Path("src/leerkring/formation"),
    Path("src/leerkring/config/tests/test_console.py"),
    Path("src/leerkring/config/tests/test_form_groups_command.py"),
    Path("tests/journeys/test_calendars.py"),
    Path("tests/journeys/test_demo.py"),
    Path("tests/journeys/test_edition.py"),
    Path("tests/journeys/test_intervisie.py"),
    Path("tests/journeys/test_live_pages.py"),
    Path("tests/journeys/test_parts.py"),
    Path("tests/journeys/test_question_to_norm.py"),
    Path("tests/journeys/test_small_screens.py"),
    Path("tests/journeys/test_two_facilitators.py"),
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if any(item.path.is_relative_to(ROOT / part) for part in ONCE):
            item.add_marker(pytest.mark.once)


@pytest.fixture(scope="session")
def empty() -> Prepared:
    """An installation in which nothing has happened yet: `with empty.copy(tmp_path / "data") as (data, url)`."""
    return prepare("empty")


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """The database of the tests is there before Django asks: a copy of one on which the migrations ran once."""
    name = connection.settings_dict["TEST"]["NAME"]
    migrated_database(name, Path(name))
    return True


@pytest.fixture(autouse=True, scope="session")
def network_off() -> Iterator[None]:
    """A test that asks another machine fails at once."""
    connect = socket.socket.connect

    def only_here(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and not _is_here(str(address[0])):
            raise OSError(f"Tests reach this machine only, not {address[0]}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", only_here)
        yield


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def facts_can_be_flushed() -> Iterator[None]:
    """Between transactional tests Django empties all tables, which our triggers refuse on SQLite.

    They guard facts and set versions of the agenda. PostgreSQL empties by TRUNCATE, which no row trigger sees.
    """
    teardown = TransactionTestCase._fixture_teardown

    def lift_and_lower(self: TransactionTestCase) -> None:
        if connection.vendor != "sqlite":
            teardown(self)
            return
        triggers = _ask("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        for name, _ in triggers:
            _ask(f"DROP TRIGGER {name}")
        try:
            teardown(self)
        finally:
            for _, statement in triggers:
                _ask(statement)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lift_and_lower)
        yield


def _ask(statement: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture(autouse=True)
def clean_slate() -> Iterator[None]:
    """No test inherits a cached value, a language or a thread of another."""
    cache.clear()
    forget_kept()
    with translation.override("nl"):
        yield
    for thread in threading.enumerate():
        if thread.name == "forming":
            thread.join()


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Callable[..., Any]) -> Callable[..., Any]:
    """`with committed():` runs what waits for the end of the transaction: subscribers and mail."""
    return lambda: django_capture_on_commit_callbacks(execute=True)
