"""Screens of snapshots, and forms that are sent once, in a browser: lost connections, killed servers, ended rights."""

import re
import signal
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_live_pages import holding_proxy
from tests.running import Prepared, Server

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def server(empty: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with (
        empty.copy(tmp_path_factory.mktemp("room") / "data") as (data, url),
        Server(data, module="tests.journeys.live_site", database_url=url) as server,
    ):
        yield server


def happen(server: Server, name: str, ids: str = "{}", at: datetime | None = None) -> None:
    moment = (at or datetime(2026, 1, 1, tzinfo=UTC)).strftime("%Y-%m-%d %H:%M:%S")
    server.execute(
        f"INSERT INTO facts_factrow (name, at, community_id, ids) VALUES ('{name}', '{moment}+00:00', 9, '{ids}')"
    )


def enter(page: Page) -> None:
    page.goto("/room/")
    expect(page.locator("html")).to_have_attribute("data-live", "stream")
    expect(page.locator("h1")).to_contain_text("said")


def send(page: Page, text: str) -> None:
    page.get_by_label("Words").fill(text)
    page.get_by_role("button", name="Send").click()


def test_a_snapshot_is_shown_and_what_is_typed_stays(page: Page, server: Server) -> None:
    enter(page)
    page.get_by_label("Draft").fill("half a sentence")
    page.get_by_label("Draft").press("ArrowLeft")
    happen(server, "Said", '{"text": "From the hall", "key": "a"}')
    expect(page.locator("li").last).to_have_text("From the hall", timeout=3000)
    expect(page.get_by_label("Draft")).to_have_value("half a sentence")
    expect(page.get_by_label("Draft")).to_be_focused()
    assert page.evaluate("document.activeElement.selectionStart") == len("half a sentence") - 1


@pytest.mark.parametrize("with_a_key", [False, True])
def test_a_button_that_is_pressed_stays_until_it_is_released(page: Page, server: Server, with_a_key: bool) -> None:
    enter(page)
    page.evaluate("addEventListener('click', (event) => document.title += event.target.textContent)")
    text, button = f"With a key: {with_a_key}", page.get_by_role("button", name="Like")
    button.focus()
    button.hover()
    page.keyboard.down("Space") if with_a_key else page.mouse.down()
    happen(server, "Said", f'{{"text": "{text}", "key": "pressed"}}')
    page.wait_for_timeout(700)
    page.keyboard.up("Space") if with_a_key else page.mouse.up()
    expect(page).to_have_title("RoomLike")
    expect(page.locator("li").last).to_have_text(text)


def test_a_press_of_which_the_end_is_never_heard_holds_nothing_back(page: Page, server: Server) -> None:
    enter(page)
    page.get_by_role("button", name="Like").hover()
    page.mouse.down()
    happen(server, "Said", '{"text": "Still pressed", "key": "long"}')
    expect(page.locator("li").last).to_have_text("Still pressed", timeout=4000)


def test_a_timer_counts_by_the_clock_of_the_server(page: Page, server: Server) -> None:
    page.clock.install(time=datetime(2031, 5, 1, tzinfo=UTC))
    page.clock.resume()
    enter(page)
    happen(server, "Timed", at=datetime.now(UTC) + timedelta(seconds=125))  # noqa: TID251 - the server's own clock
    expect(page.locator("[data-live-timer]")).to_have_text(re.compile(r"^2:0[0-5]$"), timeout=4000)


def test_words_are_sent_and_a_refusal_gives_them_back(page: Page) -> None:
    enter(page)
    send(page, "Mine")
    expect(page.locator("[data-send-state]")).to_have_text("Verstuurd.")
    expect(page.locator("li").last).to_have_text("Mine", timeout=3000)
    expect(page.get_by_label("Words")).to_have_value("")
    send(page, "rude")
    expect(page.locator("[data-send-state]")).to_have_text("Not that.")
    expect(page.get_by_label("Words")).to_have_value("rude")


def test_without_a_network_words_wait_and_count_once(page: Page) -> None:
    enter(page)
    page.context.set_offline(True)
    send(page, "In the lift")
    send(page, "And on the stairs")
    expect(page.locator("[data-send-state]")).to_contain_text("wacht op versturen: 2")
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("li", has_text="And on the stairs")).to_have_count(1, timeout=8000)
    expect(page.locator("li", has_text="In the lift")).to_have_count(1)
    assert page.evaluate("sendOnce.waiting().length") == 0


def test_an_answer_that_is_lost_does_not_count_twice(page: Page) -> None:
    enter(page)
    tried = []

    def lose(route: object) -> None:
        tried.append(1)
        if len(tried) == 1:
            route.fetch()  # type: ignore[attr-defined]
            route.abort()  # type: ignore[attr-defined]
        else:
            route.continue_()  # type: ignore[attr-defined]

    page.route("**/room/post/", lose)
    send(page, "Said once")
    expect(page.locator("[data-send-state]")).to_have_text("Verstuurd.", timeout=8000)
    expect(page.locator("li", has_text="Said once")).to_have_count(1, timeout=3000)
    assert len(tried) == 2


def test_a_killed_server_is_back_within_five_seconds(page: Page, server: Server) -> None:
    enter(page)
    server.stop(signal.SIGKILL)
    expect(page.locator(".live-state")).to_contain_text("Geen verbinding", timeout=10_000)
    send(page, "Through the night")
    happen(server, "Said", '{"text": "While it was down", "key": "down"}')
    server.start()
    expect(page.locator("li", has_text="While it was down")).to_have_count(1, timeout=5000)
    expect(page.locator(".live-state")).to_have_text("Weer verbonden.")
    expect(page.locator("li", has_text="Through the night")).to_have_count(1, timeout=5000)


def test_access_that_ends_ends_on_the_screen(page: Page, server: Server) -> None:
    enter(page)
    happen(server, "Closed")
    expect(page.locator("html")).to_have_attribute("data-live", "ended", timeout=15_000)
    expect(page.locator(".live-state")).to_have_text("Dit scherm is voor je gesloten. Open de pagina opnieuw.")
    happen(server, "Opened")


def test_where_a_proxy_holds_the_stream_back_the_screen_polls(page: Page, server: Server) -> None:
    with holding_proxy(server.port) as port:
        page.goto(f"http://127.0.0.1:{port}/room/")
        expect(page.locator("html")).to_have_attribute("data-live", "poll", timeout=15_000)
        happen(server, "Said", '{"text": "Through the proxy", "key": "p"}')
        expect(page.locator("li", has_text="Through the proxy")).to_have_count(1, timeout=10_000)
