"""One phone in the hall: joins, listens, posts and gives points; what is not acknowledged is sent again by its key."""

import asyncio
import html
import json
import random
import re
import time
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from hall.screen import Screen
from hall.wire import Answer, Wire, token_in

TOPIC = re.compile(r'<meta name="lk-topic" content="([^"]+)" data-fresh="([^"]+)"')
TRIES = 40


@dataclass
class Sent:
    """Something that counts once: its key, and how long it took until the server had it."""

    key: str
    at: float
    took: float = 0.0
    tries: int = 0
    answer: dict[str, Any] = field(default_factory=dict)


class Phone:
    def __init__(self, number: int, host: str, port: int, code: str) -> None:
        self.number = number
        self.wire = Wire(host, port)
        self.path = f"/w/{code}/"
        self.chance = random.Random(number)
        self.screen: Screen | None = None
        self.token = ""
        self.joined: float | None = None
        self.greeted = asyncio.Event()
        self.round_id = 0
        self.posts: list[Sent] = []
        self.points: list[Sent] = []
        self.pushes = 0
        self.trouble = ""

    async def join(self) -> None:
        """From the first request to the first picture of the room."""
        began = time.monotonic()
        await self._until_done(self._check_in)
        await asyncio.wait_for(self.greeted.wait(), 60)
        self.joined = time.monotonic() - began

    async def _check_in(self) -> bool:
        page, path = await self.wire.follow(await self.wire.get(self.path), self.path)
        if 'name="lk-topic"' not in page.text:
            fields = {"csrfmiddlewaretoken": token_in(page.text), "name": f"Telefoon {self.number}"}
            page, path = await self.wire.follow(await self.wire.post(path, fields), path)
        found = TOPIC.search(page.text)
        if page.status != 200 or found is None:
            raise UnexpectedError(page)
        self.token = token_in(page.text)
        fresh = html.unescape(found.group(2))
        if self.screen is None:
            self.screen = Screen(self.wire, html.unescape(found.group(1)), lambda: self._ticket(fresh), self._seen)
            self.screen.open()
        return True

    async def _ticket(self, fresh: str) -> str | None:
        answer = await self.wire.get(fresh, "application/json")
        return json.loads(answer.body)["ticket"] if answer.status == 200 else None

    def _seen(self, version: int, data: dict[str, Any]) -> None:
        self.pushes += 1
        shown = data.get("round")
        self.round_id = int(shown["id"] if isinstance(shown, dict) else shown or self.round_id)
        self.greeted.set()

    async def mine(self) -> dict[str, Any]:
        answer = await self.wire.get(self.path + "mine/", "application/json")
        if answer.status != 200:
            raise UnexpectedError(answer)
        mine: dict[str, Any] = json.loads(answer.body)
        return mine

    async def post(self, text: str) -> None:
        sent = Sent(str(uuid4()), time.monotonic())
        self.posts.append(sent)
        await self._send(sent, "post/", {"round": self.round_id, "kind": "question", "text": text})

    async def give(self, target: str, count: int) -> None:
        sent = Sent(str(uuid4()), time.monotonic())
        self.points.append(sent)
        await self._send(sent, "points/", {"round": self.round_id, "target": target, "count": count})

    async def _send(self, sent: Sent, part: str, fields: dict[str, object]) -> None:
        async def once() -> bool:
            sent.tries += 1
            content = {**fields, "key": sent.key, "csrfmiddlewaretoken": self.token}
            answer = await self.wire.post(self.path + part, content, "application/json")
            if answer.status >= 500 or answer.status == 429:
                return False
            if answer.status != 200:
                raise UnexpectedError(answer)
            sent.answer = json.loads(answer.body)
            return True

        await self._until_done(once)
        sent.took = time.monotonic() - sent.at

    async def _until_done(self, act: Any) -> None:
        for tries in range(TRIES):
            try:
                if await act():
                    return
            except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
                self.trouble = repr(error)
                self.wire.close()
            await asyncio.sleep(min(4.0, 0.3 * 2**tries) * (0.5 + self.chance.random()))
        raise SystemExit(f"Phone {self.number} gave up: {self.trouble}")

    async def leave(self) -> None:
        if self.screen is not None:
            await self.screen.close()
        self.wire.close()


class UnexpectedError(Exception):
    def __init__(self, answer: Answer) -> None:
        super().__init__(f"{answer.status}: {' '.join(re.sub('<[^>]+>', ' ', answer.text).split())[:300]}")
