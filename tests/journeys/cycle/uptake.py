"""From the insight to the norm, and from a block back to the agenda; and who sees it."""

from __future__ import annotations

import re
from datetime import timedelta

from playwright.sync_api import expect

from leerkring.platform import clock
from tests.journeys.cycle.story import (
    ANCHOR,
    CHANGE,
    EVIDENCE,
    FROM_BLOCK,
    GROUP,
    INSIGHT,
    PIONEER,
    QUESTION,
    RAISED,
    SECOND,
    WERKPLAATS,
    Places,
)
from tests.journeys.somebody import Cast, Somebody


def an_insight_answers_the_question(cast: Cast, at: Places) -> None:
    elif_, tarik, sanne = map(cast, ("Elif Arslan", "Tarik Bouzidi", "Sanne Kuipers"))
    elif_.goes_to(at.question)
    elif_.follows("Schrijf een inzicht")
    elif_.writes({"Waar en wanneer": "Bij kleine gebreken, als de reparateur binnen een week kan."})
    elif_.presses("Bewaar", status=422)
    elif_.writes({"Inzicht, in": INSIGHT, "Hoe weet je dat?": "Drie van de twaalf deuren, twee beheerders."})
    expect(elif_.main.get_by_role("checkbox", name=QUESTION)).to_be_checked()
    elif_.chooses({"Gevonden in de groep": GROUP})
    elif_.presses("Bewaar")
    elif_.heading(INSIGHT)
    elif_.reads(QUESTION, GROUP)
    at.insight = elif_.path

    tarik.goes_to(at.question)
    tarik.reads(INSIGHT)
    tarik.follows("Schrijf een antwoord")
    tarik.presses("Bewaar als voorlopig antwoord", status=422)
    tarik.writes({"Antwoord": "Geef beheerders een vast bedrag dat zij zelf mogen besteden."})
    tarik.presses("Bewaar als voorlopig antwoord")
    tarik.reads("Het antwoord, voorlopig")
    sanne.goes_to(at.question)
    sanne.follows("Bekijk het antwoord")
    sanne.presses("Dit is het antwoord: sluit de kring")
    sanne.reads("De kring is rond", "Het antwoord")


def a_change_rests_on_the_insight(elif_: Somebody, at: Places) -> None:
    elif_.goes_to(at.insight)
    elif_.follows("Maak er een verandering van")
    elif_.writes({"De nieuwe manier van werken": CHANGE})
    elif_.presses("Voeg toe", status=422)
    expect(elif_.field("De nieuwe manier van werken")).to_have_value(CHANGE)
    elif_.ticks("anders doen")
    elif_.chooses({"Waar je het vastlegt": "processtap", "Thema": "Gemeente als organisatie"})
    elif_.writes({"Naam van dat ankerpunt": ANCHOR})
    elif_.presses("Voeg toe")
    elif_.heading(CHANGE)
    elif_.reads(INSIGHT, ANCHOR, "Nog in geen onderdeel")
    at.change = elif_.path
    elif_.chooses({"In welk onderdeel": PIONEER})
    elif_.writes({"Wie ontvangt het daar": "Teamleider beheer"})
    elif_.presses("Begin hier")
    at.uptake = elif_.path


def it_becomes_the_norm(elif_: Somebody, at: Places) -> None:
    elif_.goes_to(at.uptake)
    for step, evidence in EVIDENCE.items():
        if step == "overgedragen":
            elif_.writes({"Wie zegt dat": "Teamleider beheer"})
            elif_.presses("Zet de stap naar", status=422)
            expect(elif_.field("Wie zegt dat")).to_have_value("Teamleider beheer")
        if step == "norm":
            elif_.writes({"Terugkijken op": "2020-01-01", "Bewijs": evidence, "Wie zegt dat": "Teamleider beheer"})
            elif_.presses("Zet de stap naar", status=422)
            expect(elif_.field("Bewijs")).to_have_value(evidence)
            elif_.writes({"Terugkijken op": f"{clock.today() + timedelta(days=270):%Y-%m-%d}"})
        elif_.writes({"Bewijs": evidence, "Wie zegt dat": "Teamleider beheer"})
        elif_.presses(f"Zet de stap naar ‘{step}’")
        elif_.reads(evidence, "Teamleider beheer")
    elif_.heading("norm")
    elif_.goes_to("/amsterdam/uptake/")
    expect(elif_.main.get_by_role("link", name=re.compile(f"{PIONEER}: .*norm.*{CHANGE}"))).to_be_visible()


def the_norm_leads_back_to_the_meeting(lotte: Somebody, at: Places) -> None:
    """Anybody, by links alone: from the norm to the question that a colleague asked, and to the meeting."""
    lotte.goes_to(at.uptake)
    lotte.follows("Bekijk het hele spoor")
    before = lotte.part("Wat eraan voorafging")
    lotte.reads(QUESTION, INSIGHT, GROUP, WERKPLAATS, within=before)
    lotte.follows(QUESTION, within=before)
    assert lotte.path == at.question
    lotte.reads(RAISED)
    lotte.follows("Bekijk het hele spoor")
    lotte.follows(WERKPLAATS, within=lotte.part("Wat eraan voorafging"))
    assert lotte.path == at.meeting
    lotte.follows("Bekijk het hele spoor")
    lotte.reads("kwamen eruit voort", QUESTION, INSIGHT, CHANGE)


def a_second_unit_is_blocked(elif_: Somebody, at: Places) -> None:
    elif_.goes_to(at.change)
    elif_.opens("Begin in nog een onderdeel")
    elif_.chooses({"In welk onderdeel": SECOND})
    elif_.writes({"Wie ontvangt het daar": "Teamleider parken"})
    elif_.presses("Begin hier")
    elif_.opens("Iets houdt het tegen")
    elif_.presses("Zet op geblokkeerd", status=422)
    elif_.writes({"Wat houdt het tegen": "Het onderdeel heeft geen eigen bedrag."})
    elif_.presses("Zet op geblokkeerd")
    elif_.reads("Het onderdeel heeft geen eigen bedrag.")
    elif_.writes({"Leervraag": FROM_BLOCK})
    elif_.presses("Zet op de leeragenda")
    elif_.reads("Vraag R staat op de leeragenda", FROM_BLOCK)
    elif_.follows(FROM_BLOCK)
    at.new_question = elif_.path


def the_keeper_sets_version_4(sanne: Somebody, at: Places) -> None:
    sanne.goes_to(at.new_question)
    sanne.chooses({"Wie dit mag zien": "openbaar"})
    sanne.presses("Bewaar wie dit mag zien")
    sanne.goes_to("/amsterdam/agenda/")
    sanne.follows("Stel versie 4 vast")
    sanne.chooses({"Vastgesteld bij": "Niet bij een bijeenkomst", "Wie deze versie mag zien": "openbaar"})
    sanne.writes({"Of met dit besluit": "Besluit van de kerngroep"})
    sanne.presses("Stel versie 4 vast")
    sanne.goes_to("/amsterdam/agenda/")
    sanne.follows("Vergelijk met versie 3")
    sanne.opens("Bekijk als tabel")
    rows = sanne.main.get_by_role("row")
    sanne.reads("nieuw, uit een blokkade", within=rows.filter(has_text=FROM_BLOCK))
    sanne.reads("beantwoord", within=rows.filter(has_text=QUESTION))
    sanne.opens("Kies andere versies")
    sanne.chooses({"Van versie": "2"})
    sanne.presses("Vergelijk")
    sanne.reads("Versie 2", FROM_BLOCK)


def everybody_sees_it_on_their_first_screen(cast: Cast) -> None:
    for name in ("Noor de Wit", "Sanne Kuipers", "Joost Hendriks", "Elif Arslan", "Tarik Bouzidi", "Lotte Vermeer"):
        somebody = cast(name)
        somebody.goes_to("/")
        somebody.heading("Sinds de werkplaats")
        somebody.reads("Stippellijn: een blokkade die terugkwam als leervraag R")
        somebody.reads("Vraag R staat op de leeragenda", "Vraag Q is beantwoord", f"{PIONEER}: van inzicht naar norm")
    cast("Elif Arslan").reads(f"Jij trekt dit. {SECOND} zit vast: Het onderdeel heeft geen eigen bedrag.")


def the_public_sees_what_is_public(visitor: Somebody, at: Places) -> None:
    ours = (QUESTION, CHANGE, INSIGHT, GROUP, WERKPLAATS, "Lotte Vermeer", "Elif Arslan")
    visitor.goes_to("/")
    visitor.follows("Leergemeenschap Amsterdam Circulair")
    visitor.does_not_read(*ours)
    visitor.follows("vragen van versie 4")
    visitor.reads(FROM_BLOCK)
    visitor.does_not_read(*ours)
    visitor.follows(FROM_BLOCK)
    visitor.does_not_read(*ours, SECOND)
    for path in (at.question, at.meeting, at.group, at.insight, at.change, at.uptake):
        visitor.goes_to(path, status=404)
    visitor.goes_to("/amsterdam/")
    visitor.presses("Verstuur", status=422)
