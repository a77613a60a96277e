"""The meetings themselves: a door with a code that changes, an intervisie by the clock, and what people mean to do."""

from __future__ import annotations

import re

from leerkring.platform.ui.qr import picture_of
from tests.journeys.edition.story import GUEST, WORKSHOP, Story, width
from tests.journeys.somebody import Somebody

POINT = "Vraag inkoop eerder aan tafel."
PROMISE = "Ik nodig de wijkraad uit voor de milieustraat."
ON_PAPER = "Ik vraag de wethouder om ruimte."
DIVIDES = """([people]) => {
    for (const select of document.querySelectorAll('select[name^="p"]')) {
        const name = document.querySelector(`label[for="${select.id}"] b`).textContent;
        select.value = people.includes(name) ? "1" : "0";
    }
}"""


def the_first_workshop_begins(s: Story) -> None:
    lead = s.lead
    s.moves_to(s.after(0, minutes=-15))
    lead.goes_to(s.edition)
    lead.presses("Begin de editie")
    lead.reads("Nog 6 bijeenkomsten")
    lead.follows(f"Naar {WORKSHOP}")
    lead.presses("Alles staat klaar")
    lead.goes_to(f"{s.meetings[0]}attendance/")
    lead.follows("Laat mensen zich zelf aanmelden, bij de deur")
    lead.presses("Open de deur")
    lead.heading("Scan, en je bent er")
    width(lead.page, 320)
    lead.look()
    width(lead.page, 1440)


def people_check_in_by_the_code_on_the_screen(s: Story) -> None:
    """The code of a minute ago is of no use to somebody who is not here; who just scanned it is in."""
    lead, old = s.lead, the_code(s)
    s.moves_to(s.after(0, minutes=-10))
    lead.goes_to(f"{s.meetings[0]}door/")
    new = the_code(s)
    assert (old[:3], old[3:]) != (new[:3], new[3:])
    s.kees.goes_to(f"/w/{old}/", status=404)
    s.kees.goes_to(f"/w/{new}/")
    s.kees.presses("Kom binnen")
    s.kees.heading("Je bent binnen")
    s.kees.reads("Kees Verhoeven, je staat genoteerd als aanwezig")
    lead.goes_to(f"{s.meetings[0]}door/")
    lead.reads("1 is binnen")


def the_code(s: Story) -> str:
    """As a camera reads it: the picture is that of the address that stands beside it."""
    shown = s.lead.main.locator(".door__code").inner_text().replace(" ", "")
    picture = s.lead.main.locator("svg.qr path").get_attribute("d")
    assert picture == picture_of(f"{s.server.url}/w/{shown}/").path
    return shown


def who_has_no_phone_touches_a_name(s: Story) -> None:
    lead = s.lead
    lead.writes({"Je naam": "S"}, within=lead.page.locator(".door__names"))
    lead.presses("Zoek")
    lead.reads("Typ minstens twee letters.")
    lead.writes({"Je naam": "Nieuwk"})
    lead.presses("Zoek")
    lead.presses(f"{GUEST}: ik ben er")
    lead.reads(f"{GUEST} is binnen", "2 zijn binnen")
    lead.follows("Aanwezigheidslijst")


def the_rest_is_noted_from_the_list(s: Story) -> None:
    lead = s.lead
    lead.goes_to(s.meetings[0])
    lead.presses("Begin de bijeenkomst")
    lead.presses("De bijeenkomst is afgelopen")
    everybody_was_there(s, 0)
    lead.reads("Maak de oogst")


def everybody_was_there(s: Story, number: int, *absent: str) -> None:
    lead = s.lead
    lead.goes_to(f"{s.meetings[number]}attendance/")
    for name in absent:
        lead.main.get_by_role("group", name=name).get_by_role("radio", name="afgemeld").check(force=True)
    lead.presses("Bewaar, en de rest was er")


def a_group_agrees_how_to_talk(s: Story) -> None:
    lead, people = s.lead, ("Kees Verhoeven", GUEST)
    s.moves_to(s.after(1, minutes=-20))
    lead.goes_to("/west-brabant/intervisie/divide/")
    lead.page.evaluate(DIVIDES, [people])
    lead.main.get_by_label("Naam van groep 1").fill("Kring Oost")
    lead.presses("Maak deze groepen")
    lead.follows("Kring Oost")
    group = lead.path
    for somebody in (s.kees, s.sara):
        somebody.goes_to(group)
        somebody.heading("Spreek eerst af hoe je met elkaar omgaat")
        somebody.presses("Ik ga akkoord")
        somebody.reads("Je bent akkoord.")
    s.kees.goes_to(group)


def a_round_goes_by_the_clock(s: Story) -> None:
    """The desk at 1440, two phones beside it; the clock is moved on, and the minutes that were lost are caught up."""
    lead, kees, sara = s.lead, s.kees, s.sara
    lead.follows("Plan een ronde")
    lead.chooses({"Methode": "Incidentmethode"})
    lead.presses("Plan de ronde")
    page = lead.path.removesuffix("run/")
    kees.goes_to(page)
    kees.heading("Deze ronde is nog niet begonnen")
    sara.goes_to(page)
    s.moves_to(s.after(1))
    press(lead, "Begin de ronde")
    for each in (lead, kees, sara):
        each.reads("Stap 1 van 6")
    press(lead, "Eén minuut erbij")
    lead.reads("1 minuut later dan gepland")
    lead.look()
    press(lead, "Loop 1 minuut in")
    lead.does_not_read("later dan gepland")
    lead.main.get_by_role("button", name=re.compile("Brengt de casus in ?: Kees Verhoeven")).click()
    lead.reads("1 casus ingebracht")
    s.moves_to(s.after(1, minutes=5))
    press(lead, "Verder naar:")
    for each in (lead, kees, sara):
        each.reads("Stap 2 van 6")
    kees.look()
    sara.look()
    s.moves_to(s.after(1, minutes=62))
    press(lead, "Rond de ronde af")
    lead.heading("Klaar in 62 minuten")
    lead.look()
    kees.heading("Deze ronde is klaar")
    kees.look()


def press(somebody: Somebody, button: str) -> None:
    """A button of the desk, which stays on its page."""
    somebody.main.get_by_role("button", name=button).first.click()


def who_brought_the_case_releases_one_sentence(s: Story) -> None:
    kees = s.kees
    kees.follows("Naar de groep")
    kees.follows("Geef een leerpunt vrij")
    kees.writes({"Wat je leerde": POINT})
    kees.main.get_by_label(re.compile("Iedereen in het programma")).check()
    kees.presses("Geef vrij")
    s.lead.goes_to("/west-brabant/intervisie/points/")
    s.lead.reads(POINT)
    everybody_was_there(s, 1)


def the_series_goes_on(s: Story) -> None:
    """What repeats is done without looking closely."""
    lead = s.lead
    looked, lead.looks = lead.looks, False
    for number, absent in ((2, ()), (3, (GUEST,)), (4, (GUEST,))):
        s.moves_to(s.after(number, hours=3))
        lead.goes_to(s.meetings[number])
        lead.presses("Ja, het ging door")
        everybody_was_there(s, number, *absent)
    lead.looks = looked


def each_says_what_they_mean_to_do(s: Story) -> None:
    """At the end of the last workshop: on a phone, and on paper for who has none with them."""
    lead, kees, last = s.lead, s.kees, s.meetings[5]
    s.moves_to(s.after(5, hours=2, minutes=50))
    kees.goes_to(last)
    kees.follows("Maak een voornemen")
    kees.presses("Schrijf het op", status=422)
    kees.writes({"Wat ik ga doen": PROMISE, "Met wie": "de wijkraad"})
    kees.presses("Schrijf het op")
    kees.reads(PROMISE, "Alleen jij en het programmateam")
    s.moves_to(s.after(5, hours=3, minutes=5))
    lead.goes_to(last)
    lead.presses("Ja, het ging door")
    lead.follows("Typ wat mensen op papier schreven")
    lead.chooses({"Van wie is het papier": GUEST})
    lead.writes({"Wat er staat": ON_PAPER})
    lead.presses("Schrijf het op")
    lead.reads(ON_PAPER)
    everybody_was_there(s, 5)
