"""A whole werkplaats: one projector, one facilitator and three phones, from the code on the wall to the set version.

Two phones are of members, one is of a guest without account. On the way a phone loses the network, a rude post is held
back, piles are made by keyboard alone and taken apart again, and axe looks at every screen of every round.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.timezone import localtime
from playwright.sync_api import Locator, Page, expect

from leerkring.platform import clock
from tests.journeys.axe import axe
from tests.journeys.somebody import Cast, Somebody

TITLE = "Werkplaats Slopen"
RUDE = "Wat een onzin allemaal"
QUESTIONS = (
    "Hoe leren inkopers van een sloop?",
    "Wie weet welke deuren er liggen?",
    "Wie bewaart de deuren die nog goed zijn?",
)
OFFLINE = "Waar blijven de stenen van de kade?"
PAPER = "Wie rijdt de stenen naar een ander project?"
DOORS = "Deuren die nog goed zijn"
REWORDED = "Hoe zit inkoop aan tafel nog vóór de uitvraag geschreven is?"
TOMORROW = "Wat doe je morgen anders?"
WORD = "Neem de volgende keer de aannemer mee"


@dataclass
class Hall:
    """Who is there, and what they look at."""

    desk: Somebody
    wall: Page
    phones: list[Page]

    def look(self) -> None:
        """Every screen as it is now is accessible, and no phone scrolls sideways."""
        if self.desk.looks:
            for page in (self.desk.page, self.wall, *self.phones):
                axe(page)
        for phone in self.phones:
            assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth"), phone.url

    def press(self, button: str, *, within: Locator | None = None, exact: bool = False) -> None:
        """A button of the desk; its script sends it without a new page."""
        (within or self.desk.main).get_by_role("button", name=button, exact=exact).first.click()

    def goes_on(self, title: str) -> None:
        """The desk opens the next round, and every screen follows by itself."""
        self.press("Volgende ronde")
        expect(self.desk.page.locator("#round-now")).to_have_text(title)
        expect(self.wall.locator("body")).to_contain_text(title)
        for phone in self.phones:
            expect(phone.locator("#round h1")).to_be_visible()


def test_a_werkplaats_from_the_code_to_the_set_version(cast: Cast) -> None:
    hall = the_hall_fills(cast)
    everybody_brings_something_in(hall)
    piles_are_made_by_keyboard(hall)
    points_stay_hidden_until_they_are_shown(hall)
    the_agenda_is_walked_through(hall)
    a_group_tells(hall)
    groups_are_wished_and_formed(hall)
    the_version_is_set_in_front_of_everyone(hall)
    the_hall_looks_back(hall)
    everything_is_where_it_belongs(hall)


def the_hall_fills(cast: Cast) -> Hall:
    noor = cast("Noor de Wit")
    starts = localtime(clock.now()).replace(minute=0)
    ends = starts + timedelta(hours=3)
    noor.goes_to("/amsterdam/meetings/new/")
    noor.chooses({"Soort": "werkplaats"})
    noor.writes({"Titel": TITLE, "Dag": f"{starts:%Y-%m-%d}", "Laatste dag": f"{ends:%Y-%m-%d}"})
    noor.writes({"Van": f"{starts:%H:%M}", "Tot": f"{ends:%H:%M}", "Plaats (hoeft niet)": "De loods"})
    noor.presses("Plan de bijeenkomst")
    noor.presses("Bereid de werkplaats voor")
    noor.main.get_by_role("button", name="Ook zonder").click()
    expect(noor.main).to_contain_text("Ook zonder account.")
    noor.main.get_by_role("button", name="Begin", exact=True).click()
    noor.heading("De werkplaats is bezig")
    room = noor.path
    code = noor.main.locator(".dk-door__code strong").inner_text().replace(" ", "")

    # A window of its own: two tabs in one would hide each other, and a hidden one draws once a second.
    wall = cast.comes_in("Noor de Wit", viewport={"width": 1920, "height": 1080}).page
    wall.goto(f"{room}projector/")
    phone: dict[str, Any] = {"viewport": {"width": 390, "height": 844}}
    people = [
        cast.comes_in("Tarik Bouzidi", **phone),
        cast.comes_in("Elif Arslan", color_scheme="dark", **phone),
        cast.visitor(viewport={"width": 320, "height": 640}),
    ]
    for somebody in people:
        somebody.goes_to("/w/")
        somebody.writes({"Code": code.lower()})
        somebody.presses("Verder")
        if somebody is people[-1]:
            somebody.writes({"Je naam": "Sam van buiten"})
        somebody.presses("Kom binnen")
        expect(somebody.page.locator("#round h1")).to_have_text("Je bent binnen")
    expect(wall.locator("body")).to_contain_text("3 zijn binnen")
    hall = Hall(noor, wall, [somebody.page for somebody in people])
    hall.look()
    return hall


def bring(phone: Page, text: str) -> None:
    phone.locator("#words").fill(text)
    phone.get_by_role("button", name="Verstuur").click()


def place_of(element: Locator) -> float:
    """How far from the top of the page."""
    return float(element.evaluate("element => element.getBoundingClientRect().top + scrollY"))


def everybody_brings_something_in(hall: Hall) -> None:
    hall.goes_on("Wat wil je anders leren doen?")
    for phone, text in zip(hall.phones, QUESTIONS, strict=True):
        bring(phone, text)
        expect(phone.locator('[data-part="sent"]')).to_contain_text(text)
    guest, tarik = hall.phones[2], hall.phones[0]
    bring(guest, RUDE)
    rude = hall.desk.main.locator(".dk-post").filter(has_text=RUDE)
    hall.press("Houd vast", within=rude)
    expect(hall.desk.main.locator("#held")).to_contain_text("1 vastgehouden")
    expect(hall.wall.locator("body")).not_to_contain_text(QUESTIONS[0])
    where = place_of(hall.desk.page.locator("#paper-text"))
    hall.press("Toon deze 3")
    expect(hall.desk.page.locator(".dk-toast")).to_contain_text("3 bijdragen")
    assert place_of(hall.desk.page.locator("#paper-text")) == where, "what is said moves what one is about to press"
    expect(hall.wall.locator("body")).to_contain_text(QUESTIONS[0])

    tarik.context.set_offline(True)
    bring(tarik, OFFLINE)
    expect(tarik.locator("body")).to_contain_text("Even geen verbinding")
    hall.look()
    tarik.context.set_offline(False)
    expect(tarik.locator('[data-part="sent"]')).to_contain_text(OFFLINE)
    expect(hall.desk.main.locator(".dk-post").filter(has_text=OFFLINE)).to_have_count(1)

    hall.desk.page.locator("body").press("e")
    expect(hall.desk.page.locator("#paper-text")).to_be_focused()
    hall.desk.page.keyboard.type(PAPER)
    hall.press("Voer in")
    expect(hall.desk.main.locator(".dk-post").filter(has_text=PAPER)).to_have_count(1)
    hall.press("Toon", within=hall.desk.main.locator(".dk-post").filter(has_text=OFFLINE))
    for text in (*QUESTIONS, OFFLINE, PAPER):
        expect(hall.wall.locator("body")).to_contain_text(text)
    expect(hall.wall.locator("body")).not_to_contain_text(RUDE)
    hall.look()


def piles_are_made_by_keyboard(hall: Hall) -> None:
    """No pointer in here: J and K walk, space selects, P puts with, N names, U takes back."""
    hall.goes_on("Wat hoort bij elkaar?")
    page, piles = hall.desk.page, hall.desk.main.locator(".dk-pile")
    keyboard = page.keyboard
    page.locator("body").focus()
    posts = hall.desk.main.locator(".dk-loose [data-item]")
    expect(posts).to_have_count(5)
    for text in QUESTIONS[1:]:
        walk_to(page, text)
        keyboard.press("Space")
    keyboard.press("p")
    keyboard.press("Enter")
    expect(piles).to_have_count(1)
    expect(posts).to_have_count(3)
    keyboard.press("u")
    expect(piles).to_have_count(0)
    expect(posts).to_have_count(5)
    for text in QUESTIONS[1:]:
        walk_to(page, text)
        keyboard.press("Space")
    keyboard.press("p")
    keyboard.press("Enter")
    expect(piles).to_have_count(1)
    for _step in range(12):
        if page.evaluate("!!document.activeElement.closest('.dk-pile')"):
            break
        keyboard.press("j")
    keyboard.press("n")
    keyboard.type(DOORS)
    keyboard.press("Enter")
    expect(piles).to_contain_text(DOORS)
    expect(hall.wall.locator("body")).to_contain_text(DOORS)
    hall.look()


def walk_to(page: Page, text: str) -> None:
    """Press J until the post with this text has the focus."""
    for _step in range(12):
        if page.evaluate("text => !!document.activeElement.closest('[data-item]')?.textContent.includes(text)", text):
            return
        page.keyboard.press("j")
    raise AssertionError(f"J does not come to {text!r}")


def points_stay_hidden_until_they_are_shown(hall: Hall) -> None:
    hall.goes_on("Wat is voor jou het belangrijkst?")
    for phone in hall.phones:
        left = phone.locator("[data-left]")
        budget = int(left.inner_text())
        for given in (1, 2):
            phone.get_by_role("button", name=f"Eén punt meer voor {DOORS}").click()
            expect(left).to_have_text(str(budget - given))
        phone.get_by_role("button", name=f"Eén punt minder voor {DOORS}").click()
        expect(left).to_have_text(str(budget - 1))
    expect(hall.desk.main).to_contain_text("3 van 3 gaven punten")
    expect(hall.desk.main.locator(".dk-results")).to_have_count(0)
    a_sheet_of_paper_counts_once(hall)
    hall.look()
    hall.press("Sluit en toon de uitslag")
    expect(hall.desk.main.locator(".dk-results li").first).to_contain_text(DOORS)
    expect(hall.wall.locator("body")).to_contain_text(DOORS)
    hall.look()


def a_sheet_of_paper_counts_once(hall: Hall) -> None:
    """Somebody without a phone hands it in; what is too much is refused, and stays to be mended."""
    hall.desk.main.locator("summary", has_text="Voer punten van papier in").click()
    field = hall.desk.main.get_by_label(DOORS, exact=True)
    field.fill("99")
    field.press("Enter")
    expect(hall.desk.page.locator(".dk-toast")).to_contain_text("Eén blad heeft samen")
    expect(field).to_have_value("99")
    field.fill("1")
    field.press("Enter")
    expect(hall.desk.main).to_contain_text("4 mensen gaven punten")
    expect(field).to_have_value("")
    expect(hall.desk.main.locator("#points-sheet input[type=text]").first).to_be_focused()


def the_agenda_is_walked_through(hall: Hall) -> None:
    hall.goes_on("Leven onze vragen nog?")
    now = hall.desk.main.locator(".dk-walk")
    first = now.locator("h3").inner_text()
    expect(hall.wall.locator("body")).to_contain_text(first)
    now.locator("summary", has_text="Verwoord anders").click()
    now.get_by_label("De vraag in nieuwe woorden").fill(REWORDED)
    hall.press("Verwoord anders", within=now)
    expect(now.locator("h3")).not_to_have_text(first)
    hall.press("Leeft", within=now)
    expect(hall.desk.main).to_contain_text("2 van")
    for phone in hall.phones:
        expect(phone.locator("#round")).to_contain_text(REWORDED)
    hall.look()


def a_group_tells(hall: Hall) -> None:
    hall.goes_on("De groepen vertellen")
    options = hall.desk.page.locator("#add-group option")
    group = options.first.inner_text()
    hall.press("Voeg toe", within=hall.desk.main.locator("form", has=hall.desk.page.locator("#add-group")))
    hall.press(f"Geef {group} het woord")
    elif_ = hall.phones[1]
    expect(elif_.locator("#round h1")).to_have_text(group)
    expect(hall.wall.locator("body")).to_contain_text(group)
    bring(elif_, WORD)
    expect(elif_.locator('[data-part="sent"]')).to_contain_text(WORD)
    hall.look()
    hall.press("Rond af")
    expect(hall.desk.main).to_contain_text("heeft verteld")


def groups_are_wished_and_formed(hall: Hall) -> None:
    hall.goes_on("Bij welke groep wil je?")
    hall.press("Maak van elke stapel een groep")
    table = hall.desk.main.locator(".rows li", has_text=DOORS)
    table.locator("summary", has_text="Wijzig").click()
    table.get_by_label("Minstens").fill("1")
    hall.press("Bewaar", within=table)
    expect(table).to_contain_text("1 tot")
    for phone in hall.phones:
        phone.get_by_role("button", name="eerste").first.click()
        expect(phone.locator("[data-wished]")).to_contain_text(DOORS)
    expect(hall.desk.main).to_contain_text("3 van 3")
    hall.look()

    hall.goes_on("We maken de groepen")
    hall.press("Vorm groepen naar de wensen")
    expect(hall.desk.main).to_contain_text("Iedereen heeft een tafel", timeout=180_000)
    hall.look()
    hall.goes_on("Dit is je groep")
    hall.press("Zeg wie waar zit")
    for phone in hall.phones:
        expect(phone.locator("#round h1")).to_have_text(DOORS)
    expect(hall.phones[0].locator("#round")).to_contain_text("Waarom deze groep?")
    expect(hall.wall.locator("body")).to_contain_text(DOORS)
    hall.look()


def the_version_is_set_in_front_of_everyone(hall: Hall) -> None:
    hall.goes_on("Dit is onze leeragenda")
    hall.press("Zet op de leeragenda")
    expect(hall.desk.main.locator("#version-next").locator("..")).to_contain_text(DOORS)
    hall.look()
    hall.press("Stel versie 3 vast")
    expect(hall.desk.main).to_contain_text("Versie 3 staat vast")
    for page in (hall.wall, *hall.phones):
        expect(page.locator("body")).to_contain_text("Versie 3 staat vast")
    hall.look()


def the_hall_looks_back(hall: Hall) -> None:
    hall.goes_on("Hoe was het?")
    page = hall.desk.page
    for number, text in enumerate(("Nam je iets mee voor je eigen werk?", TOMORROW)):
        page.locator("#ask-text").fill(text)
        page.locator("#ask-kind").select_option(index=number)
        hall.press("Voeg toe", within=hall.desk.main.locator("form", has=page.locator("#ask-text")))
        expect(hall.desk.main.locator(".rows")).to_contain_text(text)
    for phone in hall.phones:
        phone.get_by_role("radio", name="4").check()
        phone.get_by_label(TOMORROW).fill("Ik bel de sloper")
        phone.get_by_role("button", name="Verstuur mijn antwoorden").click()
    expect(hall.desk.main).to_contain_text("3 van 3")
    expect(hall.desk.main).to_contain_text("minder dan vijf antwoorden")
    hall.look()


def everything_is_where_it_belongs(hall: Hall) -> None:
    noor = hall.desk
    noor.main.get_by_role("button", name="Sluit de werkplaats af").first.click()
    expect(noor.main.get_by_role("button", name="Haal de oogst binnen")).to_be_visible()
    for phone in hall.phones:
        expect(phone.locator("#round h1")).to_have_text("Dank je wel, we zijn klaar")
    hall.look()
    noor.main.get_by_role("button", name="Haal de oogst binnen").click()
    expect(noor.main.get_by_role("button", name="Haal de oogst binnen")).to_have_count(0)
    noor.goes_to("/amsterdam/agenda/versions/3/")
    noor.reads(DOORS, REWORDED)
    noor.follows(DOORS)
    noor.reads(TITLE)
    noor.goes_to("/amsterdam/groups/")
    noor.reads(DOORS)
    noor.goes_to("/amsterdam/meetings/")
    noor.follows(TITLE)
    noor.reads("2 aanwezig")
