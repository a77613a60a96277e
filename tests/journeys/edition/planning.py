"""From a template to a draft, and a date of which team, participants and a visitor said whether it suits them."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import expect

from leerkring.platform import clock
from tests.journeys.edition.story import EDITION, GUEST, HOME, WORKSHOP, Story, fills, moment, width
from tests.journeys.somebody import Somebody


def the_lead_plans_it_from_our_template(s: Story) -> None:
    """A quarter of an hour's planning: one page, one press."""
    lead, today = s.lead, clock.today()
    monday = today + timedelta(days=63 - today.weekday())
    lead.goes_to(f"{HOME}editions/")
    lead.follows("Plan een reeks")
    lead.follows("Vier workshops en twee intervisies")
    lead.reads("6 bijeenkomsten", "volledig vanaf 5 bijeenkomsten")
    lead.follows("Kies de dagen")
    lead.writes({"Eerste bijeenkomst op": f"{monday}"})
    lead.presses("Stel de andere dagen voor")
    expect(lead.field("Aantal plaatsen")).to_have_value("25")
    lead.writes({"Naam van de editie": ""})
    lead.presses("Plan alles", status=422)
    lead.reads("Vul dit in.")
    lead.writes({"Naam van de editie": EDITION})
    lead.page.get_by_label("Plaats (hoeft niet)", exact=True).fill("Raadzaal")
    s.moments = [moment(lead.page.locator(f"#id_day_{number}").input_value()) for number in range(6)]
    lead.presses("Plan alles")
    lead.heading(f"{EDITION} is nog een concept")
    lead.reads(WORKSHOP, "6 bijeenkomsten zijn gepland")
    s.edition = lead.path
    links = lead.part("Bijeenkomsten die meetellen").locator(".rows__t a")
    s.meetings = [links.nth(number).get_attribute("href") or "" for number in range(6)]
    width(lead.page, 320)
    lead.look()
    width(lead.page, 1440)


def the_lead_asks_which_day_suits(s: Story) -> None:
    lead, first = s.lead, s.moments[0].date()
    lead.follows(WORKSHOP)
    lead.follows("Andere datum?")
    lead.presses("Open de prikker", status=422)
    days = {f"day_{number}": f"{first + timedelta(days=number - 1)}" for number in (1, 2, 3)}
    fills(lead, {**days, "starts_1": "13:00", "ends_1": "16:00"})
    lead.writes({"Laatste dag om te antwoorden": f"{clock.today() + timedelta(days=10)}"})
    lead.presses("Open de prikker")
    s.poll = lead.path
    link = lead.page.locator("#poll-link").input_value().removeprefix(s.server.url)
    lead.follows("Antwoord zelf")
    answers(lead, "nee", "ja", "als het moet")
    s.kees.goes_to(link)
    answers(s.kees, "ja", "ja", "nee")
    s.sara.goes_to(link)
    s.sara.reads("Je hebt geen account nodig")
    s.sara.presses("Stuur mijn antwoord", status=422)
    s.sara.writes({"Je naam": GUEST})
    s.sara.chooses({"Je organisatie": "Gemeente Altena"})
    answers(s.sara, "nee", "ja", "ja")
    s.sara.heading("Sara Nieuwkomer, je antwoord is binnen")


def answers(somebody: Somebody, *words: str) -> None:
    rows = somebody.main.locator(".pollask > li")
    expect(rows).to_have_count(len(words))
    for number, word in enumerate(words):
        rows.nth(number).get_by_label(word, exact=True).check(force=True)
    somebody.presses("Stuur mijn antwoord")


def the_best_day_becomes_the_day_of_the_workshop(s: Story) -> None:
    lead = s.lead
    lead.goes_to(s.poll)
    lead.reads("3 mensen antwoordden", GUEST, "Gemeente Altena", "Kees Verhoeven")
    best = lead.main.locator(".pollbest > li").first
    lead.reads("3 ja", within=best)
    lead.presses("Kies deze datum", within=best)
    assert lead.path == s.meetings[0]
    s.moments[0] += timedelta(days=1)
    lead.reads(f"{s.moments[0].day} ")
