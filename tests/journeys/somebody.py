"""Somebody at a browser: goes, reads, types and presses, as a person does. Every screen that comes is looked at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Locator, Page, Response, expect

from tests.journeys.axe import axe
from tests.journeys.visits import sign_in
from tests.running import Server


class Somebody:
    """One person with a window of their own. `looks` says whether axe looks at every screen that comes."""

    def __init__(self, page: Page, *, looks: bool = True) -> None:
        self.page = page
        self.looks = looks
        self._status = 0
        page.on("response", self._note)

    def _note(self, answer: Response) -> None:
        if answer.request.is_navigation_request() and answer.frame == self.page.main_frame:
            self._status = answer.status

    @property
    def path(self) -> str:
        return re.sub(r"^https?://[^/]+|[?#].*$", "", self.page.url)

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    def part(self, name: str) -> Locator:
        """A part of the page by its heading."""
        return self.main.get_by_role("region", name=name)

    def look(self) -> None:
        """The screen as it is now: accessible, and nothing scrolls sideways."""
        if self.looks:
            axe(self.page)
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{self.path} scrolls sideways"

    @contextmanager
    def comes(self, status: int = 200) -> Iterator[None]:
        """What happens inside brings a new screen."""
        with self.page.expect_navigation():
            yield
        assert self._status == status, f"{self.page.url} answers {self._status}, not {status}"
        self.look()

    def goes_to(self, path: str, *, status: int = 200) -> None:
        with self.comes(status):
            self.page.goto(path)

    def follows(self, link: str, *, within: Locator | None = None, exact: bool = False) -> None:
        with self.comes(200):
            (within or self.main).get_by_role("link", name=link, exact=exact).first.click()

    def presses(
        self, button: str | re.Pattern[str], *, within: Locator | None = None, exact: bool = False, status: int = 200
    ) -> None:
        """Press a button that sends something; `status=422` when it comes back with what is wrong."""
        with self.comes(status):
            (within or self.main).get_by_role("button", name=button, exact=exact).first.click()

    def opens(self, fold: str, *, within: Locator | None = None) -> None:
        """Unfold a part of the page."""
        (within or self.main).locator("summary", has_text=fold).first.click()
        self.look()

    def field(self, label: str, within: Locator | None = None) -> Locator:
        return (within or self.main).get_by_label(label).and_(self.page.locator("input, textarea, select")).first

    def writes(self, texts: dict[str, str], *, within: Locator | None = None) -> None:
        for label, text in texts.items():
            self.field(label, within).fill(text)

    def chooses(self, choices: dict[str, str], *, within: Locator | None = None) -> None:
        """In a list of choices, the first that holds these words."""
        for label, words in choices.items():
            options = self.field(label, within).locator("option")
            value = options.filter(has_text=words).first.get_attribute("value")
            self.field(label, within).select_option(value)

    def ticks(self, *labels: str, within: Locator | None = None) -> None:
        for label in labels:
            self.field(label, within).check()

    def reads(self, *texts: str, within: Locator | None = None) -> None:
        for text in texts:
            expect(within or self.main).to_contain_text(text)

    def does_not_read(self, *texts: str) -> None:
        for text in texts:
            expect(self.main).not_to_contain_text(text)

    def heading(self, text: str | re.Pattern[str]) -> None:
        expect(self.main.get_by_role("heading", level=1)).to_contain_text(text)


class Cast:
    """Who takes part in a journey: `cast("Noor de Wit")` signs her in, once, in a browser of her own."""

    def __init__(self, server: Server, open_page: Callable[..., Page]) -> None:
        self.server = server
        self.open_page = open_page
        self._in: dict[str, Somebody] = {}

    def __call__(self, name: str) -> Somebody:
        if name not in self._in:
            self._in[name] = self.comes_in(name)
        return self._in[name]

    def comes_in(self, name: str, next_path: str = "/toegankelijkheid/", **options: Any) -> Somebody:
        """One more browser of this person: another screen, another language, or the same person twice."""
        # The screens are the same on both databases: axe, which takes half the time, looks at them once.
        looks = options.pop("looks", not self.server.database_url)
        page = self.open_page(**options)
        sign_in(page, self.server, name, next_path)
        return Somebody(page, looks=looks)

    def visitor(self, **options: Any) -> Somebody:
        return Somebody(self.open_page(**options))
