"""Journeys: a real browser, a real server with the sample cases, axe on every state of the screen.

Each file of journeys has a server of its own, with a fresh copy of the sample data. A failing journey leaves a picture
and the page in var/journeys.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, Response, expect, sync_playwright

from tests.journeys.somebody import Cast
from tests.running import ROOT, Prepared, Server, prepare_sample

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LEFT = ROOT / "var" / "journeys"
LONG = ("test_edition", "test_question_to_norm", "test_werkplaats", "test_small_screens", "test_parts")
"""The longest first: a file stays in one process, and nobody waits for a long one that began last."""

PATIENCE = 45_000
"""Milliseconds. How fast a screen follows is measured in benchmarks; here a busy machine may take its time, and what a
phone sends anew after fifteen seconds without an answer still counts."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    order = {name: place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: order.get(item.path.stem, len(LONG)))


@pytest.fixture(scope="session")
def sample() -> Prepared:
    return prepare_sample()


@pytest.fixture(scope="module")
def server(sample: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demo on a free port, with data that this file of journeys may change."""
    with (
        sample.copy(tmp_path_factory.mktemp("journey") / "data") as (data, url),
        Server(data, "demo", database_url=url) as server,
    ):
        yield server


@pytest.fixture(scope="session", autouse=True)
def patience() -> None:
    expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield browser
    browser.close()


Opens = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, server: Server, request: pytest.FixtureRequest) -> Iterator[Opens]:
    """Makes a page of a fresh visitor: `open_page()`, `open_page(locale="en-GB", viewport={...}, color_scheme="dark")`.

    An error of a script, a refusal of the content policy or a broken request to our own server fails the journey.
    """
    contexts: list[BrowserContext] = []
    pages: list[Page] = []
    troubles: list[str] = []

    def make(**options: Any) -> Page:
        wanted = {"locale": "nl-NL", "viewport": {"width": 1280, "height": 900}, "base_url": server.url, **options}
        context = browser.new_context(**wanted)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        pages.append(page)
        page.on("pageerror", lambda error: troubles.append(f"script: {error}"))
        page.on("console", lambda said: troubles.append(f"console: {said.text}") if is_trouble(said) else None)
        page.on(
            "response", lambda answer: troubles.append(f"{answer.url}: {answer.status}") if is_broken(answer) else None
        )
        return page

    yield make
    failed = getattr(request.node, "journey_failed", False)
    if failed:
        keep(request.node.name, pages, server)
        print("The browser complained:", *troubles or ["of nothing"], sep="\n")
        for page in pages:
            print(in_short(page))
    for context in contexts:
        context.close()
    if not failed:
        assert not troubles, "The browser complained:\n" + "\n".join(troubles)


def in_short(page: Page) -> str:
    """What a page says of itself, for whoever reads of a journey that failed elsewhere."""
    try:
        said: Any = page.evaluate(
            """() => {
                const texts = [...document.querySelectorAll("[role=status], [role=alert], .toast")];
                const active = document.activeElement;
                return {
                    title: document.title, live: document.documentElement.dataset.live,
                    focus: active?.id || active?.tagName,
                    said: texts.map((each) => each.textContent.trim()).filter(Boolean),
                    typed: [...document.querySelectorAll("textarea")].map((each) => each.value).filter(Boolean),
                    waiting: window.sendOnce?.waiting(), version: window.liveRoom?.stream.version,
                };
            }"""
        )
    except Error as error:
        said = error.message
    return f"{page.url}: {said}"


def is_broken(answer: Response) -> bool:
    return answer.status >= 500 or (answer.status == 404 and "/static/" in answer.url)


def is_trouble(said: Any) -> bool:
    """A page refused or a server away is part of a journey; a script or style that is refused is not."""
    return said.type == "error" and not said.text.startswith("Failed to load resource")


def keep(name: str, pages: list[Page], server: Server) -> None:
    folder = LEFT / re.sub(r"[^\w-]+", "-", name)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for number, page in enumerate(pages, 1):
        try:
            page.screenshot(path=folder / f"{number}.png", full_page=True)
            (folder / f"{number}.html").write_text(page.content(), encoding="utf-8")
        except Error:
            continue
    (folder / "server.log").write_text(server.said(), encoding="utf-8")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    report = yield
    if report.when == "call" and report.failed:
        item.journey_failed = True  # type: ignore[attr-defined]
    return report


@pytest.fixture
def page(open_page: Opens) -> Page:
    return open_page()


@pytest.fixture
def cast(server: Server, open_page: Opens) -> Cast:
    """The people of the demo, each in a browser of their own: `cast("Noor de Wit").goes_to("/amsterdam/agenda/")`."""
    return Cast(server, open_page)
