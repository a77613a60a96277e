"""Word of new facts on PostgreSQL."""

import threading
import time
from collections.abc import Iterator

import pytest
from django.db import connection, connections, transaction

from leerkring.platform import clock, facts
from leerkring.platform.facts.models import FactRow
from leerkring.platform.live import outbox
from leerkring.platform.live.notifying import Notifier
from leerkring.platform.live.outbox import PostgresReader

pytestmark = pytest.mark.django_db(transaction=True)
on_postgres = pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no word to send")


@pytest.fixture
def notifier() -> Iterator[Notifier]:
    notifier = Notifier()
    notifier.start()
    yield notifier
    notifier.stop()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has")
def test_sqlite_has_no_word_to_send(notifier: Notifier) -> None:
    assert "live-notifier" not in {thread.name for thread in threading.enumerate()}


@on_postgres
def test_word_comes_at_once_and_once_for_many(notifier: Notifier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "UNASKED", 30.0)
    reader = PostgresReader(connections.create_connection("default"))
    try:
        reader.skip()
        stopped = threading.Event()
        reader.wait(stopped)
        began = time.monotonic()
        for _ in range(20):
            with transaction.atomic():
                facts.record(facts.Fact(community_id=1, by_id=None))
        reader.wait(stopped)
        assert time.monotonic() - began < 1
        read = reader.read()
        while len(read) < 20:
            reader.wait(stopped)
            read += reader.read()
        assert [change.name for change in read] == ["Fact"] * 20
    finally:
        reader.drop_connection()


@on_postgres
def test_who_sends_no_word_is_read_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "UNASKED", 0.3)
    reader = PostgresReader(connections.create_connection("default"))
    try:
        reader.skip()
        stopped = threading.Event()
        reader.wait(stopped)
        FactRow.objects.create(name="Silent", at=clock.now(), community_id=1, ids={})
        reader.wait(stopped)
        assert [change.name for change in reader.read()] == ["Silent"]
    finally:
        reader.drop_connection()


@on_postgres
def test_a_new_connection_listens_again(notifier: Notifier) -> None:
    reader = PostgresReader(connections.create_connection("default"))
    try:
        reader.skip()
        stopped = threading.Event()
        reader.wait(stopped)
        reader.drop_connection()
        began = time.monotonic()
        reader.wait(stopped)
        facts.record(facts.Fact(community_id=1, by_id=None))
        reader.wait(stopped)
        assert time.monotonic() - began < 1
    finally:
        reader.drop_connection()
