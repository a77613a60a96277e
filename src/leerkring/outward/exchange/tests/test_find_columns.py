"""Headings are found below titles, in Dutch and English; what has no purpose is named and never read."""

from typing import Any

import pytest

from leerkring.outward.exchange import sheets
from leerkring.outward.exchange.columns import Columns, find_columns
from leerkring.outward.exchange.enums import ImportKind, Purpose
from leerkring.outward.exchange.tests.lists import Rows, csv, xlsx


def columns_of(rows: Rows, kind: ImportKind = ImportKind.PEOPLE, **more: Any) -> Columns:
    return find_columns(sheets.read("lijst.xlsx", xlsx(rows)).table("Lijst"), kind, **more)


def purposes(columns: Columns) -> dict[str, Purpose | None]:
    return {column.name: column.purpose for column in columns.columns}


PERSON: list[Any] = [
    "Jan",
    "van",
    "Dam",
    "jan@voorbeeld.example",
    "Waterschap",
    "Beheer",
    "Afval",
    "volger",
    "2023",
    "06-1",
    "x",
]


@pytest.mark.parametrize(
    "headings",
    [
        "Voornaam,Tussenvoegsel,Achternaam,E-mail,Organisatie,Afdeling,Beleidsveld,Niveau,Sinds,Telefoon,Opmerking",
        "First name,Prefix,Last name,E-mail address,Organisation,Department,Policy field,Level,Since,Phone,Remarks",
        "ROEPNAAM,Tussenv.,Familienaam,E-mailadres *,Gemeente,Afdeling / stadsdeel,Beleidsterrein,Rol "
        "(kern/actief/volger),Lid sinds,06,Dieet",
        "Given name,Infix,Surname,Mail,Municipality,Unit,Policy area,Role,Member since,Mobile,Notes",
        "voornaam:,tussenvoegsel:,achternaam:,e-mail (werk),organisatie:,organisatie-onderdeel,vakgebied,"
        "Participatieniveau,startdatum (dd-mm-jjjj),tel,bijz.",
    ],
)
def test_headings_in_two_languages(headings: str) -> None:
    rows: Rows = [headings.split(","), PERSON]
    found = [column.purpose for column in columns_of(rows).columns]
    assert found == [
        Purpose.GIVEN_NAME,
        Purpose.PREFIX,
        Purpose.FAMILY_NAME,
        Purpose.ADDRESS,
        Purpose.ORGANISATION,
        Purpose.UNIT,
        Purpose.FIELD,
        Purpose.LEVEL,
        Purpose.SINCE,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("heading", "purpose"),
    [
        ("E-mailadres zakelijk", Purpose.ADDRESS),
        ("E-mail (verplicht, zakelijk adres)", Purpose.ADDRESS),
        ("E-mail (leidinggevende)", None),
        ("Naam leidinggevende", None),
        ("Naam (voor- en achternaam)", Purpose.FULL_NAME),
        ("Organisatie deelnemer", Purpose.ORGANISATION),
        ("Directie / afdeling", Purpose.UNIT),
        ("Kern / actief / volger", Purpose.LEVEL),
        ("Deelname sinds", Purpose.SINCE),
        ("SINDS WANNEER?", Purpose.SINCE),
        ("Geslacht", None),
        ("Personeelsnummer", None),
    ],
)
def test_headings_with_additions(heading: str, purpose: Purpose | None) -> None:
    columns = columns_of([["Voornaam", "Achternaam", heading], ["Jan", "Dam", "x"]])
    assert purposes(columns)[heading] == purpose


def test_levels_are_found_by_what_stands_in_the_column_and_asked_about() -> None:
    columns = columns_of([["E-mail", "Hoe"], ["a@b.example", "kern"], ["b@b.example", "volger"], ["c@b.example", ""]])
    assert [(column.name, column.purpose) for column in columns.asked] == [("Hoe", Purpose.LEVEL)]


def test_headings_stand_below_titles_and_remarks() -> None:
    rows: Rows = [
        ["Deelnemers leergemeenschap"],
        ["let op: e-mail niet doorsturen"],
        [],
        ["Nr.", "Naam", "E-mail"],
        [1, "Jan", "jan@voorbeeld.example"],
    ]
    columns = columns_of(rows)
    assert columns.heading_row == 4
    assert purposes(columns) == {"Nr.": None, "Naam": Purpose.FULL_NAME, "E-mail": Purpose.ADDRESS}
    assert columns.ignored == ["Nr."]


def test_columns_without_a_purpose_are_named_even_without_heading() -> None:
    columns = columns_of([["Naam", "E-mail", "", "Geboortedatum"], ["Jan", "jan@voorbeeld.example", "x", "1980"]])
    assert columns.ignored == ["column C", "Geboortedatum"]
    assert all(column.examples == () for column in columns.columns)


def test_naam_beside_voornaam_is_the_last_name() -> None:
    columns = columns_of([["Voornaam", "Naam", "E-mail"], ["Jan", "Jansen", "jan@voorbeeld.example"]])
    assert purposes(columns)["Naam"] == Purpose.FAMILY_NAME


def test_two_columns_with_addresses_are_both_read() -> None:
    columns = columns_of([["Naam", "E-mail werk", "E-mail privé"], ["Jan", "a@voorbeeld.example", ""]])
    assert [column.name for column in columns.of(Purpose.ADDRESS)] == ["E-mail werk", "E-mail privé"]


def test_the_address_of_somebody_else_is_not_taken() -> None:
    columns = columns_of([["Naam", "E-mail", "E-mail leidinggevende"], ["Jan", "a@b.example", "baas@b.example"]])
    assert columns.ignored == ["E-mail leidinggevende"]


def test_of_two_columns_for_one_purpose_the_first_counts_and_the_other_is_asked_about() -> None:
    columns = columns_of([["E-mail", "Afdeling", "Team"], ["a@b.example", "Ruimte", "Blauw"]])
    assert purposes(columns) == {"E-mail": Purpose.ADDRESS, "Afdeling": Purpose.UNIT, "Team": None}
    assert [(column.name, column.examples) for column in columns.asked] == [("Team", ("Blauw",))]


def test_a_role_that_is_no_level_is_left_out() -> None:
    columns = columns_of([["E-mail", "Rol"], ["a@b.example", "projectleider"], ["b@b.example", "adviseur"]])
    assert columns.ignored == ["Rol"]


def test_without_headings_the_addresses_are_found_and_asked_about() -> None:
    columns = columns_of([["Jan Jansen", "jan@voorbeeld.example"], ["Piet Pietersen", "piet@voorbeeld.example"]])
    assert columns.heading_row == 0
    assert [(column.letters, column.purpose, column.asked) for column in columns.columns] == [
        ("A", None, False),
        ("B", Purpose.ADDRESS, True),
    ]
    assert columns.columns[0].examples == ("Jan Jansen", "Piet Pietersen")


def test_what_a_person_chose_goes_first() -> None:
    rows = [["Voornaam", "Afdeling", "Contact"], ["Jan", "Ruimte", "jan(at)voorbeeld"]]
    assert columns_of(rows).missing == [Purpose.ADDRESS]
    chosen = columns_of(rows, chosen={1: None, 2: Purpose.ADDRESS})
    assert purposes(chosen) == {"Voornaam": Purpose.GIVEN_NAME, "Afdeling": None, "Contact": Purpose.ADDRESS}
    assert chosen.missing == []


def test_without_addresses_nothing_can_come_in() -> None:
    assert columns_of([["Naam", "Afdeling"], ["Jan", "Ruimte"]]).missing == [Purpose.ADDRESS]


def test_headings_in_csv() -> None:
    table = sheets.read("lijst.csv", csv([["name", "email"], ["Jan", "jan@voorbeeld.example"]])).table("csv")
    assert purposes(find_columns(table, ImportKind.PEOPLE)) == {"name": Purpose.FULL_NAME, "email": Purpose.ADDRESS}


def test_headings_of_activities() -> None:
    rows: Rows = [
        ["Uitvoeringsagenda 2023-2026"],
        ["Nr", "Activiteit", "Doel", "Keten", "Trekker", "Stand van zaken", "Start", "Gereed", "Budget"],
        ["1.1", "Reparatie", "2030", "Consumptiegoederen", "Jan", "loopt", "2023", "2026", "1000"],
    ]
    assert [column.purpose for column in columns_of(rows, ImportKind.ACTIVITIES).columns] == [
        Purpose.NUMBER,
        Purpose.TITLE,
        Purpose.GOAL,
        Purpose.CHAIN,
        Purpose.OWNER,
        Purpose.STATE,
        Purpose.STARTS,
        Purpose.ENDS,
        None,
    ]
