"""Two facilitators run one room, each at a desk of their own: one clusters while the other looks through what came in.

Each desk follows the other by itself, what does not go together any more is said in a sentence, and one takes back what
the other did. Then a laptop dies in the middle of a round, and somebody goes on with it on a tablet.
"""

from __future__ import annotations

import re
from datetime import timedelta

from django.utils.timezone import localtime
from playwright.sync_api import Locator, Page, expect

from leerkring.platform import clock
from tests.journeys.axe import axe
from tests.journeys.somebody import Cast, Somebody

LINES = ("Wie bewaart de deuren?", "Waar liggen de deuren?", "Wie rekent de stenen na?")
PILE = "Deuren die nog goed zijn"
HEARS = re.compile(r"^https?://[^/]+/live/")


def room_of(noor: Somebody) -> tuple[str, str]:
    """A werkplaats that has begun: its desk and its code."""
    starts = localtime(clock.now()).replace(minute=0)
    ends = starts + timedelta(hours=3)
    noor.page.goto("/amsterdam/meetings/new/")
    noor.chooses({"Soort": "werkplaats"})
    noor.writes({"Titel": "Twee aan de regie", "Dag": f"{starts:%Y-%m-%d}", "Laatste dag": f"{ends:%Y-%m-%d}"})
    noor.writes({"Van": f"{starts:%H:%M}", "Tot": f"{ends:%H:%M}"})
    noor.main.get_by_role("button", name="Plan de bijeenkomst").click()
    noor.main.get_by_role("button", name="Bereid de werkplaats voor").click()
    meeting = noor.page.url.replace("werkplaats/", "")
    noor.page.goto(meeting)
    noor.reads("Loop de rondes langs")
    noor.look()
    noor.main.get_by_role("link", name="Naar de werkplaats").first.click()
    noor.main.get_by_role("button", name="Begin", exact=True).click()
    noor.heading("De werkplaats is bezig")
    return noor.path, noor.main.locator(".dk-door__code strong").inner_text().replace(" ", "")


def press(somebody: Somebody, button: str, within: Locator | None = None, *, exact: bool = False) -> None:
    (within or somebody.main).get_by_role("button", name=button, exact=exact).first.click()


def goes_on(somebody: Somebody, title: str, *others: Somebody) -> None:
    press(somebody, "Volgende ronde")
    for each in (somebody, *others):
        expect(each.page.locator("#round-now")).to_have_text(title)


def done_last(somebody: Somebody) -> Locator:
    return somebody.main.locator(".dk-steps li").first


def test_two_facilitators_and_a_laptop_that_dies(cast: Cast) -> None:
    noor, joost = cast("Noor de Wit"), cast("Joost Hendriks")
    room, code = room_of(noor)
    joost.page.goto(room)
    phone = cast.comes_in("Tarik Bouzidi", viewport={"width": 320, "height": 640}, color_scheme="dark")
    phone.page.goto(f"/w/{code}/")
    press(phone, "Kom binnen")

    goes_on(noor, "Wat wil je anders leren doen?", joost)
    what_waited_comes_in_together(phone.page, joost)
    one_looks_through_while_the_other_clusters(noor, joost)
    what_does_not_go_together_is_said(noor, joost, room)
    points_are_given(noor, joost, phone.page)
    noor.page.close()
    another_goes_on_with_it_on_a_tablet(cast, joost, phone.page, room)


def what_waited_comes_in_together(phone: Page, desk: Somebody) -> None:
    """Three lines without a network: in one go, in order, once."""
    sent: list[str] = []
    phone.on("request", lambda asked: sent.append(asked.url) if asked.method == "POST" else None)
    expect(phone.locator("#words")).to_be_visible()
    phone.context.set_offline(True)
    for number, text in enumerate(LINES, start=1):
        phone.locator("#words").fill(text)
        phone.get_by_role("button", name="Verstuur").click()
        expect(phone.locator('[data-part="queue"] .sent')).to_have_count(number)
    sent.clear()
    phone.context.set_offline(False)
    expect(phone.locator('[data-part="sent"] li')).to_have_count(3)
    expect(phone.locator('[data-part="queue"]')).to_be_hidden()
    answered = [url for url in sent if url.endswith(("/post/", "/posts/"))]
    assert len(answered) <= 3, answered
    assert any(url.endswith("/posts/") for url in answered), answered
    expect(desk.main.locator(".dk-post__t")).to_have_text(list(LINES))


def one_looks_through_while_the_other_clusters(noor: Somebody, joost: Somebody) -> None:
    for text in LINES[:2]:
        press(joost, f"Toon {text}")
        expect(
            noor.main.locator("li.dk-post", has_text=text).get_by_role("button", name="Van het scherm")
        ).to_have_count(1)
    goes_on(noor, "Wat hoort bij elkaar?", joost)
    posts = noor.main.locator(".dk-loose [data-item]")
    for text in LINES[:2]:
        posts.filter(has_text=text).locator("input").check()
    joost.main.locator("summary", has_text="wacht tot je").click()
    press(joost, f"Toon {LINES[2]}")
    expect(posts).to_have_count(3)
    expect(posts.locator("input:checked")).to_have_count(2)
    press(noor, "Leg bij elkaar")
    for desk in (noor, joost):
        expect(desk.main.locator(".dk-pile")).to_have_count(1)
        expect(done_last(desk)).to_contain_text(f"Noor de Wit maakte de stapel ‘{LINES[0]}’")
        expect(done_last(desk)).to_contain_text(re.compile("nu|geleden"))
    press(joost, "Neem terug", done_last(joost))
    for desk in (noor, joost):
        expect(desk.main.locator(".dk-pile")).to_have_count(0)
        expect(done_last(desk)).to_contain_text("teruggenomen door Joost Hendriks")
        desk.look()


def what_does_not_go_together_is_said(noor: Somebody, joost: Somebody, room: str) -> None:
    """His desk hears nothing for a while: what he then does to a pile that is gone is answered, and his desk is new."""
    posts = noor.main.locator(".dk-loose [data-item]")
    for text in LINES[:2]:
        posts.filter(has_text=text).locator("input").check()
    press(noor, "Leg bij elkaar")
    expect(joost.main.locator(".dk-pile")).to_have_count(1)
    joost.page.route(HEARS, lambda route: route.abort())
    joost.page.goto(room)
    pile = noor.main.locator(".dk-pile")
    pile.locator("summary").click()
    press(noor, "Haal uit elkaar", pile)
    expect(pile).to_have_count(0)
    stale = joost.main.locator(".dk-pile")
    stale.locator("summary").click()
    stale.get_by_label("Naam van de stapel").fill(PILE)
    press(joost, "Bewaar", stale, exact=True)
    expect(joost.page.locator("[data-desk-said]")).to_have_text(
        "Deze stapel is er niet meer. Kijk nog eens naar de pagina."
    )
    expect(joost.main.locator(".dk-pile")).to_have_count(0)
    press(joost, "Neem terug", done_last(joost))
    expect(pile).to_have_count(1)
    joost.page.unroute(HEARS)
    joost.page.goto(room)
    pile.locator("summary").click()
    pile.get_by_label("Naam van de stapel").fill(PILE)
    press(noor, "Bewaar", pile, exact=True)
    expect(joost.main.locator(".dk-pile")).to_contain_text(PILE)


def points_are_given(noor: Somebody, joost: Somebody, phone: Page) -> None:
    # A key that is held opens one round, not all that follow.
    joost.main.get_by_role("button", name="Volgende ronde").focus()
    for _repeat in range(4):
        joost.page.keyboard.down("Enter")
        joost.page.wait_for_timeout(150)
    joost.page.keyboard.up("Enter")
    for desk in (joost, noor):
        expect(desk.page.locator("#round-now")).to_have_text("Wat is voor jou het belangrijkst?")
    expect(joost.main.get_by_role("button", name="Volgende ronde")).to_be_focused()
    for left in (2, 1):
        phone.get_by_role("button", name=f"Eén punt meer voor {PILE}").click()
        expect(phone.locator("[data-left]")).to_have_text(str(left))
    press(noor, "Start")
    for page in (joost.page, phone):
        expect(page.locator("[data-live-timer]")).to_be_visible()


def another_goes_on_with_it_on_a_tablet(cast: Cast, joost: Somebody, phone: Page, room: str) -> None:
    """Nothing stood on the laptop alone: round, clock, points and the list of steps are there."""
    sanne = cast.comes_in("Sanne Kuipers", viewport={"width": 768, "height": 1024}, has_touch=True, locale="nl-NL")
    sanne.page.goto(room)
    expect(sanne.page.locator("#round-now")).to_have_text("Wat is voor jou het belangrijkst?")
    expect(sanne.page.locator("[data-live-timer]")).to_be_visible()
    sanne.reads("1 van 1 gaf punten")
    expect(done_last(sanne)).to_contain_text("Noor de Wit zette de klok")
    sanne.look()
    sanne.main.get_by_role("button", name="Sluit en toon de uitslag").tap()
    for desk in (sanne, joost):
        expect(desk.main.locator(".dk-results li").first).to_contain_text(PILE)
    results = phone.locator("[data-results] li")
    expect(results.first).to_contain_text(PILE)
    expect(results.first.locator("[data-own]")).to_have_text("2 van jou")
    axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    sanne.main.get_by_role("button", name="Verberg de uitslag").tap()
    expect(results).to_have_count(0)
    press(joost, "Neem terug", done_last(joost))
    expect(results.first.locator("[data-own]")).to_have_text("2 van jou")
