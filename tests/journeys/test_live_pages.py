"""What the script of live pages does in a browser: refresh, keep what is typed, come back, poll, end."""

import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from tests.running import Prepared, Server


@pytest.fixture(scope="module")
def server(empty: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One page with live regions takes the place of the demo."""
    with (
        empty.copy(tmp_path_factory.mktemp("live") / "data") as (data, url),
        Server(data, module="tests.journeys.live_site", database_url=url) as server,
    ):
        yield server


def happen(server: Server, community_id: int = 1) -> None:
    server.execute(
        "INSERT INTO facts_factrow (name, at, community_id, ids) "
        f"VALUES ('VersionSet', '2026-01-01 00:00:00+00:00', {community_id}, '{{}}')"
    )


def open_live(page: Page) -> int:
    """Open the page, wait for its stream, and say how many facts it knows."""
    page.goto("/page/")
    expect(page.locator("html")).to_have_attribute("data-live", "stream")
    return int((page.locator("#count p").first.text_content() or "").split()[0])


def test_a_fact_refreshes_the_page_and_is_said_politely(page: Page, server: Server) -> None:
    known = open_live(page)
    happen(server, community_id=2)
    happen(server)
    expect(page.locator("#count")).to_contain_text(f"{known + 1} facts", timeout=3000)
    expect(page.get_by_role("status")).to_have_text("Deze pagina is bijgewerkt.")


def test_what_somebody_types_stays_until_they_leave_it(page: Page, server: Server) -> None:
    known = open_live(page)
    page.get_by_label("Text").fill("half a sentence")
    happen(server)
    expect(page.locator("#count")).to_contain_text(f"{known + 1} facts", timeout=3000)
    expect(page.locator("#form")).to_contain_text(f"{known} known here")
    expect(page.get_by_label("Text")).to_have_value("half a sentence")
    page.get_by_label("Text").fill("")
    page.locator("#outside").focus()
    expect(page.locator("#form")).to_contain_text(f"{known + 1} known here")


def test_focus_stays_where_it_was(page: Page, server: Server) -> None:
    known = open_live(page)
    page.locator("#link").focus()
    happen(server)
    expect(page.locator("#count")).to_contain_text(f"{known + 1} facts", timeout=3000)
    expect(page.locator("#link")).to_be_focused()


def test_a_page_comes_back_after_the_server_was_killed(page: Page, server: Server) -> None:
    known = open_live(page)
    server.stop(signal.SIGKILL)
    happen(server)
    server.start()
    expect(page.locator("#count")).to_contain_text(f"{known + 1} facts", timeout=8000)
    expect(page.locator("html")).to_have_attribute("data-live", "stream", timeout=15_000)


def test_a_hidden_tab_closes_its_stream_and_looks_again_when_shown(page: Page, server: Server) -> None:
    known = open_live(page)
    hide = "hidden => { Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });"
    hide += " document.dispatchEvent(new Event('visibilitychange')); }"
    page.evaluate(hide, True)
    happen(server)
    page.wait_for_timeout(1500)
    expect(page.locator("#count")).to_contain_text(f"{known} facts")
    page.evaluate(hide, False)
    expect(page.locator("#count")).to_contain_text(f"{known + 1} facts", timeout=3000)


def test_a_page_that_may_no_longer_be_seen_stays_as_it_is(page: Page, server: Server) -> None:
    known = open_live(page)
    page.route("**/page/", lambda route: route.fulfill(status=404, body="Not found"))
    happen(server)
    expect(page.locator("html")).to_have_attribute("data-live", "ended", timeout=3000)
    expect(page.locator("#count")).to_contain_text(f"{known} facts")


def test_where_a_proxy_holds_the_stream_back_the_page_polls(page: Page, server: Server) -> None:
    with holding_proxy(server.port) as port:
        page.goto(f"http://127.0.0.1:{port}/page/")
        expect(page.locator("html")).to_have_attribute("data-live", "poll", timeout=20_000)
        known = int((page.locator("#count p").first.text_content() or "").split()[0])
        happen(server)
        expect(page.locator("#count")).to_contain_text(f"{known + 1} facts", timeout=10_000)


@contextmanager
def holding_proxy(to_port: int) -> Iterator[int]:
    """A proxy that gives an answer only when it is complete, as some do in town halls."""
    listener = socket.create_server(("127.0.0.1", 0))

    def carry(browser: socket.socket) -> None:
        with browser, socket.create_connection(("127.0.0.1", to_port)) as server:
            request = b""
            while b"\r\n\r\n" not in request:
                part = browser.recv(65536)
                if not part:
                    return
                request += part
            server.sendall(request.replace(b"\r\n", b"\r\nConnection: close\r\n", 1))
            answer = bytearray()
            while part := server.recv(65536):
                answer += part
            browser.sendall(bytes(answer).replace(b"connection: keep-alive\r\n", b""))

    def accept() -> None:
        while True:
            try:
                browser, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=carry_safely, args=(browser,), daemon=True).start()

    def carry_safely(browser: socket.socket) -> None:
        try:
            carry(browser)
        except OSError:
            browser.close()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        listener.close()
