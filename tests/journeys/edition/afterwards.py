"""When the series is over: certificates, what came of what people meant to do, a report, and the next edition."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.edition.sitting import PROMISE
from tests.journeys.edition.story import EDITION, GUEST, HOME, PHONE, WORKSHOP, Story

QUESTION = "Hoe krijg je een wijkraad aan tafel voor het plan af is?"


def the_lead_counts_and_issues(s: Story) -> None:
    lead = s.lead
    lead.goes_to(s.edition)
    lead.presses("Tel en rond af")
    lead.reads("24 volledig afgerond, 1 gedeeltelijk")
    lead.goes_to(f"{s.edition}completion/")
    lead.reads("25 certificaten kunnen worden uitgegeven")
    lead.presses("Geef ze allemaal uit")
    lead.reads("25 certificaten zijn uitgegeven")


def the_participants_read_how_it_stands(s: Story) -> None:
    fully = (s.kees, "Je hebt volledig afgerond", "6 van de 6")
    for somebody, said, words in (fully, (s.sara, "Je hebt gedeeltelijk afgerond", "4 van de 6")):
        somebody.goes_to(f"{s.edition}mine/")
        somebody.heading(said)
        somebody.reads(words, "is klaar")
        paper = somebody.page.request.get(
            somebody.main.get_by_role("link", name="In het Nederlands").get_attribute("href") or ""
        )
        assert (paper.status, paper.body()[:5]) == (200, b"%PDF-")
    s.sara.follows("Wat anderen zien")
    s.certificate = s.sara.path


def anybody_checks_the_certificate(s: Story) -> None:
    """Valid, unknown and revoked; the reason stays with the team."""
    visitor = s.cast.visitor(**PHONE)
    visitor.goes_to(s.certificate)
    visitor.heading("Dit certificaat is echt")
    visitor.reads(GUEST, "Gedeeltelijk")
    visitor.does_not_read("Workshop 3")
    visitor.goes_to(f"{s.certificate[:-3]}AA/", status=404)
    visitor.heading("Dit certificaat kennen we niet")
    lead = s.lead
    lead.goes_to(f"{s.edition}completion/")
    row = lead.main.get_by_role("listitem").filter(has_text=GUEST)
    lead.follows("Trek in", within=row)
    lead.presses("Trek", status=422)
    lead.writes({"Waarom?": "De naam klopte niet."})
    lead.presses("Trek")
    visitor.goes_to(s.certificate)
    visitor.heading("Dit certificaat geldt niet meer")
    visitor.does_not_read("De naam klopte niet.")


def six_weeks_later_one_tap_in_the_mail_says_how_it_went(s: Story) -> None:
    lead = s.lead
    lead.goes_to(s.edition)
    lead.presses("Sluit de reeks af")
    lead.presses("Ga door met nazorg")
    lead.does_not_read("Hoe het ging, per bijeenkomst")
    s.moves_to(s.after(5, days=42, hours=5))
    phone = s.cast.visitor(**PHONE)
    phone.goes_to(s.letter("kees", "/answer/"))
    phone.heading("Hoe ging het?")
    phone.reads(PROMISE)
    expect(phone.main.get_by_role("radio", name="gedaan", exact=True)).to_be_checked()
    phone.writes({"In één regel": "De wijkraad kwam, en doet mee."})
    phone.presses("Verstuur")
    phone.heading("Dank je voor het terugkijken")
    lead.goes_to(f"{HOME}commitments/overview/")
    lead.reads("De wijkraad kwam, en doet mee.")


def what_came_of_it_is_a_question_for_all(s: Story) -> None:
    """From what somebody tried to a question of all, in one step."""
    kees = s.kees
    kees.goes_to(f"{HOME}commitments/")
    kees.follows(PROMISE)
    kees.follows("Stel er een vraag over")
    kees.presses("Schrijf het op", status=422)
    kees.writes({"Waar liep je tegenaan": QUESTION})
    kees.presses("Schrijf het op")
    kees.follows(QUESTION)
    kees.heading(QUESTION)


def the_lead_reports_to_everybody(s: Story) -> None:
    lead, visitor = s.lead, s.cast.visitor()
    lead.goes_to(s.edition)
    lead.follows("Maak een rapport")
    lead.page.get_by_label("voor iedereen").check()
    lead.presses("Maak het rapport")
    lead.heading(EDITION)
    report = lead.path
    visitor.goes_to(report, status=404)
    lead.presses("Geef het rapport vrij")
    visitor.goes_to(report)
    visitor.does_not_read("Kees Verhoeven", GUEST, PROMISE)


def the_next_edition_comes_from_this_one(s: Story) -> None:
    lead = s.lead
    lead.goes_to(s.edition)
    lead.follows("Plan de volgende editie")
    expect(lead.field("Naam van de editie")).to_have_value(EDITION)
    lead.writes({"Naam van de editie": f"{EDITION}, opnieuw"})
    lead.presses("Plan alles")
    lead.reads(WORKSHOP, "6 bijeenkomsten zijn gepland")
    lead.goes_to(s.edition)
    lead.follows("De methode als bestand")
    file = lead.page.request.get(lead.main.get_by_role("link", name="Download").get_attribute("href") or "")
    assert file.json()["leerkring_method"] == 1
    assert not any(name in file.text() for name in ("Kees", "Verhoeven", "Marieke", "Sara", PROMISE))
