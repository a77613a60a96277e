"""Pages of WSGI in an ASGI server: the request goes to a thread once, and the answer comes back once.

A body that is large is left to a2wsgi, which reads it while the page asks for it.
"""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import Any, cast

from a2wsgi import WSGIMiddleware

SMALL = 64 * 1024
"""Bytes of a request that are read before a page is made."""
AT_ONCE = 256 * 1024
"""Bytes of an answer that are held at the same time."""

Environ = dict[str, Any]
Headers = list[tuple[bytes, bytes]]
Application = Callable[[Environ, Callable[..., object]], Iterable[bytes]]


class Bridge:
    def __init__(self, application: Application, threads: int) -> None:
        self._application = application
        self._large = WSGIMiddleware(cast(Any, application), workers=threads)
        self._threads: ThreadPoolExecutor = self._large.executor

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if not is_small(scope["headers"]):
            await self._large(scope, receive, send)
            return
        body = await read(receive)
        if body is None:
            return
        answer = Answer(self._application, environ_of(scope, body))
        run = asyncio.get_running_loop().run_in_executor
        try:
            part = await run(self._threads, answer.begin)
            await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
            while not answer.is_whole:
                await send({"type": "http.response.body", "body": part, "more_body": True})
                part = await run(self._threads, answer.go_on)
            await send({"type": "http.response.body", "body": part})
        finally:
            if not answer.is_closed:
                await run(self._threads, answer.close)


class Answer:
    """One answer, made in a thread."""

    def __init__(self, application: Application, environ: Environ) -> None:
        self._application, self._environ = application, environ
        self._made: Iterable[bytes] = ()
        self._rest: Iterator[bytes] = iter(())
        self.status = 500
        self.headers: Headers = []
        self.is_whole = False
        self.is_closed = False

    def begin(self) -> bytes:
        self._made = self._application(self._environ, self._start)
        self._rest = iter(self._made)
        return self.go_on()

    def go_on(self) -> bytes:
        parts, size = [], 0
        for part in self._rest:
            parts.append(part)
            size += len(part)
            if size >= AT_ONCE:
                # The last part says that it is: nobody waits for an empty one after it.
                following = next(self._rest, None)
                if following is not None:
                    self._rest = chain((following,), self._rest)
                    return b"".join(parts)
        self.is_whole = True
        self.close()
        return b"".join(parts)

    def close(self) -> None:
        self.is_closed = True
        getattr(self._made, "close", lambda: None)()

    def _start(self, status: str, headers: list[tuple[str, str]], *_more: object) -> Callable[[bytes], object]:
        self.status = int(status.split(" ", 1)[0])
        # Django's cookies begin with a space.
        self.headers = [(name.lower().encode("latin-1"), value.strip().encode("latin-1")) for name, value in headers]
        return lambda _part: None


def is_small(headers: Headers) -> bool:
    """Whether the body is known to be small."""
    for name, value in headers:
        if name == b"content-length":
            return value.isdigit() and int(value) <= SMALL
        if name == b"transfer-encoding":
            return False
    return True


async def read(receive: Any) -> bytes | None:
    """The body; None when nobody waits for an answer any more."""
    body = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if not message.get("more_body"):
            return body


def environ_of(scope: Any, body: bytes) -> Environ:
    server, client = scope.get("server") or ("localhost", 80), scope.get("client") or ("", 0)
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or 0),
        "REMOTE_ADDR": client[0],
        "REMOTE_PORT": str(client[1]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        key = variable_of(name)
        text = value.decode("latin-1")
        if key in environ:
            # Cookies are kept apart by a semicolon, also when a newer HTTP sends each in a line of its own.
            text = f"{environ[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{text}"
        environ[key] = text
    return environ


def variable_of(name: bytes) -> str:
    key = name.decode("latin-1").upper().replace("-", "_")
    return key if key in ("CONTENT_LENGTH", "CONTENT_TYPE") else f"HTTP_{key}"
