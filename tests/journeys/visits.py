"""How the people of the cast come in."""

import re

from playwright.sync_api import Page

from tests.running import Server


def link_of(server: Server, name: str) -> str:
    """The sign-in link that the demo printed for this person."""
    found = re.search(rf"^  {re.escape(name)},.*\n(?:    .*\n)*?    (http\S+)$", server.said(), re.MULTILINE)
    assert found, f"The demo printed no link for {name}:\n{server.said()}"
    return found[1]


def sign_in(page: Page, server: Server, name: str, next_path: str = "/") -> None:
    """`sign_in(page, server, "Noor de Wit", "/amsterdam/agenda/")`"""
    page.goto(f"{link_of(server, name)}?next={next_path}")
