"""The plan of an import says exactly what each oddity of a list leads to, with row numbers of the sheet."""

from datetime import date

import pytest

from leerkring.community.memberships.enums import Level
from leerkring.outward.exchange.enums import Purpose, Thing, Trouble
from leerkring.outward.exchange.matching import Known
from leerkring.outward.exchange.people_import import Decision, KnownPerson
from leerkring.outward.exchange.people_list import Double, Remark
from leerkring.outward.exchange.tests.lists import HEADINGS, Rows, amsterdam, csv, people_of, plan_of, xlsx

ODD: Rows = [
    ["Deelnemers leergemeenschap (verzonnen)"],
    ["bijgewerkt in mei, let op: e-mail niet doorsturen"],
    [],
    ["Nr.", *HEADINGS, "Telefoon", "Geboortedatum", "Opmerking"],
    [1, "Zoë", "van der", "Müller", " zoe@voorbeeld.example\xa0", "PMB", "Kern ", date(2023, 3, 12), "06-1", "", ""],
    [2, "Karel", "'t", "Bos", "mailto:Karel@Voorbeeld.Example", "Green Office", "VOLGER", "12-03-2023", "06-2", "", ""],
    [],
    [3, "İpek", "", "O'Brien", "ipek@voorbeeld.example; i@prive.example", "PMB", "actief", "maart 2023", "", "", ""],
    ["", "(vacature)", "", "", "", "Green Office", "volger", "", "", "", "volgt"],
    [4, "Jan", "de", "Wit", "jan(at)voorbeeld.example", "", "volger", "", "", "", ""],
    [5, "Zoe", "van der", "Muller", "ZOE@VOORBEELD.EXAMPLE", "SD Zuid-Oost", "volger", "", "", "", "dubbel"],
    ["Nr.", *HEADINGS, "Telefoon", "Geboortedatum", "Opmerking"],
    [6, "Ann", "", "Ek", "ann@voorbeeld.example", "", "trekker van alles", "ooit", "", "", ""],
    [7, "Bo", "", "Ek", "bo@voorbeeld.example", "Marsbeheer", "", "", "", "", ""],
]


def test_every_oddity_is_reported_with_its_row() -> None:
    assert plan_of(xlsx(ODD, more={"Oud": ODD})).as_json() == {
        "persons": 5,
        "doubles": [{"row": 11, "address": "zoe@voorbeeld.example"}],
        "rejected": [{"row": 9, "why": "no address"}, {"row": 10, "why": "not an e-mail address"}],
        "no_unit": [13],
        "near_units": {
            "PMB": {"unit": "Project Management Bureau", "rows": [5, 8]},
            "Marsbeheer": {"unit": None, "rows": [14]},
        },
        "ignored_columns": ["Nr.", "Telefoon", "Geboortedatum", "Opmerking"],
        "two_addresses": [8],
        "text_dates": [6, 8, 13],
    }


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_the_same_list_as_csv_says_the_same(delimiter: str) -> None:
    assert plan_of(csv(ODD, delimiter=delimiter)).as_json() == plan_of(xlsx(ODD)).as_json()


def test_names_levels_and_days_are_kept_as_meant() -> None:
    lines = people_of(xlsx(ODD)).lines
    assert [(tuple(line.name), line.addresses, line.level, line.since) for line in lines] == [
        (("Zoë", "van der", "Müller"), ("zoe@voorbeeld.example",), Level.CORE, date(2023, 3, 12)),
        (("Karel", "'t", "Bos"), ("karel@voorbeeld.example",), Level.FOLLOWER, date(2023, 3, 12)),
        (("İpek", "", "O'Brien"), ("ipek@voorbeeld.example", "i@prive.example"), Level.ACTIVE, date(2023, 3, 1)),
        (("Ann", "", "Ek"), ("ann@voorbeeld.example",), None, None),
        (("Bo", "", "Ek"), ("bo@voorbeeld.example",), None, None),
    ]


def test_what_is_not_understood_is_named_with_its_cell() -> None:
    plan = plan_of(xlsx(ODD))
    assert plan.rejected == [
        Remark(9, Trouble.NO_ADDRESS, "E9"),
        Remark(10, Trouble.NOT_AN_ADDRESS, "E10", "jan(at)voorbeeld.example"),
    ]
    assert plan.remarks == [
        Remark(13, Trouble.LEVEL_UNKNOWN, "G13", "trekker van alles"),
        Remark(13, Trouble.DAY_UNREADABLE, "H13", "ooit"),
    ]


def test_what_differs_between_doubles_is_shown_and_the_first_row_counts() -> None:
    plan = plan_of(xlsx(ODD))
    assert plan.doubles == [
        Double(
            11,
            5,
            "zoe@voorbeeld.example",
            (
                (Purpose.FULL_NAME, "Zoë van der Müller", "Zoe van der Muller"),
                (Purpose.UNIT, "PMB", "SD Zuid-Oost"),
                (Purpose.LEVEL, str(Level.CORE.label), str(Level.FOLLOWER.label)),
            ),
        )
    ]
    assert tuple(plan.people[0].line.name) == ("Zoë", "van der", "Müller")


def test_a_double_fills_what_the_first_row_lacks() -> None:
    rows = [
        ["Naam", "E-mail", "Afdeling"],
        ["Jan", "a@voorbeeld.example", ""],
        ["Jan", "a@voorbeeld.example; b@prive.example", "Green Office"],
        ["Jan", "b@prive.example", ""],
    ]
    plan = plan_of(xlsx(rows))
    assert [(p.line.addresses, p.unit.known and p.unit.known.name) for p in plan.people] == [
        (("a@voorbeeld.example", "b@prive.example"), "Green Office")
    ]
    assert [(double.row, double.first_row) for double in plan.doubles] == [(3, 2), (4, 2)]


def test_addresses_of_two_people_in_one_row_are_named() -> None:
    rows = [["Naam", "E-mail"], ["A", "a@b.example"], ["B", "b@b.example"], ["C", "a@b.example; b@b.example"]]
    plan = plan_of(xlsx(rows))
    assert len(plan.people) == 2
    assert [(remark.row, remark.trouble) for remark in plan.remarks] == [(4, Trouble.TWO_PEOPLE)]


def test_without_a_name_the_address_stands_in_and_that_is_said() -> None:
    plan = plan_of(b"E-mail\njan.jansen@voorbeeld.example\nPiet <piet@voorbeeld.example>")
    assert [p.line.name.given_name for p in plan.people] == ["jan.jansen", "Piet"]
    assert [(remark.row, remark.trouble) for remark in plan.remarks] == [(2, Trouble.NO_NAME)]


def test_a_name_that_is_too_long_is_not_taken() -> None:
    plan = plan_of(xlsx([["Voornaam", "E-mail"], ["x" * 300, "x@voorbeeld.example"]]))
    assert [(remark.row, remark.cell, remark.trouble) for remark in plan.rejected] == [(2, "A2", Trouble.NAME_TOO_LONG)]


def test_a_day_to_come_becomes_today_and_that_is_said() -> None:
    plan = plan_of(xlsx([["Naam", "E-mail", "Sinds"], ["A", "a@b.example", date(2203, 1, 1)]]))
    assert plan.people[0].since == amsterdam().today
    assert [remark.trouble for remark in plan.remarks] == [Trouble.DAY_TO_COME]


UNIT_ROWS = [["Naam", "E-mail", "Afdeling"], ["A", "a@b.example", "PMB"], ["B", "b@b.example", "PMB "]]


def test_a_near_match_is_left_open_until_it_is_decided_once_for_all_rows() -> None:
    plan = plan_of(xlsx(UNIT_ROWS))
    (near,) = plan.undecided
    assert (near.thing, near.text, near.likely, near.rows) == (
        Thing.UNIT,
        "PMB",
        Known(16, "Project Management Bureau"),
        [2, 3],
    )
    assert [bool(person.unit) for person in plan.people] == [False, False]

    decided = plan_of(xlsx(UNIT_ROWS), decisions={near.key: "16"})
    assert decided.undecided == []
    assert [person.unit.known and person.unit.known.name for person in decided.people] == [
        "Project Management Bureau",
        "Project Management Bureau",
    ]


def test_a_name_can_be_left_out_or_added_where_that_is_allowed() -> None:
    (near,) = plan_of(xlsx(UNIT_ROWS)).undecided
    left_out = plan_of(xlsx(UNIT_ROWS), decisions={near.key: Decision.LEAVE_OUT})
    assert (left_out.undecided, [bool(person.unit) for person in left_out.people]) == ([], [False, False])
    new = {near.key: Decision.NEW.value}
    added = plan_of(xlsx(UNIT_ROWS), decisions=new, existing=amsterdam(may_add=True))
    assert [person.unit.new_name for person in added.people] == ["PMB", "PMB"]
    assert plan_of(xlsx(UNIT_ROWS), decisions=new).undecided == [near]


def test_a_forged_decision_decides_nothing() -> None:
    (near,) = plan_of(xlsx(UNIT_ROWS)).undecided
    assert plan_of(xlsx(UNIT_ROWS), decisions={near.key: "999"}).undecided == [near]


def test_rows_name_their_organisation_or_belong_to_the_host() -> None:
    region = Known(2, "Regio West-Brabant")
    existing = amsterdam(organisations=[amsterdam().host, region], units={2: [Known(5, "Afval")]})
    rows = [
        ["Naam", "E-mail", "Organisatie", "Afdeling"],
        ["A", "a@b.example", "", ""],
        ["B", "b@b.example", "regio west-brabant", "Afval"],
        ["C", "c@b.example", "Gemeente Amsterdan", "Afval"],
        ["D", "d@b.example", "Ergens", ""],
    ]
    plan = plan_of(xlsx(rows), existing=existing)
    assert [p.organisation.known and p.organisation.known.name for p in plan.people] == [
        "Gemeente Amsterdam",
        "Regio West-Brabant",
        None,
        None,
    ]
    assert plan.people[1].unit.known == Known(5, "Afval")
    assert [(near.text, near.likely and near.likely.name) for near in plan.undecided] == [
        ("Gemeente Amsterdan", "Gemeente Amsterdam"),
        ("Ergens", None),
    ]


def test_who_is_in_already_stays_and_what_differs_is_shown() -> None:
    member = KnownPerson(7, "Jan Jansen", True, False, "Green Office", "Gemeente Amsterdam", Level.CORE)
    rows = [["Naam", "E-mail", "Afdeling", "Rol"], ["Jan Janssen", "jan@b.example", "Sport en Bos", "volger"]]
    plan = plan_of(xlsx(rows), existing=amsterdam(people={"jan@b.example": member}))
    assert plan.newcomers == []
    assert plan.already_in == plan.people
    assert plan.changes_nothing
    assert plan.differing[0].differs == (
        (Purpose.FULL_NAME, "Jan Jansen", "Jan Janssen"),
        (Purpose.UNIT, "Green Office", "Sport en Bos"),
        (Purpose.LEVEL, str(Level.CORE.label), str(Level.FOLLOWER.label)),
    )


def test_who_left_is_not_brought_back_and_strangers_show_nothing() -> None:
    known = {"left@b.example": KnownPerson(7, has_left=True), "elsewhere@b.example": KnownPerson(8)}
    rows = [["Naam", "E-mail"], ["A", "left@b.example"], ["B", "elsewhere@b.example"]]
    plan = plan_of(xlsx(rows), existing=amsterdam(people=known))
    assert [person.line.row for person in plan.left_before] == [2]
    assert [person.line.row for person in plan.newcomers] == [3]
    assert plan.differing == []


@pytest.mark.parametrize("nothing", ["-", "?", "n.v.t.", "nvt", "Onbekend", " ", "N/A", "geen"])
def test_a_cell_that_says_nothing_is_empty(nothing: str) -> None:
    rows = [["Naam", "E-mail", "Afdeling", "Rol", "Sinds"], ["A", "a@b.example", nothing, nothing, nothing]]
    plan = plan_of(xlsx(rows))
    assert (plan.no_unit, plan.near, plan.remarks, plan.text_dates) == ([2], [], [], [])
