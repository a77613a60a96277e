"""From the meeting to the agenda and the group: planned, held, typed, sharpened, set, taken up."""

from __future__ import annotations

from datetime import timedelta

from django.utils.timezone import localtime
from playwright.sync_api import expect

from leerkring.platform import clock
from tests.journeys.cycle.story import CASE, GROUP, INSIGHT, QUESTION, RAISED, WERKPLAATS, Places
from tests.journeys.somebody import Cast, Somebody


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
