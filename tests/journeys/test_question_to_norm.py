"""The whole circle, by the people whose job it is: from a meeting to the norm, and from a block back to the agenda.

The journey in Dutch goes through every step of the cycle; the one in English takes a short way along what is there.
axe looks at every screen on the way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils.timezone import localtime
from playwright.sync_api import expect

from leerkring.platform import clock
from tests.journeys.somebody import Cast, Somebody

WERKPLAATS = "Werkplaats Beheer"
RAISED = "Waarom kopen we nieuw als repareren kan?"
QUESTION = "Hoe wordt repareren de gewone keuze van wie een gebouw beheert?"
GROUP = "Eerst repareren"
CASE = "De deuren van het stadsloket"
INSIGHT = "Een beheerder die een vast bedrag mag besteden, laat repareren"
CHANGE = "Eerst de reparateur bellen, dan pas bestellen"
ANCHOR = "werkinstructie beheer 3.2"
FROM_BLOCK = "Hoe krijgt een stadsdeel een eigen bedrag voor reparatie?"
PIONEER = "Gemeentelijk en Maatschappelijk Vastgoed"
SECOND = "Sport en Bos"
EVIDENCE = {
    "overgedragen": "Uitgelegd in het teamoverleg; de teamleider vertelde het na.",
    "beproefd": "Drie deuren van het stadsloket zijn gerepareerd in plaats van vervangen.",
    "overgenomen": "Het team belt al twee maanden uit zichzelf eerst de reparateur.",
    "verankerd": "Het staat in werkinstructie beheer 3.2, sinds deze maand.",
    "norm": "Wie nieuw bestelt, moet uitleggen waarom. De oude bestelknop is weg.",
}


@dataclass
class Places:
    """Addresses that one step hands to the next."""

    meeting: str = ""
    question: str = ""
    group: str = ""
    insight: str = ""
    change: str = ""
    uptake: str = ""
    new_question: str = ""


@pytest.mark.once
def test_a_question_goes_from_a_meeting_to_the_norm(cast: Cast) -> None:
    at = Places()
    the_team_plans_a_werkplaats(cast("Noor de Wit"), at)
    the_facilitator_holds_it(cast("Joost Hendriks"), at)
    the_harvest_is_typed_and_sorted(cast("Joost Hendriks"), at)
    the_keeper_sharpens_the_question(cast("Sanne Kuipers"), at)
    the_keeper_sets_version_3(cast("Sanne Kuipers"))
    a_group_takes_it_up(cast, at)
    the_contact_writes_what_they_did(cast("Elif Arslan"), at)
    an_insight_answers_the_question(cast, at)
    a_change_rests_on_the_insight(cast("Elif Arslan"), at)
    it_becomes_the_norm(cast("Elif Arslan"), at)
    the_norm_leads_back_to_the_meeting(cast("Lotte Vermeer"), at)
    a_second_unit_is_blocked(cast("Elif Arslan"), at)
    the_keeper_sets_version_4(cast("Sanne Kuipers"), at)
    everybody_sees_it_on_their_first_screen(cast)
    the_public_sees_what_is_public(cast.visitor(), at)


def the_team_plans_a_werkplaats(noor: Somebody, at: Places) -> None:
    starts = localtime(clock.now()).replace(minute=0)
    ends = starts + timedelta(hours=2)
    noor.goes_to("/amsterdam/meetings/")
    noor.follows("Plan een bijeenkomst")
    noor.presses("Plan de bijeenkomst", status=422)
    noor.chooses({"Soort": "werkplaats", "Begeleider": "Joost Hendriks"})
    noor.writes({"Titel": WERKPLAATS, "Dag": f"{starts:%Y-%m-%d}", "Laatste dag": f"{ends:%Y-%m-%d}"})
    noor.writes({"Van": f"{starts:%H:%M}", "Tot": f"{ends:%H:%M}", "Plaats (hoeft niet)": "Stadsloket Oost"})
    noor.presses("Plan de bijeenkomst")
    at.meeting = noor.path
    noor.follows("Schrijf het draaiboek")
    noor.writes({"Minuten": "20", "Wat er gebeurt": "Inloop en koffie"})
    noor.presses("Voeg toe")
    noor.opens("Plak meer onderdelen tegelijk")
    noor.writes({"Onderdelen": "40 Waar lopen we tegenaan\n40 Vragen ophalen\n20 Versie vaststellen"})
    noor.presses("Voeg ze allemaal toe")
    noor.heading("Het klopt")
    noor.follows("Voor op tafel")
    noor.goes_to(at.meeting)
    noor.follows("Kies mensen")
    noor.presses("Zet op de lijst", status=422)
    noor.ticks("Elif Arslan", "Tarik Bouzidi", "Sanne Kuipers", "Lotte Vermeer")
    noor.presses("Zet op de lijst")
    noor.presses("Alles staat klaar")
    noor.reads("Joost Hendriks", "4 mensen op de lijst")


def the_facilitator_holds_it(joost: Somebody, at: Places) -> None:
    joost.goes_to(at.meeting)
    joost.presses("Begin de bijeenkomst")
    joost.reads("De bijeenkomst is bezig")
    joost.presses("De bijeenkomst is afgelopen")
    joost.follows("Open de aanwezigheidslijst")
    tarik, lotte = (joost.main.get_by_role("group", name=name) for name in ("Tarik Bouzidi", "Lotte Vermeer"))
    tarik.get_by_role("radio", name="deels").check()
    joost.writes({"Minuten dat Tarik Bouzidi": "veel"})
    lotte.get_by_role("radio", name="afgemeld").check()
    joost.presses("Bewaar", exact=True, status=422)
    expect(joost.field("Minuten dat Tarik Bouzidi")).to_have_value("veel")
    expect(lotte.get_by_role("radio", name="afgemeld")).to_be_checked()
    joost.writes({"Minuten dat Tarik Bouzidi": "80"})
    joost.presses("Bewaar, en de rest was er")
    joost.reads("Maak de oogst")


def the_harvest_is_typed_and_sorted(joost: Somebody, at: Places) -> None:
    """By keyboard alone: a sign says what kind a line is, and a letter where it goes."""
    joost.goes_to(f"{at.meeting}harvest/sort/")
    joost.heading("Nog niets te sorteren")
    joost.follows("Typ de oogst")
    expect(joost.field("Volgende regel")).to_be_focused()
    keyboard = joost.page.keyboard
    for line in (
        f"? {RAISED}",
        "# Voor vervangen is geld, voor repareren moet je vragen",
        "! Een reparateur die je kent, bel je",
        "- De reparateur uitnodigen op het teamoverleg",
        "> Ik tel een maand lang wat we weggooien",
        "Meer tijd voor dit gesprek de volgende keer",
    ):
        keyboard.type(line)
        keyboard.press("Enter")
    joost.heading("6 regels geoogst")
    expect(joost.main.get_by_role("status").filter(has_text="Bewaard. 6 regels geoogst")).to_be_visible()
    keyboard.press("ArrowUp")
    joost.look()
    keyboard.press("End")
    keyboard.type("!")
    keyboard.press("Enter")
    joost.reads("de volgende keer!")
    joost.follows("Sorteer de regels")
    joost.heading("5 regels wachten op een plek")
    question, insight, action = (
        joost.main.get_by_role("listitem").filter(has_text=words) for words in (RAISED, "die je kent", "uitnodigen")
    )
    question.focus()
    with joost.comes():
        keyboard.press("v")
    keyboard.press("ArrowDown")
    expect(insight).to_be_focused()
    with joost.comes():
        keyboard.press("i")
    expect(action).to_be_focused()
    with joost.comes():
        keyboard.press("a")
    joost.reads("Kies eerst bij welke vraag de actie hoort.")
    joost.chooses({"Acties horen bij deze vraag": RAISED})
    action.focus()
    with joost.comes():
        keyboard.press("a")
    joost.heading("2 regels wachten op een plek")
    joost.presses("De oogst is binnen")
    joost.goes_to(at.meeting)
    joost.presses("Sluit de bijeenkomst af")


def the_keeper_sharpens_the_question(sanne: Somebody, at: Places) -> None:
    sanne.goes_to("/amsterdam/questions/")
    sanne.follows(RAISED)
    at.question = sanne.path
    sanne.reads(WERKPLAATS)
    sanne.follows("Scherp aan", exact=True)
    sanne.writes({"Vraag": ""})
    sanne.presses("Zo is de vraag scherp genoeg", status=422)
    sanne.writes({"Vraag": QUESTION, "Wat zit in de weg": "Voor vervangen is geld, voor repareren moet je vragen."})
    sanne.chooses({"Thema": "Gemeente als organisatie", "bij": WERKPLAATS})
    sanne.presses("Zo is de vraag scherp genoeg")
    sanne.heading(QUESTION)
    sanne.presses("Plaats op het concept")
    head = sanne.main.locator(".qhead")
    sanne.reads("Q", "zonder eigenaar", within=head)
    sanne.follows("Eigenaar", exact=True)
    sanne.chooses({"Persoon": "Tarik Bouzidi"})
    sanne.presses("Bewaar", exact=True)
    sanne.reads("Tarik Bouzidi", within=head)


def the_keeper_sets_version_3(sanne: Somebody) -> None:
    sanne.goes_to("/amsterdam/agenda/")
    sanne.reads("Versie 3 is in de maak")
    sanne.follows("Werk aan het concept")
    sanne.presses("Zet Q hoger")
    sanne.follows("Stel versie 3 vast")
    sanne.writes({"Wat moeten lezers": "Beheerders zitten nu ook aan tafel."})
    sanne.chooses({"Vastgesteld bij": "Niet bij een bijeenkomst"})
    sanne.presses("Stel versie 3 vast", status=422)
    expect(sanne.field("Wat moeten lezers")).to_have_value("Beheerders zitten nu ook aan tafel.")
    sanne.chooses({"Vastgesteld bij": WERKPLAATS})
    sanne.presses("Stel versie 3 vast")
    sanne.goes_to("/amsterdam/agenda/")
    sanne.reads(WERKPLAATS, "Beheerders zitten nu ook aan tafel.", QUESTION)
    sanne.follows("Vergelijk met versie 2")
    sanne.opens("Bekijk als tabel")
    sanne.reads("nieuw, uit de bijeenkomst", QUESTION, within=sanne.main.get_by_role("row").filter(has_text=QUESTION))
    sanne.follows("Alle versies")
    sanne.reads("3 versies van de leeragenda")


def a_group_takes_it_up(cast: Cast, at: Places) -> None:
    noor, tarik, elif_, joost = map(cast, ("Noor de Wit", "Tarik Bouzidi", "Elif Arslan", "Joost Hendriks"))
    noor.goes_to("/amsterdam/meetings/")
    noor.follows("Werkplaats 3")
    noor.follows("Wijzig", exact=True)
    noor.writes({"Dag": f"{clock.today() + timedelta(days=14):%Y-%m-%d}"})
    noor.presses("Bewaar")
    noor.heading("over 2 weken")

    tarik.goes_to(at.question)
    tarik.reads("Nog geen groep")
    tarik.follows("Begin een groep met deze vraag")
    tarik.presses("Stel voor", status=422)
    tarik.writes({"Naam van de groep": GROUP, "Wat willen jullie uitzoeken": "Waarom vervangen makkelijker is."})
    tarik.presses("Stel voor")
    tarik.heading(GROUP)
    tarik.reads("voorgesteld", QUESTION)
    at.group = tarik.path

    elif_.goes_to("/amsterdam/groups/")
    elif_.follows(GROUP)
    elif_.presses("Doe mee met deze groep")
    elif_.reads("Elif Arslan")

    joost.goes_to(at.group)
    joost.follows("Kies een andere contactpersoon")
    joost.chooses({"Contactpersoon": "Elif Arslan"})
    joost.presses("Maak contactpersoon")
    joost.presses("Vorm de groep")
    joost.reads("gevormd")

    tarik.goes_to(at.question)
    tarik.presses("We zijn ermee bezig")
    tarik.reads(GROUP)


def the_contact_writes_what_they_did(elif_: Somebody, at: Places) -> None:
    elif_.goes_to(at.group)
    elif_.presses("Ga aan het werk")
    elif_.follows("Breng een casus in")
    elif_.presses("Bewaar", status=422)
    elif_.writes({"Casus": CASE, "Waar gaat het over": "Twaalf deuren klemmen, en de bestelling ligt klaar."})
    elif_.presses("Bewaar")
    elif_.heading(CASE)
    elif_.chooses({"Rol": "verbinder"})
    elif_.presses("Leg vast")
    elif_.reads("Elif Arslan")
    elif_.goes_to(at.group)
    elif_.follows("Schrijf de pagina")
    elif_.writes({"Wat hebben jullie gedaan": "Drie deuren laten repareren.", "Wat hebben jullie gevonden": INSIGHT})
    elif_.writes({"Wat vragen jullie": "Wie geeft de beheerder een vast bedrag?"})
    elif_.presses("Bewaar")
    elif_.reads("Drie deuren laten repareren.", "Wie geeft de beheerder een vast bedrag?")


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


def test_a_short_way_in_english(cast: Cast) -> None:
    lotte = cast("Lotte Vermeer")
    lotte.goes_to("/amsterdam/today/")
    lotte.presses("English", within=lotte.page.get_by_role("banner"))
    expect(lotte.page.locator("html")).to_have_attribute("lang", "en")
    lotte.heading("Since the werkplaats of")
    lotte.follows("Learning agenda", within=lotte.page.get_by_role("banner"))
    lotte.follows("Compare with version")
    lotte.goes_to("/amsterdam/agenda/compare/?from=1&to=2")
    lotte.opens("View as a table")
    lotte.reads("What became of it", "let go: naming it was enough")
    lotte.follows("Uptake", within=lotte.page.get_by_role("banner"))
    lotte.chooses({"Step": "5 norm"})
    lotte.presses("Show")
    lotte.reads("Show everything")
    lotte.follows("norm.", within=lotte.main.get_by_role("table"))
    lotte.reads("The ladder", "Everything that happened")
    lotte.follows("See the whole trace")
    lotte.reads("What was before")
    with lotte.comes():
        lotte.part("What was before").locator("a[href*='/questions/']").first.click()
    lotte.reads("How it was said")
