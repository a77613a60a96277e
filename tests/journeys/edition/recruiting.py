"""Twenty-five places: the team fills most of them, a newcomer takes the last one, and who waits is offered another."""

from __future__ import annotations

from leerkring.sample.west_brabant_again import COMING
from tests.journeys.edition.story import ADDRESS, EDITION, GUEST, Story

TICK_ALL_BUT = """(names) => {
    for (const box of document.querySelectorAll('input[name="people"]:enabled')) {
        box.checked = !names.some((name) => box.closest("label").textContent.includes(name));
    }
    return [...document.querySelectorAll('input[name="people"]:checked')].length;
}"""


def the_lead_puts_in_who_is_known(s: Story) -> None:
    lead = s.lead
    lead.goes_to(s.edition)
    lead.follows("Kies mensen")
    new = [" ".join(filter(None, person[:3])) for person in COMING]
    count = lead.page.evaluate(TICK_ALL_BUT, ["Kees Verhoeven", *new])
    assert count == 24, count
    lead.presses("Laat ze meedoen")
    lead.reads("24 mensen doen mee")


def the_lead_lets_people_register(s: Story) -> None:
    lead = s.lead
    lead.goes_to(f"{s.edition}registration/")
    lead.page.get_by_label("iedereen").check()
    lead.page.get_by_label("wie zich aanmeldt, doet mee zolang er plaats is").check()
    lead.presses("Bewaar")
    lead.goes_to(s.edition)
    lead.presses("Laat mensen zich aanmelden")
    lead.heading("24 van 25 plaatsen bezet")


def a_newcomer_takes_the_last_place(s: Story) -> None:
    sara = s.sara
    sara.goes_to("/west-brabant/")
    sara.follows(EDITION)
    sara.reads("Volledig", "Wie ziet wat")
    sara.presses("Meld je aan", status=422)
    sara.writes({"Je naam": GUEST, "E-mailadres": ADDRESS})
    sara.chooses({"Waar werk je?": "Gemeente Altena"})
    sara.presses("Meld je aan")
    sara.goes_to(s.letter(ADDRESS, "/register/"))
    sara.presses("Meld je aan")
    sara.heading("Je doet mee aan")


def a_member_comes_on_the_waiting_list(s: Story) -> None:
    kees = s.kees
    kees.goes_to(s.edition)
    kees.follows("Meld je aan")
    kees.presses("Meld je aan")
    kees.goes_to(f"{s.edition}register/")
    kees.heading("Je staat op de wachtlijst")


def a_place_comes_free_and_is_offered(s: Story) -> None:
    lead = s.lead
    lead.goes_to(s.edition)
    lead.reads("25 van 25 plaatsen bezet", "Kees Verhoeven")
    gone = lead.main.locator(".attendtable tbody tr").first
    name = (gone.locator("th").inner_text()).split("\n")[0]
    lead.presses("Haal eruit", within=gone)
    lead.reads(f"{name}")
    s.kees.goes_to(s.letter("kees", "/places/"))
    s.kees.reads("Kees Verhoeven, neem je hem?")
    s.kees.presses("Ja, ik doe mee")
    s.kees.heading("Je doet nu mee")
    lead.goes_to(f"{s.edition}waiting/")
    lead.does_not_read("Kees Verhoeven")
