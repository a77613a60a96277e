"""Spreadsheets are read as they are, and what is wrong in them is named by row and column."""

import io
import json
from pathlib import Path

import pytest
import xlsxwriter

from leerkring.formation.problem import Objective
from leerkring.formation.reading import Fault, Problematic, Unreadable, read_problem

GROUPS = "id,theme,slot,min,max,needs_facilitator\ng1,t1,s1,1,3,yes\ng2,t2,,0,3,no\n"


def problem(tmp_path: Path, people: str | bytes, groups: str = GROUPS, objective: object = None) -> object:
    (tmp_path / "people.csv").write_bytes(people if isinstance(people, bytes) else people.encode())
    (tmp_path / "groups.csv").write_text(groups)
    weights = tmp_path / "weights.json"
    weights.write_text(json.dumps(objective))
    return read_problem(tmp_path / "people.csv", tmp_path / "groups.csv", weights if objective is not None else None)


def faults(tmp_path: Path, people: str, groups: str = GROUPS, objective: object = None) -> list[Problematic]:
    with pytest.raises(Unreadable) as refused:
        problem(tmp_path, people, groups, objective)
    return list(refused.value.faults)


def test_every_column_is_read(tmp_path: Path) -> None:
    people = "id,choices,slots,can_facilitate,apart,together,pin,chosen,unit,met:1\na,t1;t2,s1,yes,b,,g1,b,North,x\nb\n"
    found = problem(tmp_path, people)
    first, second = found.people  # type: ignore[attr-defined]
    assert (first.choices, first.slots, first.can_facilitate) == (("t1", "t2"), frozenset({"s1"}), True)
    assert (first.apart, first.together, first.pin, first.chosen) == (("b",), (), "g1", ("b",))
    assert (first.attributes, first.met) == ({"unit": "North"}, {"1": "x"})
    assert second.id == "b"
    assert found.groups[0].needs_facilitator  # type: ignore[attr-defined]


def test_a_workbook_reads_as_the_same_people(tmp_path: Path) -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate([["id", "choices", "can_facilitate"], [1, "t1;t2", True], [2, "", False]]):
            sheet.write_row(row, 0, cells)
    found = problem(tmp_path, content.getvalue())
    assert [(one.id, one.choices, one.can_facilitate) for one in found.people] == [  # type: ignore[attr-defined]
        ("1", ("t1", "t2"), True),
        ("2", (), False),
    ]


@pytest.mark.parametrize(
    ("people", "fault"),
    [
        ("id\na\na\n", Problematic(Fault.DOUBLE_ID, "people.csv", 3, "id", "a")),
        ("id,apart\na,zz\n", Problematic(Fault.UNKNOWN_PERSON, "people.csv", 2, "apart", "zz")),
        ("id,together\na,a\n", Problematic(Fault.THEMSELVES, "people.csv", 2, "together", "a")),
        ("id,pin\na,g9\n", Problematic(Fault.UNKNOWN_GROUP, "people.csv", 2, "pin", "g9")),
        (
            "id,can_facilitate\na,perhaps\n",
            Problematic(Fault.NOT_YES_OR_NO, "people.csv", 2, "can_facilitate", "perhaps"),
        ),
        ("id,unit\n\n,x\n", Problematic(Fault.NO_ID, "people.csv", 3, "id")),
        ("id\n", Problematic(Fault.NOBODY, "people.csv")),
        ("", Problematic(Fault.NOBODY, "people.csv")),
        ("name\na\n", Problematic(Fault.NO_HEADING, "people.csv", 1, "id")),
        ("id,unit,unit\na,x,y\n", Problematic(Fault.DOUBLE_HEADING, "people.csv", 1, "unit")),
        ("id\n\0\n", Problematic(Fault.UNREADABLE, "people.csv")),
    ],
)
def test_what_is_wrong_with_people_is_named(tmp_path: Path, people: str, fault: Problematic) -> None:
    assert faults(tmp_path, people) == [fault]


@pytest.mark.parametrize(
    ("groups", "fault"),
    [
        ("id,min,max\ng,4,3\n", Problematic(Fault.MAX_BELOW_MIN, "groups.csv", 2, "max", "3")),
        ("id,min\ng,few\n", Problematic(Fault.NOT_A_NUMBER, "groups.csv", 2, "min", "few")),
        ("id\n", Problematic(Fault.NO_GROUP, "groups.csv")),
    ],
)
def test_what_is_wrong_with_groups_is_named(tmp_path: Path, groups: str, fault: Problematic) -> None:
    assert faults(tmp_path, "id\na\n", groups) == [fault]


def test_weights_come_from_a_file(tmp_path: Path) -> None:
    found = problem(tmp_path, "id\na\n", GROUPS, {"met": 2, "rank_costs": [0, 1], "attributes": {"unit": 9}})
    assert found.objective == Objective(met=2, rank_costs=(0, 1), attributes={"unit": 9})  # type: ignore[attr-defined]


def test_weights_that_cannot_be_are_named(tmp_path: Path) -> None:
    assert faults(tmp_path, "id\na\n", GROUPS, {"meet": 2}) == [
        Problematic(Fault.UNKNOWN_KEY, "weights.json", None, "meet")
    ]
    assert faults(tmp_path, "id\na\n", GROUPS, {"met": -1})[0].fault is Fault.NOT_A_NUMBER
    assert faults(tmp_path, "id\na\n", GROUPS, [1])[0].fault is Fault.UNREADABLE
