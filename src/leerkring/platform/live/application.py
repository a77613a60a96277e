"""The raw ASGI application of live screens. It never enters Django's handler: an open stream costs no thread."""

import asyncio
import contextlib
import hashlib
import json
import logging
import time
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings

from leerkring.platform import clock
from leerkring.platform.live.hub import Change, Hub, Listener
from leerkring.platform.live.outbox import Outbox
from leerkring.platform.live.rights import Rights
from leerkring.platform.live.screens import Screens, Sheet, Showing, Watcher
from leerkring.platform.live.tickets import SECONDS, Ticket, TicketRefused, read_ticket

logger = logging.getLogger(__name__)

HEARTBEAT = 5.0
BETWEEN = 0.25
STUCK = 20.0
FIRST = 5.0
MOST_STREAMS = 10_000

Headers = list[tuple[bytes, bytes]]


class LiveApplication:
    """`/live/stream/` sends and `/live/poll/` answers what a ticket is for.

    That is the names of the facts of some communities, never content, or the snapshots of one screen.
    """

    def __init__(self) -> None:
        self.hub = Hub(settings.ENVIRONMENT.live_per_device)
        self.screens = Screens()
        self.rights = Rights(self.hub, self.screens)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._outbox = Outbox(self._begin, self._tell)
        self._closing = False
        self.reads = False
        """Whether the database has answered."""

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self.hub.start(0, time.time())
        self.rights.start()
        self._outbox.start()

    def stop(self) -> None:
        self.say_bye()
        self._outbox.stop()
        self.screens.stop()

    def say_bye(self) -> None:
        """Ask every open stream to end; safe from a signal handler."""
        self._closing = True
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self.hub.say_bye)

    def _begin(self, last_id: int) -> None:
        self.reads = True
        self._in_loop(self.hub.start, last_id, time.time())

    def _tell(self, changes: list[Change]) -> None:
        self._in_loop(self._heard, changes, time.time())

    def _heard(self, changes: list[Change], at: float) -> None:
        self.rights.heard(changes, at)
        self.hub.publish(changes, at)
        self.screens.heard(changes)

    def _in_loop(self, function: Any, *arguments: Any) -> None:
        # The loop may have closed while the outbox was reading.
        with contextlib.suppress(RuntimeError):
            if self._loop is not None:
                self._loop.call_soon_threadsafe(function, *arguments)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["method"] != "GET":
            await answer(send, 405, {"error": "Only GET."})
            return
        query = {name: values[0] for name, values in parse_qs(scope["query_string"].decode("latin-1")).items()}
        try:
            ticket = read_ticket(query.get("ticket", ""))
        except TicketRefused:
            await answer(send, 403, {"error": "Ask for the page again: this ticket is too old."})
            return
        if self.hub.is_over(ticket):
            await answer(send, 403, {"error": "Ask for a new ticket: this one is from before your rights changed."})
        elif scope["path"] == "/live/poll/":
            await self._poll(ticket, as_id(query.get("after")), send)
        elif scope["path"] == "/live/stream/":
            # A stream that the browser itself opens again knows more than the address it began with.
            after = as_id(header(scope, b"last-event-id")) or as_id(query.get("after"))
            await self._stream(ticket, device_of(scope, query["ticket"]), after, receive, send)
        else:
            await answer(send, 404, {"error": "Not found."})

    async def _poll(self, ticket: Ticket, after: int | None, send: Any) -> None:
        if ticket.screen is not None:
            await self._poll_screen(self.screens.look(ticket.screen), after, send)
            return
        missed = self.hub.missed_since(ticket, after)
        changed = missed is None or bool(missed)
        await answer(send, 200, {"id": self.hub.last_id, "changed": changed, "facts": missed or []})

    async def _poll_screen(self, showing: Showing, after: int | None, send: Any) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(FIRST):
                await showing.ready.wait()
        sheet = showing.sheet
        if sheet is None:
            gone = showing.is_gone
            await answer(send, 404 if gone else 503, {"error": "Not found." if gone else "Try again later."})
            return
        news = {"version": sheet.version, "now": moment()}
        await answer(send, 200, news, b"" if sheet.version == after else sheet.data)

    async def _stream(self, ticket: Ticket, device: str, after: int | None, receive: Any, send: Any) -> None:
        if self._closing or len(self.hub.listeners) >= MOST_STREAMS:
            await answer(send, 503, {"error": "Try again later."})
            return
        listener = Listener(ticket, device) if ticket.screen is None else Watcher(ticket, device)
        self.hub.join(listener)
        gone = asyncio.ensure_future(left(receive))
        gone.add_done_callback(listener.leave)
        try:
            await begin_stream(send)
            if isinstance(listener, Watcher) and ticket.screen is not None:
                await self._show(listener, self.screens.look(ticket.screen), after, send)
            else:
                await self._tell_on(listener, after, send)
            if not listener.has_left:
                await put(send, event("bye", {"reason": listener.farewell or "renew"}), more=False)
        except (TimeoutError, OSError):
            # The other side no longer takes anything in.
            logger.debug("A live stream broke off")
        finally:
            gone.cancel()
            self.hub.leave(listener)

    async def _tell_on(self, listener: Listener, after: int | None, send: Any) -> None:
        missed = self.hub.missed_since(listener.ticket, after)
        await put(send, event("hello", {}, self.hub.last_id))
        if missed is None or missed:
            await put(send, event("changed", {"facts": missed or []}, self.hub.last_id))
        while await goes_on(listener):
            if listener.waiting:
                await put(send, event("changed", {"facts": listener.take()}, self.hub.last_id))
                await asyncio.sleep(BETWEEN)
            else:
                await put(send, event("beat", {}))

    async def _show(self, watcher: Watcher, showing: Showing, known: int | None, send: Any) -> None:
        showing.watchers.add(watcher)
        try:
            hello = event("hello", {"now": moment()})
            told: Sheet | None = None
            while True:
                sheet = showing.sheet
                if showing.is_gone:
                    watcher.say_bye("gone")
                elif sheet is not None and sheet is not told and (told or sheet.version != known):
                    await put(send, hello + sheet.event)
                else:
                    await put(send, hello or event("beat", {"now": moment()}))
                hello, told = b"", sheet
                watcher.wake.clear()
                if showing.sheet is sheet and not await goes_on(watcher):
                    return
        finally:
            showing.watchers.discard(watcher)


async def goes_on(listener: Listener) -> bool:
    """Wait for something to tell, or for the next beat; False at the end of the stream."""
    # Tickets that were given together do not all end together.
    end = listener.ticket.made_at + SECONDS - listener.early
    if listener.farewell is None and not listener.has_left:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(HEARTBEAT):
                await listener.wake.wait()
    return listener.farewell is None and not listener.has_left and time.time() < end


def event(name: str, content: dict[str, Any], fact_id: int | None = None) -> bytes:
    number = f"id: {fact_id}\n" if fact_id is not None else ""
    return f"event: {name}\n{number}data: {json.dumps(content)}\n\n".encode()


async def begin_stream(send: Any) -> None:
    headers: Headers = [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store, no-transform"),
        # Asks a proxy in front not to hold the stream back.
        (b"x-accel-buffering", b"no"),
        *SAFE,
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await put(send, b"retry: 2000\n\n")


def moment() -> float:
    """The server's clock for timers: a phone's own may be wrong."""
    return round(clock.now().timestamp(), 3)


async def put(send: Any, body: bytes, more: bool = True) -> None:
    async with asyncio.timeout(STUCK):
        await send({"type": "http.response.body", "body": body, "more_body": more})


async def answer(send: Any, status: int, content: dict[str, Any], data: bytes = b"") -> None:
    """JSON; `data` is a part that was made before."""
    body = json.dumps(content).encode()
    if data:
        body = body[:-1] + b', "data": ' + data + b"}"
    headers: Headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        *SAFE,
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


SAFE: Headers = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cross-origin-resource-policy", b"same-origin"),
]


async def left(receive: Any) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def header(scope: Any, name: bytes) -> str | None:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), None)


def as_id(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


def device_of(scope: Any, ticket: str) -> str:
    """Who holds the streams: never the network address, which a whole hall may share."""
    try:
        cookies = SimpleCookie(header(scope, b"cookie") or "")
    except CookieError:
        cookies = SimpleCookie()
    session = cookies.get(settings.SESSION_COOKIE_NAME)
    return hashlib.sha256((session.value if session else ticket).encode()).hexdigest()
