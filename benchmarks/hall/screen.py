"""A screen as the script of a page keeps it: a stream, and polling where the stream is held back or cut."""

import asyncio
import contextlib
import json
import random
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from hall.wire import Wire, read_head

HELLO = 4.0
SILENCE = 12.0
POLL = 2.5


class Screen:
    """`seen(version, data)` hears each snapshot. `fresh()` asks for a new ticket."""

    def __init__(self, wire: Wire, ticket: str, fresh: Callable[[], Any], seen: Callable[[int, Any], None]) -> None:
        self.wire, self.ticket, self.fresh, self.seen = wire, ticket, fresh, seen
        self.version = ""
        self.polls = 0
        self.breaks = 0
        self.came_back_at: list[float] = []
        self.is_greeted = False
        self.chance = random.Random(ticket)
        self._task: asyncio.Task[None] | None = None

    def open(self) -> None:
        self._task = asyncio.create_task(self._live())

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _live(self) -> None:
        failures = 0
        while True:
            try:
                reason = await self._stream()
                failures = 0
                wait = {"rights": 2.5, "restart": 0.3}.get(reason, 0.0)
                await asyncio.sleep(wait + self.chance.random() * 1.5)
                if reason in ("renew", "rights"):
                    await self._renew()
            except HeldBack:
                await self._poll_for(60)
            except (OSError, TimeoutError, asyncio.IncompleteReadError, IndexError):
                self.breaks += self.is_greeted
                self.is_greeted = False
                failures += 1
                await asyncio.sleep((0.2 if failures == 1 else 0.8) + self.chance.random())
                if failures > 1:
                    await self._renew()

    async def _stream(self) -> str:
        reader, writer = await asyncio.wait_for(
            asyncio.open_connection(self.wire.host, self.wire.port, limit=2**20), HELLO
        )
        try:
            path = f"/live/stream/?ticket={quote(self.ticket)}&after={self.version}"
            writer.write(self.wire.head("GET", path, "text/event-stream"))
            try:
                status, _ = await asyncio.wait_for(read_head(reader), HELLO)
            except TimeoutError:
                raise HeldBack from None
            if status == 403:
                await self._renew()
                return "refused"
            if status != 200:
                raise ConnectionError(status)
            return await self._listen(reader)
        finally:
            writer.close()

    async def _listen(self, reader: asyncio.StreamReader) -> str:
        fields: dict[str, str] = {}
        while True:
            line = (await asyncio.wait_for(reader.readuntil(b"\n"), SILENCE)).decode().rstrip("\r\n")
            name, colon, value = line.partition(": ")
            if colon:
                fields[name] = value
            elif not line and "event" in fields:
                if fields["event"] == "bye":
                    return str(json.loads(fields["data"])["reason"])
                self._take(fields)
                fields = {}

    def _take(self, fields: dict[str, str]) -> None:
        if fields["event"] == "hello":
            if not self.is_greeted and self.breaks:
                self.came_back_at.append(time.monotonic())
            self.is_greeted = True
        elif fields["event"] == "snapshot":
            self.version = fields["id"]
            self.seen(int(fields["id"]), json.loads(fields["data"]))

    async def _poll_for(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                answer = await self.wire.get(f"/live/poll/?ticket={quote(self.ticket)}&after={self.version}")
            except (OSError, TimeoutError, asyncio.IncompleteReadError, IndexError):
                await asyncio.sleep(1 + self.chance.random() * 1.5)
                continue
            self.polls += 1
            if answer.status == 403:
                await self._renew()
            elif answer.status == 200:
                news = json.loads(answer.body)
                if "data" in news:
                    self.version = str(news["version"])
                    self.seen(news["version"], news["data"])
            await asyncio.sleep(POLL + self.chance.random())

    async def _renew(self) -> None:
        while True:
            with contextlib.suppress(OSError, TimeoutError, asyncio.IncompleteReadError, IndexError):
                if ticket := await self.fresh():
                    self.ticket = ticket
                    return
            await asyncio.sleep(1 + self.chance.random() * 1.5)


class HeldBack(Exception):
    """Somebody between here and the server keeps the stream to itself."""
