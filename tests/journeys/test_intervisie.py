"""An intervisie by the clock: agreements on each phone, a round at the desk, a learning point that comes and goes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.somebody import Cast, Somebody

pytestmark = pytest.mark.once
POINT = "Vraag inkoop eerder aan tafel."
HOME = "/amsterdam/intervisie/"
DIVIDES = """([people]) => {
    for (const select of document.querySelectorAll('select[name^="p"]')) {
        const name = document.querySelector(`label[for="${select.id}"] b`).textContent;
        select.value = people.includes(name) ? "1" : "0";
    }
}"""


def press(somebody: Somebody, button: str) -> None:
    """A button of the desk, which stays on its page."""
    somebody.main.get_by_role("button", name=button).first.click()


def group_of_two(noor: Somebody) -> str:
    noor.goes_to(HOME + "divide/")
    noor.page.evaluate(DIVIDES, [["Noor de Wit", "Sanne Kuipers"]])
    noor.writes({"Naam": "Kring Zuid"})
    noor.presses("Maak deze groepen")
    noor.follows("Kring Zuid")
    return noor.path


def agrees(somebody: Somebody, group: str) -> None:
    somebody.goes_to(group)
    somebody.heading("Spreek eerst af hoe je met elkaar omgaat")
    somebody.presses("Ik ga akkoord")
    somebody.reads("Je bent akkoord.")


def round_of(noor: Somebody) -> str:
    noor.follows("Plan een ronde")
    noor.chooses({"Methode": "Incidentmethode"})
    own_moment = noor.main.get_by_label("Op een eigen moment")
    if own_moment.count():
        own_moment.check()
    noor.writes({"Dag": "2030-01-07", "Van": "13:00"})
    noor.presses("Plan de ronde")
    return noor.path.removesuffix("run/")


def test_a_round_by_the_clock(cast: Cast) -> None:
    noor = cast("Noor de Wit")
    sanne = cast.comes_in("Sanne Kuipers", viewport={"width": 320, "height": 640}, color_scheme="dark")
    group = group_of_two(noor)
    agrees(noor, group)
    round_page = round_of(noor)
    noor.reads("Eerst gaat iedereen akkoord", "Sanne Kuipers")
    agrees(sanne, group)
    sanne.goes_to(round_page)
    sanne.heading("Deze ronde is nog niet begonnen")

    noor.goes_to(round_page + "run/")
    press(noor, "Begin de ronde")
    noor.reads("Stap 1 van 6")
    sanne.reads("Stap 1 van 6")
    sanne.look()
    the_clock_stops_and_catches_up(noor, sanne)

    noor.main.get_by_role("button", name=re.compile("Brengt de casus in ?: Sanne Kuipers")).click()
    noor.reads("1 casus ingebracht")
    press(noor, "Verder naar:")
    for each in (noor, sanne):
        each.reads("Stap 2 van 6")
    noor.look()
    for _field in ("textarea", "input[type=text]", "input[type=search]"):
        assert not noor.main.locator(_field).count()
    noor.page.reload()
    noor.reads("Stap 2 van 6")
    press(noor, "Rond de ronde af")
    noor.heading(re.compile(r"Klaar in \d+ minu"))
    noor.look()
    sanne.heading("Deze ronde is klaar")
    sanne.look()
    a_point_is_released_and_withdrawn(noor, sanne, group)


def the_clock_stops_and_catches_up(noor: Somebody, sanne: Somebody) -> None:
    """The minutes that were lost come off the steps to come."""
    press(noor, "Pauze")
    for each in (noor, sanne):
        expect(each.main.locator(".tm-s")).to_have_text("pauze")
    noor.look()
    press(noor, "Ga verder")
    press(noor, "Eén minuut erbij")
    noor.reads("1 minuut later dan gepland")
    noor.look()
    press(noor, "Loop 1 minuut in")
    noor.does_not_read("later dan gepland")
    expect(sanne.main.locator(".tm-s")).to_have_text("van 11 minuten")


def a_point_is_released_and_withdrawn(noor: Somebody, sanne: Somebody, group: str) -> None:
    sanne.goes_to(group)
    sanne.follows("Geef een leerpunt vrij")
    sanne.reads("Noor de Wit")
    sanne.writes({"Wat je leerde": POINT})
    sanne.main.get_by_label(re.compile("Iedereen in het programma")).check()
    sanne.presses("Geef vrij")
    noor.goes_to(HOME + "points/")
    noor.reads(POINT)
    sanne.goes_to(HOME + "points/")
    sanne.presses("Trek terug")
    sanne.does_not_read(POINT)
    noor.goes_to(HOME + "points/")
    noor.heading("Nog geen leerpunten")
