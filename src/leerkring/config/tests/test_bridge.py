"""Requests and answers on their way between the server and the pages, without a server."""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from leerkring.config.bridge import AT_ONCE, SMALL, Bridge, environ_of

Start = Callable[..., object]


def ask(application: Callable[[dict[str, Any], Start], Iterable[bytes]], body: bytes = b"", **more: Any) -> list[Any]:
    """What is sent, for one request that comes in two parts."""
    half = len(body) // 2
    headers = [(b"host", b"hal"), (b"cookie", b"a=1"), (b"cookie", b"b=2"), (b"content-length", b"%d" % len(body))]
    scope = {"type": "http", "method": "POST", "path": "/caf\u00e9/", "query_string": b"q=1", "http_version": "1.1"}
    parts = iter(
        [
            {"type": "http.request", "body": body[:half], "more_body": True},
            {"type": "http.request", "body": body[half:]},
        ]
    )
    sent: list[Any] = []

    async def receive() -> Any:
        return next(parts)

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(Bridge(application, 1)(scope | {"headers": headers} | more, receive, send))
    return sent


class Pieces:
    """An answer in pieces, which is told when it is no longer wanted."""

    def __init__(self, count: int) -> None:
        self.count, self.closed = count, 0

    def __iter__(self) -> Iterator[bytes]:
        yield from (b"x" * 1000 for _ in range(self.count))

    def close(self) -> None:
        self.closed += 1


@pytest.mark.parametrize("size", [7, SMALL + 10])
def test_a_request_arrives_whole_and_is_answered(size: int) -> None:
    def page(environ: dict[str, Any], start: Start) -> list[bytes]:
        start("201 Created", [("Set-Cookie", " a=b"), ("X-Said", environ["HTTP_COOKIE"])])
        return [environ["REQUEST_METHOD"].encode(), str(len(environ["wsgi.input"].read(size))).encode()]

    sent = ask(page, b"x" * size)
    assert sent[0]["status"] == 201
    assert (b"set-cookie", b"a=b") in sent[0]["headers"]
    assert b"".join(message["body"] for message in sent[1:]) == b"POST" + str(size).encode()
    assert not sent[-1].get("more_body")


def test_a_small_answer_goes_at_once_and_a_large_one_in_parts() -> None:
    for count, messages in ((3, 1), (2 * AT_ONCE // 1000, 2)):
        pieces = Pieces(count)

        def page(_environ: dict[str, Any], start: Start, pieces: Pieces = pieces) -> Pieces:
            start("200 OK", [])
            return pieces

        sent = ask(page)
        assert (len(sent) - 1, sum(len(message["body"]) for message in sent[1:])) == (messages, count * 1000)
        assert pieces.closed == 1


def test_what_breaks_is_closed_and_told() -> None:
    class Broken(Pieces):
        def __iter__(self) -> Iterator[bytes]:
            raise BrokenPipeError

    broken = Broken(1)
    with pytest.raises(BrokenPipeError):
        ask(lambda _environ, start: (start("200 OK", []), broken)[1])
    assert broken.closed == 1


def test_the_page_sees_what_was_asked() -> None:
    scope = {"method": "GET", "path": "/caf\u00e9/", "query_string": b"q=1", "http_version": "1.1", "scheme": "https"}
    environ = environ_of(scope | {"headers": [(b"cookie", b"a=1"), (b"cookie", b"b=2"), (b"content-type", b"x")]}, b"")
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/caf\u00e9/"
    assert (environ["HTTP_COOKIE"], environ["CONTENT_TYPE"]) == ("a=1; b=2", "x")
    assert (environ["wsgi.url_scheme"], environ["SERVER_PORT"]) == ("https", "80")
