"""The demo opens for each of the cast."""

from playwright.sync_api import Page, expect

from tests.journeys.axe import axe
from tests.journeys.conftest import Opens
from tests.journeys.visits import sign_in
from tests.running import Server


def test_everybody_of_the_cast_comes_in_with_one_click(open_page: Opens, server: Server) -> None:
    names = [line.strip().split(",")[0] for line in server.said().splitlines() if line[:2] == "  " and line[2:3] != " "]
    assert len(names) == 12
    for name in names:
        page = open_page()
        sign_in(page, server, name)
        expect(page.get_by_role("main")).to_be_visible()
        expect(page.get_by_role("banner")).to_contain_text(name)
        page.close()


def test_the_first_screen_is_for_everybody(page: Page, server: Server) -> None:
    sign_in(page, server, "Noor de Wit")
    axe(page)
