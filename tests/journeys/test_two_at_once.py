"""Two people at one thing, one person twice, and a link twice: nothing is doubled and nothing typed is lost."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys.somebody import Cast, Somebody

QUESTION = "Hoe vinden we materiaal dat een ander project over heeft?"
HERS = "Hoe vinden we op tijd het materiaal dat een ander project over heeft?"
HERS_AGAIN = "Hoe vinden we op tijd het materiaal dat een ander overheeft?"
HIS = "Waar vinden we materiaal dat een ander project over heeft?"


def test_two_people_say_the_same_question_differently(cast: Cast) -> None:
    sanne, joost = cast("Sanne Kuipers"), cast("Joost Hendriks")
    for somebody in (sanne, joost):
        somebody.goes_to("/amsterdam/agenda/")
        somebody.follows(QUESTION)
        somebody.follows("Zeg het anders")
    barrier = joost.field("Wat zit in de weg").input_value()
    sanne.writes({"Vraag": HERS})
    sanne.presses("Bewaar", exact=True)
    joost.writes({"Vraag": HIS, "Wat zit in de weg": "Niemand weet wat er ligt."})
    joost.presses("Bewaar", exact=True, status=422)

    conflict = joost.main.get_by_role("status", name="Sanne Kuipers wijzigde dit ook")
    joost.reads(HERS, HIS, "Niemand weet wat er ligt.", within=conflict)
    expect(joost.field("Vraag")).to_have_value(HIS)
    expect(joost.field("Wat zit in de weg")).to_have_value("Niemand weet wat er ligt.")
    expect(conflict.get_by_role("button")).to_have_count(0)

    sanne.follows("Zeg het anders")
    sanne.writes({"Vraag": HERS_AGAIN})
    sanne.presses("Bewaar", exact=True)
    joost.writes({"Wat zit in de weg": barrier})
    joost.presses("Bewaar", exact=True, status=422)
    theirs, mine = (conflict.get_by_role("button", name="Neem deze tekst").nth(place) for place in (0, 1))
    theirs.click()
    expect(joost.field("Vraag")).to_have_value(HERS_AGAIN)
    mine.click()
    expect(joost.field("Vraag")).to_have_value(HIS)
    joost.presses("Bewaar", exact=True)
    joost.heading(HIS)
    joost.reads(HERS_AGAIN, HERS, QUESTION, within=joost.part("Hoe de vraag klonk"))


def test_a_double_click_sets_one_version(cast: Cast) -> None:
    """With script the second click does nothing; without it the server tells the second one that it is done."""
    sanne = cast("Sanne Kuipers")
    plain = cast.comes_in("Sanne Kuipers", java_script_enabled=False, looks=False)
    both = (sanne, plain)
    for number, keeper in enumerate(both, 3):
        keeper.goes_to("/amsterdam/agenda/versions/new/")
        keeper.chooses({"Vastgesteld bij": "Niet bij een bijeenkomst"})
        keeper.writes({"Of met dit besluit": "Besluit van de kerngroep", "Wat moeten lezers": "Twee keer geklikt"})
        keeper.main.get_by_role("button", name=f"Stel versie {number} vast").dblclick()
        expect(keeper.main.get_by_role("heading", level=1)).not_to_have_text(f"Stel versie {number} vast")
        keeper.page.wait_for_load_state("networkidle")
        keeper.goes_to(f"/amsterdam/agenda/versions/{number}/")
        keeper.reads("Twee keer geklikt")
        keeper.goes_to(f"/amsterdam/agenda/versions/{number + 1}/", status=404)


def test_two_keepers_set_the_same_version(cast: Cast) -> None:
    sanne, noor = cast("Sanne Kuipers"), cast("Noor de Wit")
    for keeper in (sanne, noor):
        keeper.goes_to("/amsterdam/agenda/versions/new/")
        keeper.chooses({"Vastgesteld bij": "Niet bij een bijeenkomst"})
        keeper.writes({"Of met dit besluit": "Besluit van de kerngroep"})
    next_one = re.compile("Stel versie . vast")
    sanne.presses(next_one)
    noor.writes({"Wat moeten lezers": "Met dank aan iedereen die meedacht."})
    noor.presses(next_one, status=422)
    noor.reads("Jullie waren tegelijk bezig", "Sanne Kuipers", "Met dank aan iedereen die meedacht.")
    noor.follows("Bekijk versie")
    noor.reads("Besluit van de kerngroep")


def test_a_sign_in_link_works_once_and_a_scanner_does_not_use_it_up(cast: Cast) -> None:
    tarik = cast.visitor()
    tarik.goes_to("/amsterdam/membership/")
    tarik.heading("Inloggen zonder wachtwoord")
    tarik.presses("Mail me een link", status=422)
    tarik.writes({"E-mailadres": "tarik.bouzidi"})
    tarik.presses("Mail me een link", status=422)
    expect(tarik.field("E-mailadres")).to_have_value("tarik.bouzidi")
    tarik.writes({"E-mailadres": "tarik.bouzidi@voorbeeld.example"})
    tarik.presses("Mail me een link")
    tarik.writes({"Zes cijfers": "000000"})
    tarik.presses("Log in", status=422)
    link = tarik.main.get_by_role("link", name="De link in de mail").get_attribute("href") or ""

    scanner, late = cast.visitor(), cast.visitor()
    scanner.goes_to(link)
    late.goes_to(link)
    tarik.follows("De link in de mail")
    tarik.presses("Log in")
    assert tarik.path == "/amsterdam/membership/"
    expect(tarik.page.get_by_role("banner")).to_contain_text("Tarik Bouzidi")

    late.presses("Log in", status=410)
    late.heading("Deze link is al gebruikt")
    scanner.goes_to(link, status=410)
    is_visitor(scanner)
    scanner.follows("Vraag een nieuwe link")
    is_visitor(scanner)


def is_visitor(somebody: Somebody) -> None:
    expect(somebody.page.get_by_role("banner")).not_to_contain_text("Tarik Bouzidi")
