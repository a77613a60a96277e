"""One process serves pages and live streams side by side."""

import http.client
import time
from collections.abc import Iterator

import pytest
from django.conf import settings

from leerkring.platform.live.tickets import live_ticket
from tests.running import Prepared, Server


@pytest.fixture(scope="module")
def server(empty: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with (
        empty.copy(tmp_path_factory.mktemp("serving") / "data") as (data, url),
        Server(data, database_url=url) as server,
    ):
        yield server


def get(connection: http.client.HTTPConnection, path: str) -> http.client.HTTPResponse:
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    return answer


@pytest.fixture
def connection(server: Server) -> Iterator[http.client.HTTPConnection]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    yield connection
    connection.close()


def test_a_small_answer_is_not_held_back_by_the_network(connection: http.client.HTTPConnection) -> None:
    """Head and body go at once: waiting for the other side's acknowledgement takes 40 ms."""
    took = []
    for _ in range(12):
        began = time.monotonic()
        assert get(connection, "/healthz").status == 200
        took.append(time.monotonic() - began)
    assert min(took) < 0.03


def test_every_page_bears_the_headers_that_keep_it_safe(connection: http.client.HTTPConnection) -> None:
    answer = get(connection, "/toegankelijkheid/")
    assert answer.status == 200
    policy = answer.getheader("Content-Security-Policy") or ""
    assert "script-src 'self'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.getheader("X-Content-Type-Options") == "nosniff"
    assert answer.getheader("X-Frame-Options") == "DENY"
    assert answer.getheader("Referrer-Policy") == "same-origin"
    assert answer.getheader("Server") is None


def test_static_files_have_names_that_change_with_them_and_are_kept_for_ever(
    connection: http.client.HTTPConnection,
) -> None:
    connection.request("GET", "/toegankelijkheid/")
    page = connection.getresponse().read().decode()
    path = page.split('<link rel="stylesheet" href="')[1].split('"')[0]
    answer = get(connection, path)
    assert answer.status == 200
    assert "immutable" in (answer.getheader("Cache-Control") or "")


def test_what_is_not_there_is_not_found(connection: http.client.HTTPConnection) -> None:
    assert get(connection, "/static/none.css").status == 404
    assert get(connection, "/live/none/").status == 403


def test_live_screens_alone_are_served_beside_it(server: Server) -> None:
    """As behind a proxy: another process, the same database."""
    with Server(server.data, "live", database_url=server.database_url) as live:
        ticket = live_ticket(1, None)
        connection = http.client.HTTPConnection("127.0.0.1", live.port, timeout=10)
        assert get(connection, "/").status == 404
        assert get(connection, f"/live/poll/?ticket={ticket}").status == 200
        connection.close()


@pytest.mark.skipif(not settings.ENVIRONMENT.database_url, reason="Several processes need PostgreSQL")
def test_pages_alone_are_served_by_several_processes(server: Server) -> None:
    with Server(server.data, "web", database_url=server.database_url) as web:
        connection = http.client.HTTPConnection("127.0.0.1", web.port, timeout=10)
        assert [get(connection, "/healthz").status for _ in range(4)] == [200] * 4
        assert get(connection, "/live/poll/").status == 404
        connection.close()
        assert "Traceback" not in web.said()
