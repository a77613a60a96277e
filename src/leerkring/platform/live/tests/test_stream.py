"""The live stream of a real server, over a real connection."""

import http.client
import json
import signal
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from leerkring.platform.live.tickets import live_ticket
from tests.running import Prepared, Server


@pytest.fixture(scope="module")
def server(empty: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with (
        empty.copy(tmp_path_factory.mktemp("live") / "data") as (data, url),
        Server(data, database_url=url, LEERKRING_LIVE_PER_DEVICE="3") as server,
    ):
        yield server


def happen(server: Server, name: str, community_id: int = 1, ids: str = "{}") -> None:
    server.execute(
        "INSERT INTO facts_factrow (name, at, community_id, ids) "
        f"VALUES ('{name}', '2026-01-01 00:00:00+00:00', {community_id}, '{ids}')"
    )


class Stream:
    """What a browser does: reads events one by one."""

    def __init__(self, server: Server, ticket: str, after: int | None = None, cookie: str = "") -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=8)
        headers = {"Cookie": cookie} if cookie else {}
        if after is not None:
            headers["Last-Event-ID"] = str(after)
        self._connection.request("GET", f"/live/stream/?ticket={ticket}", headers=headers)
        self.response = self._connection.getresponse()

    def next(self, leave_out: str = "beat") -> tuple[str, Any, int | None]:
        """Name, content and id of the next event that is no heartbeat."""
        while True:
            fields: dict[str, str] = {}
            while line := self.response.readline().decode().rstrip("\n"):
                name, _, value = line.partition(": ")
                fields[name] = value
            if not fields:
                raise ConnectionError("The stream has ended")
            if "event" in fields and fields["event"] != leave_out:
                number = int(fields["id"]) if "id" in fields else None
                return fields["event"], json.loads(fields["data"]), number

    def close(self) -> None:
        self.response.close()
        self._connection.close()


@pytest.fixture
def streams(server: Server) -> Iterator[Any]:
    opened: list[Stream] = []

    def open_stream(ticket: str, **more: Any) -> Stream:
        opened.append(Stream(server, ticket, **more))
        return opened[-1]

    yield open_stream
    for stream in opened:
        stream.close()


def poll(server: Server, ticket: str, after: int | str = "") -> dict[str, Any]:
    with urllib.request.urlopen(f"{server.url}/live/poll/?ticket={ticket}&after={after}", timeout=5) as response:
        answer: dict[str, Any] = json.load(response)
    return answer


def test_a_stream_tells_the_names_of_what_happened_and_nothing_else(server: Server, streams: Any) -> None:
    stream = streams(live_ticket(1, 7))
    assert stream.response.status == 200
    assert stream.response.getheader("Content-Type") == "text/event-stream; charset=utf-8"
    assert stream.response.getheader("Cache-Control") == "no-store, no-transform"
    name, _, before = stream.next()
    assert name == "hello"
    began = time.monotonic()
    happen(server, "VersionSet")
    assert stream.next() == ("changed", {"facts": ["VersionSet"]}, before + 1)
    # On PostgreSQL a row put in from outside comes without word, and is seen at the next look, every two seconds.
    assert time.monotonic() - began < (3 if server.database_url else 1)


def test_a_stream_is_silent_about_other_communities(server: Server, streams: Any) -> None:
    stream = streams(live_ticket(21, 7))
    stream.next()
    happen(server, "VersionSet", 22)
    happen(server, "GroupFormed", 21)
    assert stream.next()[1] == {"facts": ["GroupFormed"]}


def test_a_burst_is_told_at_most_four_times_a_second(server: Server, streams: Any) -> None:
    stream = streams(live_ticket(3, 7))
    stream.next()
    began = time.monotonic()
    for _ in range(60):
        happen(server, "HarvestItemAdded", 3)
    happen(server, "VersionSet", 3)
    told = 0
    while "VersionSet" not in stream.next()[1]["facts"]:
        told += 1
    assert told <= 4 * (time.monotonic() - began) + 1


def test_a_quiet_stream_has_a_heartbeat(streams: Any) -> None:
    stream = streams(live_ticket(4, 7))
    began = time.monotonic()
    assert stream.next(leave_out="hello")[0] == "beat"
    assert 4 < time.monotonic() - began < 7


def test_who_comes_back_hears_what_was_missed(server: Server, streams: Any) -> None:
    first = streams(live_ticket(5, 7))
    _, _, known = first.next()
    first.close()
    happen(server, "VersionSet", 5)
    wait_until(lambda: poll(server, live_ticket(5, 7), known)["changed"])
    again = streams(live_ticket(5, 7), after=known)
    assert again.next()[0] == "hello"
    assert again.next()[:2] == ("changed", {"facts": ["VersionSet"]})


def test_polling_answers_the_same(server: Server) -> None:
    ticket = live_ticket(6, None)
    known = poll(server, ticket)["id"]
    assert poll(server, ticket, known) == {"id": known, "changed": False, "facts": []}
    happen(server, "GroupFormed", 6)
    happen(server, "GroupFormed", 7)
    wait_until(lambda: poll(server, ticket, known)["id"] == known + 2)
    assert poll(server, ticket, known) == {"id": known + 2, "changed": True, "facts": ["GroupFormed"]}
    assert poll(server, ticket, known + 2) == {"id": known + 2, "changed": False, "facts": []}
    assert poll(server, ticket, 987654321)["changed"] is True


@pytest.mark.parametrize("path", ["/live/stream/", "/live/poll/", "/live/else/"])
def test_no_door_opens_without_a_ticket(server: Server, path: str) -> None:
    for ticket in ("", "forged:abc:def"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{server.url}{path}?ticket={ticket}", timeout=5)
        assert refused.value.code == 403
        refused.value.close()


def test_a_device_has_a_few_streams_and_loses_its_oldest(streams: Any) -> None:
    same = [streams(live_ticket(8, 7), cookie="leerkring=abc") for _ in range(4)]
    other = streams(live_ticket(8, 7), cookie="leerkring=def")
    assert [stream.next()[0] for stream in same] == ["hello"] * 4
    assert same[0].next() == ("bye", {"reason": "many"}, None)
    assert other.next()[0] == "hello"


def test_whose_membership_ends_is_sent_away_within_seconds(server: Server, streams: Any) -> None:
    ticket = live_ticket([31, 32], 77)
    leaver, stayer = streams(ticket), streams(live_ticket(31, 78))
    leaver.next()
    stayer.next()
    began = time.monotonic()
    happen(server, "MemberLeft", 31, '{"person_id": 77, "membership_id": 1}')
    while (told := leaver.next())[0] != "bye":
        continue
    assert told == ("bye", {"reason": "rights"}, None)
    assert time.monotonic() - began < 5
    assert stayer.next()[:2] == ("changed", {"facts": ["MemberLeft"]})
    for path in ("stream", "poll"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{server.url}/live/{path}/?ticket={ticket}", timeout=5)
        assert refused.value.code == 403
        refused.value.close()


def test_where_it_is_not_known_whose_access_ends_everybody_asks_again(server: Server, streams: Any) -> None:
    here, elsewhere = streams(live_ticket(33, 79)), streams(live_ticket(34, 79))
    here.next()
    elsewhere.next()
    happen(server, "OrganisationWithdrew", 33, '{"organisation_id": 1}')
    while (told := here.next())[0] != "bye":
        continue
    assert told[1] == {"reason": "rights"}
    happen(server, "VersionSet", 34)
    assert elsewhere.next()[1] == {"facts": ["VersionSet"]}


def test_a_stopping_server_says_goodbye_and_is_soon_gone(empty: Prepared, tmp_path: Path) -> None:
    with empty.copy(tmp_path / "data") as (data, url), Server(data, database_url=url) as server:
        stream = Stream(server, live_ticket(1, 7))
        stream.next()
        took = server.stop()
        assert stream.next() == ("bye", {"reason": "restart"}, None)
        stream.close()
        assert took < 4
        assert "Traceback" not in server.said()

        server.start()
        known = poll(server, live_ticket(1, 7))["id"]
        server.stop(signal.SIGKILL)
        happen(server, "VersionSet")
        server.start()
        wait_until(lambda: poll(server, live_ticket(1, 7))["id"] == known + 1)
        assert poll(server, live_ticket(1, 7), known)["changed"] is True


def wait_until(true: Any, seconds: float = 5) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "It did not come true in time"
        time.sleep(0.05)
