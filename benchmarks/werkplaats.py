"""A hall of phones and a projector: joins, posts, points and pushes, measured over real HTTP and counted afterwards.

    python benchmarks/werkplaats.py --phones 300
    python benchmarks/werkplaats.py --phones 2000 --postgres
    python benchmarks/werkplaats.py --phones 300 --kill
    python benchmarks/werkplaats.py --phones 100 --proxy-buffers

SQLite runs one `leerkring serve`. PostgreSQL (`--postgres` starts one; `--database-url` names an empty one) runs a
proxy, one `leerkring live` and two processes of `leerkring web`. All phones live in one process, which shares the
machine with the servers: its own work is in every figure, and told beside theirs (`processor`). The last line is JSON.

A hall of 300 joins in ten seconds, posts within twenty and gives its points within twenty. A larger hall comes in at
the same 30 a second, and posts and points at most as many a second as `--a-second` says.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from hall.phone import Phone
from hall.processor import Processor, postmaster
from hall.room import BUDGET, Stage, connections, set_up
from hall.screen import Screen
from hall.servers import ROOT, Servers
from hall.wire import Wire

SECONDS = {"join": 10.0, "post": 20.0, "points": 20.0}
JOINS_A_SECOND = 30
PILES = 6
TARGETS = {"join": 3.0, "own post": 1.0, "projector": 2.0, "own points": 1.0}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--phones", type=int, default=300)
    parser.add_argument("--database-url", default="", help="an empty PostgreSQL; default: SQLite")
    parser.add_argument("--postgres", action="store_true", help="start a PostgreSQL for this run (tools/postgres.py)")
    parser.add_argument("--kill", action="store_true", help="kill the servers with -9 while everybody posts")
    parser.add_argument(
        "--proxy-buffers", action="store_true", help="a proxy that gives no stream until it is complete"
    )
    parser.add_argument("--a-second", type=int, default=45, help="posts or points in the whole hall, at most")
    parser.add_argument("--data", type=Path, help="directory to keep; default: one that is thrown away")
    options = parser.parse_args()
    raise_limit()
    # Whoever ends this ends the servers too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))
    with contextlib.ExitStack() as stack:
        folder = options.data or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="leerkring-hall-")))
        url = options.database_url or (stack.enter_context(postgres()) if options.postgres else "")
        data = folder / "data"
        shutil.rmtree(data, ignore_errors=True)
        data.mkdir(parents=True)
        set_up(data, url)
        servers = Servers(data, url, options.proxy_buffers)
        started = servers.start()
        print(f"{len(servers.served)} servers answered in {started:.1f} s")
        try:
            figures = asyncio.run(Hall(options, servers, Stage.make()).play())
        finally:
            servers.stop()
    print(json.dumps(figures))
    return 0 if figures["counted_once"] else 1


@contextlib.contextmanager
def postgres() -> Any:
    sys.path.insert(0, str(ROOT / "tools"))
    from postgres import server

    with server() as url:
        yield url


class Hall:
    def __init__(self, options: argparse.Namespace, servers: Servers, stage: Stage) -> None:
        self.options, self.servers, self.stage = options, servers, stage
        self.url = servers.database_url
        self.phones = [Phone(number, "127.0.0.1", servers.port, stage.code) for number in range(options.phones)]
        self.shown: list[tuple[float, int]] = []
        self.held: dict[str, Any] = {}
        self.spent: dict[str, Any] = {}
        self.processor = Processor(servers.groups, postmaster(self.url))
        count, most = options.phones, options.a_second
        self.seconds = {
            "join": max(SECONDS["join"], count / JOINS_A_SECOND),
            "post": max(SECONDS["post"], count / most),
            "points": max(SECONDS["points"], count * BUDGET / most),
        }
        self.figures: dict[str, Any] = {
            "phones": count, "database": "postgresql" if self.url else "sqlite", "seconds": self.seconds,
        }  # fmt: skip

    async def play(self) -> dict[str, Any]:
        raising = await asyncio.to_thread(self.stage.open, "raise")
        projector = self._projector()
        await self._hold("before")
        self.processor.since()
        await spread(self.seconds["join"], self.phones, lambda phone: phone.join())
        self._tell("join", [phone.joined or 0.0 for phone in self.phones])
        self._spend("joining", len(self.phones))
        await self._hold("joined")
        await self._until_round(raising)
        self.processor.since()
        await self._post()
        self._spend("posting", sum(len(phone.posts) for phone in self.phones))
        await self._give_points()
        self._spend("giving points", sum(len(phone.points) for phone in self.phones))
        await asyncio.sleep(2)
        await self._hold("after")
        await self._count()
        async with asyncio.TaskGroup() as group:
            for phone in self.phones:
                group.create_task(phone.leave())
        await projector.close()
        return self.figures | {"held": self.held, "processor": self.spent}

    def _projector(self) -> Screen:
        async def fresh() -> str:
            return await asyncio.to_thread(self.stage.projector_ticket)

        wire = Wire("127.0.0.1", self.servers.port)
        screen = Screen(
            wire,
            self.stage.projector_ticket(),
            fresh,
            lambda version, _: self.shown.append((time.monotonic(), version)),
        )
        screen.open()
        return screen

    async def _post(self) -> None:
        killing = asyncio.create_task(self._kill()) if self.options.kill else None
        await spread(
            self.seconds["post"],
            self.phones,
            lambda phone: phone.post(f"Hoe gaat het verder met vraag {phone.number}?"),
        )
        if killing:
            await killing
        self._tell("own post", [sent.took for phone in self.phones for sent in phone.posts])
        await asyncio.sleep(3)
        versions = await asyncio.to_thread(self.stage.versions_of_posts)
        waits = []
        for phone in self.phones:
            for sent in phone.posts:
                shown = next((at for at, version in self.shown if version >= versions.get(sent.key, 0)), None)
                if shown is not None:
                    waits.append(max(0.0, shown - sent.at))
        self._tell("projector", waits)

    async def _kill(self) -> None:
        await asyncio.sleep(self.seconds["post"] / 2)
        self.servers.kill()
        await asyncio.sleep(1)
        took = await asyncio.to_thread(self.servers.start)
        back = time.monotonic()
        print(f"killed with -9; answered again {took:.1f} s after the start")
        waiting = [phone.screen for phone in self.phones if phone.screen]
        while time.monotonic() - back < 30 and not all(screen.is_greeted or screen.polls for screen in waiting):
            await asyncio.sleep(0.05)
        self._tell("back after restart", [max(0.0, at - back) for s in waiting for at in s.came_back_at])
        self.figures["restart_s"] = round(took, 1)

    async def _give_points(self) -> None:
        targets = await asyncio.to_thread(self.stage.make_piles, PILES)
        await self._until_round(await asyncio.to_thread(self.stage.open, "points"))

        async def give(phone: Phone) -> None:
            for target in phone.chance.sample(targets, BUDGET):
                await phone.give(target, 1)

        await spread(self.seconds["points"], self.phones, give)
        self._tell("own points", [sent.took for phone in self.phones for sent in phone.points])

    async def _until_round(self, round_id: int) -> None:
        """Every phone sees this round: how long that took since it was opened."""
        began, waits = time.monotonic(), []
        missing = list(self.phones)
        while missing and time.monotonic() - began < 30:
            await asyncio.sleep(0.05)
            arrived = [phone for phone in missing if phone.round_id == round_id]
            waits += [time.monotonic() - began] * len(arrived)
            missing = [phone for phone in missing if phone.round_id != round_id]
        self._tell("new round on the phone", waits)

    async def _count(self) -> None:
        """Against the database: each post and each vote once, and nothing acknowledged is missing."""
        found = await asyncio.to_thread(self.stage.count)
        sent = [each.key for phone in self.phones for each in phone.posts]
        wrong = [key for key in sent if found["keys"][key] != 1]
        points = sorted(found["points"].values())
        given = sum(len(phone.points) for phone in self.phones)
        counted = {
            "seats": found["seats"],
            "posts": f"{sum(found['keys'].values())} of {len(sent)}",
            "post_facts": found["post_facts"],
            "votes": f"{sum(points)} of {given}",
            "voters": len(points),
            "retries": sum(each.tries - 1 for phone in self.phones for each in [*phone.posts, *phone.points]),
            "pushes": sum(phone.pushes for phone in self.phones),
            "polls": sum(phone.screen.polls for phone in self.phones if phone.screen),
        }
        once = not wrong and len(found["keys"]) == len(sent) == found["post_facts"] and sum(points) == given
        self.figures |= {"counted": counted, "counted_once": once and found["seats"] == len(self.phones)}
        print(json.dumps(counted))

    async def _hold(self, when: str) -> None:
        held = await asyncio.to_thread(self.servers.holding)
        self.held[when] = {**held, "database": await asyncio.to_thread(connections, self.url)}
        print(when, json.dumps(self.held[when]))

    def _spend(self, what: str, count: int) -> None:
        """Seconds of processor by who took them, and milliseconds for each time that it was done."""
        took = self.processor.since()
        each = {
            name: round(1000 * spent / max(1, count), 1)
            for name, spent in took.items()
            if name not in ("seconds", "cores")
        }
        self.spent[what] = {**took, "ms_each": each}
        print(f"processor while {what}:", json.dumps(self.spent[what]), flush=True)

    def _tell(self, what: str, waits: list[float]) -> None:
        ordered = sorted(waits) or [float("nan")]
        p50, p99 = (ordered[min(len(ordered) - 1, int(len(ordered) * part))] for part in (0.5, 0.99))
        aim = f"  target {TARGETS[what]:.0f} s" if what in TARGETS else ""
        print(f"{what:24} {len(waits):5}  p50 {p50 * 1000:6.0f} ms  p99 {p99 * 1000:6.0f} ms{aim}", flush=True)
        name = what.replace(" ", "_")
        before = self.figures.get(name)
        row = {"count": len(waits), "p50_ms": round(p50 * 1000), "p99_ms": round(p99 * 1000)}
        self.figures[name if before is None else f"{name}_2"] = row


async def spread(seconds: float, phones: list[Phone], act: Callable[[Phone], Awaitable[None]]) -> None:
    """Everybody once, evenly over so many seconds."""

    async def later(at: int, phone: Phone) -> None:
        await asyncio.sleep(seconds * at / len(phones))
        await act(phone)

    async with asyncio.TaskGroup() as group:
        for at, phone in enumerate(phones):
            group.create_task(later(at, phone))


def raise_limit() -> None:
    """Two open connections a phone, in each of the processes."""
    import resource

    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


if __name__ == "__main__":
    raise SystemExit(main())
