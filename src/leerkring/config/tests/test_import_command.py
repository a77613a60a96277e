"""`leerkring import`: the result on standard output, the rest on standard error, and a sentence for what is wrong."""

import json
from pathlib import Path

import pytest

from leerkring.community.memberships.models import Membership
from leerkring.config.console import import_activities, import_people
from leerkring.config.console.output import Stop
from leerkring.config.console.parser import make_parser
from leerkring.direction.strategy.models import Activity
from leerkring.outward.exchange.models import ImportBatch
from leerkring.outward.exchange.sheets import Unreadable
from leerkring.outward.exchange.tests import test_import_activities
from leerkring.outward.exchange.tests.lists import HEADINGS, csv, xlsx
from tests.cast import Cast

LIST = [
    HEADINGS,
    ["Zoë", "van der", "Müller", "zoe@voorbeeld.example", "Ruimtee", "kern", "12-03-2023"],
    ["Karel", "", "Bos", "", "", "", ""],
]


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "lijst.xlsx"
    path.write_bytes(xlsx(LIST, more={"Oud": LIST}))
    return path


def run(*arguments: object) -> int:
    options = make_parser().parse_args(["import", *map(str, arguments)])
    return {"import_people": import_people.run, "import_activities": import_activities.run}[options.command](options)


def test_a_dry_run_reports_and_changes_nothing(cast: Cast, people: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("people", people, "--programme", "eigen", "--dry-run", "--json") == 0
    said = capsys.readouterr()
    assert json.loads(said.out) == {
        "persons": 1,
        "doubles": [],
        "rejected": [{"row": 3, "why": "no address"}],
        "no_unit": [],
        "near_units": {"Ruimtee": {"unit": "Ruimte", "rows": [2]}},
        "ignored_columns": [],
        "two_addresses": [],
        "text_dates": [2],
    }
    assert "Sheet Oud was not read" in said.err
    assert not ImportBatch.objects.exists()
    assert not Membership.objects.filter(person__given_name="Zoë").exists()


def test_then_it_comes_in_without_what_is_undecided(cast: Cast, people: Path) -> None:
    assert run("people", people, "--programme", "eigen") == 0
    membership = Membership.objects.get(person__given_name="Zoë")
    placement = membership.placements.get()
    assert (placement.organisation, placement.unit) == (cast.own.organisation, None)
    assert ImportBatch.objects.get().by is None


def test_the_report_for_people_names_every_row(cast: Cast, people: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("people", people, "--programme", "eigen", "--dry-run")
    said = capsys.readouterr().out
    assert "1 person in the list." in said
    assert "Row 3 did not come in: D3: There is no e-mail address." in said
    assert "'Ruimtee': probably Ruimte (row 2). These come in without it." in said


def test_another_sheet_is_read_when_it_is_named(cast: Cast, people: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("people", people, "--programme", "eigen", "--dry-run", "--sheet", "Oud")
    assert "Sheet Oud of lijst.xlsx, headings in row 1." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "This file is empty."),
        (b"Naam\nJan", "no column with e-mail addresses"),
        (b"%PDF", "not a spreadsheet"),
        (b"x" * (50 * 1024 * 1024), "50 MB"),
    ],
)
def test_bad_files_get_a_sentence(cast: Cast, tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / "lijst.csv").write_bytes(content)
    with pytest.raises((Stop, Unreadable), match=says):
        run("people", tmp_path / "lijst.csv", "--programme", "eigen")


def test_a_missing_file_and_a_missing_programme_get_a_sentence(cast: Cast, tmp_path: Path, people: Path) -> None:
    with pytest.raises(Stop, match="cannot be read: No such file"):
        run("people", tmp_path / "niets.xlsx", "--programme", "eigen")
    with pytest.raises(Stop, match="no programme nergens"):
        run("people", people, "--programme", "nergens")


def test_activities_come_in(cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "agenda.csv").write_bytes(csv(test_import_activities.LIST))
    run("activities", tmp_path / "agenda.csv", "--programme", "eigen", "--dry-run", "--json")
    assert json.loads(capsys.readouterr().out)["activities"] == 5
    assert not Activity.objects.exists()
    assert run("activities", tmp_path / "agenda.csv", "--programme", "eigen", "--label", "public") == 0
    assert Activity.objects.filter(label="public").count() == 5
