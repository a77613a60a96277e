import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from leerkring.platform import clock
from leerkring.platform.facts.models import FactRow
from leerkring.platform.live import outbox
from leerkring.platform.live.hub import Change
from leerkring.platform.live.outbox import PostgresReader, SqliteReader, make_reader

pytestmark = pytest.mark.django_db(transaction=True)


def happen(name: str, community_id: int | None = 1, **more: Any) -> int:
    by_id = more.pop("by_id", None)
    return FactRow.objects.create(name=name, at=clock.now(), community_id=community_id, by_id=by_id, ids=more).pk


@pytest.fixture
def reader() -> Iterator[SqliteReader | PostgresReader]:
    """Reads by a connection of its own, as in the server."""
    happen("Before")
    own: BaseDatabaseWrapper = connections.create_connection("default")
    reader = make_reader(own)
    reader.skip()
    yield reader
    own.close()


def test_each_fact_is_read_once(reader: SqliteReader | PostgresReader) -> None:
    assert reader.read() == []
    first, second = happen("VersionSet"), happen("GroupFormed", 2)
    assert reader.read() == [Change(first, "VersionSet", 1), Change(second, "GroupFormed", 2)]
    assert reader.read() == []
    third = happen("GoalAdded")
    assert reader.read() == [Change(third, "GoalAdded", 1)]


def test_a_fact_comes_with_its_ids_and_may_be_of_no_community(reader: SqliteReader | PostgresReader) -> None:
    fact_id = happen("PointsGiven", None, by_id=3, room_id=12, cluster_ids=[1, 2])
    assert reader.read() == [Change(fact_id, "PointsGiven", None, {"room_id": 12, "cluster_ids": [1, 2]}, 3)]


def test_what_is_rolled_back_never_happened(reader: SqliteReader | PostgresReader) -> None:
    with transaction.atomic():
        happen("VersionSet")
        transaction.set_rollback(True)
    assert reader.read() == []


def test_a_new_connection_goes_on_where_the_last_one_stopped(reader: SqliteReader | PostgresReader) -> None:
    first = happen("VersionSet")
    assert reader.read() == [Change(first, "VersionSet", 1)]
    reader.drop_connection()
    second = happen("GroupFormed")
    assert reader.read() == [Change(second, "GroupFormed", 1)]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
def test_a_lower_id_that_is_committed_later_is_read(
    reader: SqliteReader | PostgresReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "GRACE", 0.0)
    has_id, may_commit = threading.Event(), threading.Event()
    late: list[int] = []

    def slow_action() -> None:
        with transaction.atomic():
            late.append(happen("VersionSet"))
            has_id.set()
            may_commit.wait(10)
        connection.close()

    slow = threading.Thread(target=slow_action)
    slow.start()
    has_id.wait(10)
    early = happen("GroupFormed")
    assert early > late[0]
    assert reader.read() == [Change(early, "GroupFormed", 1)]
    assert reader.read() == []
    may_commit.set()
    slow.join()
    assert reader.read() == [Change(late[0], "VersionSet", 1)]
    assert reader.read() == []
