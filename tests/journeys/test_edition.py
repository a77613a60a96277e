"""An edition, by the people whose job it is: from a template to certificates, a report and the next edition.

The one place goes to a newcomer without an account, comes free, and goes to the first of the waiting list by a link in
a letter.
"""

from __future__ import annotations

import email
import email.policy
import re
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import expect

from leerkring.platform import clock
from tests.journeys.somebody import Cast, Somebody

EDITION = "Herfst in de regio"
NEWCOMER = "Sara Nieuwkomer"
ADDRESS = "sara.nieuwkomer@voorbeeld.example"
MEETINGS = ("Workshop 1: waar gaat de verandering over?", "Workshop 2: wie heb je nodig?")
LEFT_OUT = (1, 3, 4, 5)


@dataclass
class Places:
    """Addresses that one step hands to the next."""

    edition: str = ""
    register: str = ""
    certificate: str = ""


def test_an_edition_goes_from_a_template_to_certificates(cast: Cast) -> None:
    lead, member, visitor = cast("Marieke van Loon"), cast("Kees Verhoeven"), cast.visitor()
    at = Places()
    the_lead_plans_it_in_one_step(lead, at)
    the_lead_lets_people_register(lead, at)
    a_newcomer_takes_the_one_place(visitor, cast.server.data, at)
    a_member_comes_on_the_waiting_list(member, at)
    the_place_comes_free_and_is_offered(lead, member, visitor, cast.server.data, at)
    the_lead_notes_who_was_there(lead, at)
    the_lead_counts_and_issues(lead, at)
    the_member_reads_how_it_stands(member, at)
    anybody_checks_the_certificate(visitor, at)
    the_lead_revokes_it(lead, visitor, at)
    the_lead_reports_to_everybody(lead, visitor)
    the_lead_plans_the_next_one(lead, at)


def the_lead_plans_it_in_one_step(lead: Somebody, at: Places) -> None:
    first = clock.today() - timedelta(days=60)
    lead.goes_to("/west-brabant/editions/")
    lead.follows("Plan een reeks")
    lead.follows("Vier workshops en twee intervisies")
    lead.reads("6 bijeenkomsten", "volledig vanaf 5 bijeenkomsten")
    lead.follows("Kies de dagen")
    lead.writes({"Eerste bijeenkomst op": f"{first}"})
    lead.presses("Stel de andere dagen voor")
    lead.writes({"Naam van de editie": "", "Aantal plaatsen": "1"})
    lead.page.get_by_label("Plaats (hoeft niet)", exact=True).fill("Raadzaal")
    lead.presses("Plan alles", status=422)
    lead.reads("Vul dit in.")
    lead.writes({"Naam van de editie": EDITION})
    for number in LEFT_OUT:
        lead.page.locator(f"#id_keep_{number}").uncheck()
    lead.presses("Plan alles")
    lead.heading(f"{EDITION} is nog een concept")
    lead.reads(*MEETINGS, "2 bijeenkomsten zijn gepland")
    at.edition = lead.path


def the_lead_lets_people_register(lead: Somebody, at: Places) -> None:
    at.register = at.edition.replace("/edition/", "/editions/") + "register/"
    lead.goes_to(at.register.replace("register/", "registration/"))
    lead.page.get_by_label("iedereen").check()
    lead.page.get_by_label("wie zich aanmeldt, doet mee zolang er plaats is").check()
    lead.presses("Bewaar")
    lead.goes_to(at.edition)
    lead.presses("Laat mensen zich aanmelden")
    lead.heading("0 van 1 plaatsen bezet")


def a_newcomer_takes_the_one_place(visitor: Somebody, data: Path, at: Places) -> None:
    visitor.goes_to(at.register)
    visitor.reads("Volledig is: je bent bij elke bijeenkomst", "Er is plaats", "Wie ziet wat")
    visitor.presses("Meld je aan", status=422)
    visitor.writes({"Je naam": NEWCOMER, "E-mailadres": ADDRESS})
    visitor.chooses({"Waar werk je?": "Gemeente Altena"})
    visitor.presses("Meld je aan")
    visitor.goes_to(link_in_letter(data, ADDRESS, "/register/"))
    visitor.presses("Meld je aan")
    visitor.heading("Je doet mee aan")


def a_member_comes_on_the_waiting_list(member: Somebody, at: Places) -> None:
    member.goes_to(at.register)
    member.presses("Meld je aan")
    member.goes_to(at.register)
    member.heading("Je staat op de wachtlijst")


def the_place_comes_free_and_is_offered(
    lead: Somebody, member: Somebody, visitor: Somebody, data: Path, at: Places
) -> None:
    lead.goes_to(at.edition)
    lead.reads("1 van 1 plaatsen bezet", "Kees Verhoeven")
    lead.goes_to(at.register.replace("register/", "waiting/"))
    lead.reads("Kees Verhoeven")
    visitor.goes_to(at.register)
    visitor.presses("Ik doe niet mee")
    member.goes_to(link_in_letter(data, "kees", "/places/"))
    member.reads("Kees Verhoeven, neem je hem?")
    member.presses("Ja, ik doe mee")
    member.heading("Je doet nu mee")


def the_lead_notes_who_was_there(lead: Somebody, at: Places) -> None:
    lead.goes_to(at.edition)
    lead.presses("Begin de editie")
    for title in MEETINGS:
        lead.goes_to(at.edition)
        lead.follows(title)
        lead.presses("Ja, het ging door")
        lead.goes_to(f"{lead.path}attendance/")
        lead.chooses({"Nog iemand die er was": "Kees Verhoeven"})
        lead.presses("Was erbij")


def the_lead_counts_and_issues(lead: Somebody, at: Places) -> None:
    lead.goes_to(at.edition)
    lead.presses("Tel en rond af")
    lead.goes_to(f"{at.edition}completion/")
    lead.reads("1 certificaat kan")
    lead.presses("Geef ze allemaal uit")
    lead.reads("1 certificaat is uitgegeven")


def the_member_reads_how_it_stands(member: Somebody, at: Places) -> None:
    member.goes_to(at.edition + "mine/")
    member.reads("Je was bij 2 van de 2", "is klaar")
    paper = member.page.request.get(
        member.main.get_by_role("link", name="In het Nederlands").get_attribute("href") or ""
    )
    assert (paper.status, paper.body()[:5]) == (200, b"%PDF-")
    member.follows("Wat anderen zien")
    at.certificate = member.path


def anybody_checks_the_certificate(visitor: Somebody, at: Places) -> None:
    visitor.goes_to(at.certificate)
    visitor.heading("Dit certificaat is echt")
    visitor.goes_to(f"{at.certificate[:-3]}AA/", status=404)
    visitor.heading("Dit certificaat kennen we niet")


def the_lead_revokes_it(lead: Somebody, visitor: Somebody, at: Places) -> None:
    lead.goes_to(f"{at.edition}completion/")
    lead.follows("Trek in")
    lead.presses("Trek", status=422)
    lead.writes({"Waarom?": "De naam klopte niet."})
    lead.presses("Trek")
    visitor.goes_to(at.certificate)
    visitor.heading("Dit certificaat geldt niet meer")
    visitor.does_not_read("De naam klopte niet.")


def the_lead_reports_to_everybody(lead: Somebody, visitor: Somebody) -> None:
    lead.goes_to("/west-brabant/reports/")
    lead.page.get_by_label("voor iedereen").check()
    lead.presses("Maak het rapport")
    report = lead.path
    visitor.goes_to(report, status=404)
    lead.presses("Geef het rapport vrij")
    visitor.goes_to(report)
    visitor.does_not_read("Kees Verhoeven", "Marieke van Loon")


def the_lead_plans_the_next_one(lead: Somebody, at: Places) -> None:
    lead.goes_to(at.edition)
    lead.follows("Plan de volgende editie")
    expect(lead.field("Naam van de editie")).to_have_value(EDITION)
    lead.writes({"Naam van de editie": f"{EDITION}, opnieuw"})
    lead.presses("Plan alles")
    lead.reads(*MEETINGS)
    lead.goes_to(at.edition)
    lead.follows("De methode als bestand")
    file = lead.page.request.get(lead.main.get_by_role("link", name="Download").get_attribute("href") or "")
    assert file.json()["leerkring_method"] == 1
    assert not any(name in file.text() for name in ("Kees", "Verhoeven", "Marieke", "Sara"))


def link_in_letter(data: Path, to: str, part: str) -> str:
    """The first link with this in its path, in the newest letter to somebody; waits until it is there."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        for path in sorted((data / "mail").glob("*.eml"), reverse=True):
            letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            body = letter.get_body(("plain",))
            found = re.search(rf"https?://[^\s]*{re.escape(part)}[^\s]*", body.get_content() if body else "")
            if to in str(letter["To"]) and found:
                return re.sub(r"^https?://[^/]+", "", found[0].rstrip(".,"))
        time.sleep(0.2)
    raise AssertionError(f"No letter to {to} with {part}")
