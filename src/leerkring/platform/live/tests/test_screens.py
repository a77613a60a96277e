"""One building for all who look, in a thread of its own, at most four a second."""

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy

from leerkring.platform.live import screens
from leerkring.platform.live.hub import Change
from leerkring.platform.live.screens import Screens, Watcher
from leerkring.platform.live.tickets import Screen, Ticket
from leerkring.platform.live.topics import Registry, Snapshot, Topic

ROOM = Screen("room", "1", "nl")
NOBODY: Any = None


class Story:
    """A topic whose builder says what stands here, and counts how often it is asked."""

    def __init__(self) -> None:
        self.version = 1
        self.data: dict[str, Any] | None = {"n": 1}
        self.built: list[tuple[str, str]] = []
        self.threads: set[str] = set()
        self.fails = 0
        self.registry = Registry({"room": Topic("room", ("Said", "Moved"), self.key_of, NOBODY, self.build)})

    def key_of(self, change: Change) -> object:
        self.threads.add(threading.current_thread().name)
        return change.ids.get("room_id")

    def build(self, key: str, language: str) -> Snapshot | None:
        self.built.append((key, language))
        self.threads.add(threading.current_thread().name)
        if self.fails:
            self.fails -= 1
            raise ValueError("Not today")
        return None if self.data is None else Snapshot(self.version, self.data)

    def say(self, n: int) -> None:
        self.version, self.data = n, {"n": n}


def fact(name: str = "Said", room_id: Any = 1, number: int = 1) -> Change:
    return Change(number, name, 5, {"room_id": room_id})


def run(story: Story, scene: Callable[[Screens], Awaitable[None]]) -> None:
    async def play() -> None:
        kept = Screens(story.registry)
        try:
            await asyncio.wait_for(scene(kept), 10)
        finally:
            kept.stop()

    asyncio.run(play())


async def until(true: Callable[[], bool]) -> None:
    while not true():
        await asyncio.sleep(0.005)


@pytest.fixture
def story() -> Story:
    return Story()


def test_a_screen_is_built_once_for_all_who_look(story: Story) -> None:
    async def scene(kept: Screens) -> None:
        showings = [kept.look(ROOM) for _ in range(50)]
        await showings[0].ready.wait()
        assert {id(showing.sheet) for showing in showings} == {id(showings[0].sheet)}
        assert showings[0].sheet == (1, b'{"n":1}', b'event: snapshot\nid: 1\ndata: {"n":1}\n\n')

    run(story, scene)
    assert story.built == [("1", "nl")]


def test_it_is_built_anew_once_for_a_burst_of_facts_that_concern_it(story: Story) -> None:
    async def scene(kept: Screens) -> None:
        showing = kept.look(ROOM)
        await showing.ready.wait()
        story.say(2)
        for number in range(40):
            kept.heard([fact(number=number), fact("Moved")])
        await until(lambda: showing.sheet is not None and showing.sheet.version == 2)
        await asyncio.sleep(0.3)

    run(story, scene)
    assert len(story.built) == 2
    assert all(name.startswith("live-builder") for name in story.threads)
    assert len(story.threads) == 1


def test_facts_of_elsewhere_leave_it_alone(story: Story) -> None:
    async def scene(kept: Screens) -> None:
        await kept.look(ROOM).ready.wait()
        kept.heard([fact("Unheard"), fact(room_id=2), fact(room_id=None)])
        await asyncio.sleep(0.4)

    run(story, scene)
    assert len(story.built) == 1


def test_at_most_four_a_second(story: Story) -> None:
    began = time.monotonic()

    async def scene(kept: Screens) -> None:
        await kept.look(ROOM).ready.wait()
        for number in range(100):
            story.say(number)
            kept.heard([fact(number=number)])
            await asyncio.sleep(0.01)

    run(story, scene)
    assert 2 <= len(story.built) <= 2 + 4 * (time.monotonic() - began)


def test_who_sees_the_same_as_before_is_not_woken(story: Story) -> None:
    async def scene(kept: Screens) -> None:
        showing = kept.look(ROOM)
        await showing.ready.wait()
        watcher = Watcher(Ticket(frozenset({5}), 7, 0.0), "phone")
        showing.watchers.add(watcher)
        story.version = 2
        story.data = {"n": 1, "now": "another moment"}
        kept.heard([fact()])
        await until(lambda: len(story.built) == 2)
        await asyncio.sleep(0.05)
        assert not watcher.wake.is_set()
        story.say(3)
        kept.heard([fact()])
        await watcher.wake.wait()
        assert showing.sheet is not None
        assert showing.sheet.version == 3

    run(story, scene)


def test_who_also_hears_answers_of_their_own_is_told_each_version(story: Story) -> None:
    """What they were answered may be older than a sheet that came before it."""
    story.registry.topics["room"] = replace(story.registry.topics["room"], tells_all=True)

    async def scene(kept: Screens) -> None:
        showing = kept.look(ROOM)
        await showing.ready.wait()
        watcher = Watcher(Ticket(frozenset({5}), 7, 0.0), "desk")
        showing.watchers.add(watcher)
        story.version = 2
        kept.heard([fact()])
        await watcher.wake.wait()
        assert showing.sheet == (2, b'{"n":1}', b'event: snapshot\nid: 2\ndata: {"n":1}\n\n')
        watcher.wake.clear()
        kept.heard([fact()])
        await until(lambda: len(story.built) == 3)
        await asyncio.sleep(0.05)
        assert not watcher.wake.is_set()

    run(story, scene)


def test_another_content_is_another_version(story: Story) -> None:
    async def scene(kept: Screens) -> None:
        showing = kept.look(ROOM)
        await showing.ready.wait()
        story.data = {"n": 2}
        kept.heard([fact()])
        await until(lambda: showing.sheet == (2, b'{"n":2}', b'event: snapshot\nid: 2\ndata: {"n":2}\n\n'))

    run(story, scene)


def test_each_language_has_its_own(story: Story) -> None:
    story.data = {"text": gettext_lazy("Save")}

    def build(key: str, language: str) -> Snapshot:
        return Snapshot(1, {"in": translation.get_language(), "asked": language})

    story.registry.topics["room"] = Topic("room", (), story.key_of, NOBODY, build)

    async def scene(kept: Screens) -> None:
        for language in ("nl", "en"):
            showing = kept.look(ROOM._replace(language=language))
            await showing.ready.wait()
            assert showing.sheet is not None
            assert showing.sheet.data == b'{"in":"%b","asked":"%b"}' % (language.encode(), language.encode())

    run(story, scene)


def test_a_builder_that_fails_is_logged_and_asked_again(
    story: Story, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screens, "PATIENCE", 0.3)

    async def scene(kept: Screens) -> None:
        showing = kept.look(ROOM)
        await showing.ready.wait()
        story.fails = 1
        story.say(2)
        kept.heard([fact()])
        await until(lambda: showing.sheet is not None and showing.sheet.version == 2)

    run(story, scene)
    assert [record.message for record in caplog.records] == ["Screen 1 of room could not be built"]


def test_facts_of_which_nobody_knows_the_key_concern_every_screen_of_the_topic(
    story: Story, caplog: pytest.LogCaptureFixture
) -> None:
    def unsure(change: Change) -> object:
        raise KeyError("room_id")

    story.registry.topics["room"] = Topic("room", ("Said",), unsure, NOBODY, story.build)

    async def scene(kept: Screens) -> None:
        await kept.look(ROOM).ready.wait()
        kept.heard([fact()])
        await until(lambda: len(story.built) == 2)

    run(story, scene)
    assert "does not know whom" in caplog.text


def test_what_is_gone_says_so_and_comes_back(story: Story) -> None:
    async def scene(kept: Screens) -> None:
        showing = kept.look(ROOM)
        await showing.ready.wait()
        story.data = None
        kept.heard([fact()])
        await until(lambda: showing.is_gone)
        story.say(3)
        kept.heard([fact()])
        await until(lambda: not showing.is_gone)

    run(story, scene)


def test_what_nobody_looks_at_is_not_built(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screens, "KEPT", -1.0)

    async def scene(kept: Screens) -> None:
        await kept.look(ROOM).ready.wait()
        kept.heard([fact()])
        await asyncio.sleep(0.4)

    run(story, scene)
    assert len(story.built) == 1


def test_many_who_look_are_told_less_often() -> None:
    showing = screens.Showing(ROOM)
    assert showing.pace == 0.25
    showing.watchers.update(Watcher(Ticket(frozenset(), None, 0.0), "") for _ in range(2000))
    assert showing.pace == 0.5
