"""`leerkring form-groups`: from two spreadsheets to a file with groups, cost, bound and reasons."""

import json
from pathlib import Path

import pytest
from django.utils import translation

from leerkring.config.console import form_groups
from leerkring.config.console.output import Stop
from leerkring.config.console.parser import make_parser
from leerkring.config.tests.test_console import refused, run

GROUPS = "id,theme,min,max\ng1,t1,1,3\ng2,t2,1,3\n"
PEOPLE = "id,choices,unit,apart\na,t1;t2,x,b\nb,t1,x,\nc,,y,\nd,t2,y,\n"


@pytest.fixture
def lists(tmp_path: Path) -> tuple[str, str, str]:
    (tmp_path / "people.csv").write_text(PEOPLE)
    (tmp_path / "groups.csv").write_text(GROUPS)
    return str(tmp_path / "people.csv"), str(tmp_path / "groups.csv"), str(tmp_path / "out.json")


def test_groups_are_written_with_their_proof(lists: tuple[str, str, str], tmp_path: Path) -> None:
    people, groups, out = lists
    done = run(
        "form-groups", people, groups, "--out", out, "--seconds", "0.2", "--seed", "3", "--json", data=tmp_path / "data"
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(Path(out).read_text())
    assert json.loads(done.stdout) == found
    assert {"assignment", "cost", "bound", "gap", "terms", "violations", "seed", "people", "groups"} <= set(found)
    assert (found["cost"], found["bound"], found["gap"], found["violations"], found["seed"]) == (3, 3, 0, [], 3)
    assert sum(found["terms"].values()) == found["cost"]
    assert found["assignment"]["b"] == "g1"
    assert found["people"]["b"] == {"choice": 1, "why": "First wish.", "reason": "first", "swap": None}
    assert found["people"]["a"]["swap"]["price"] > 0
    assert found["groups"]["g1"]["size"] == 2


def refusal(*arguments: str) -> str:
    """In this process: reading two lists takes no second, another process does."""
    with translation.override("en"), pytest.raises(Stop) as stop:
        form_groups.run(make_parser().parse_args(["form-groups", *arguments]))
    return str(stop.value)


@pytest.mark.parametrize(
    ("people", "groups", "sentence"),
    [
        ("id,apart\na,zz\n", GROUPS, "people.csv, row 2, column apart: nobody in the list has the id 'zz'."),
        ("id\n", GROUPS, "people.csv: there is nobody in the list."),
        ("id\na\n", "id,min,max\ng,4,1\n", "groups.csv, row 2, column max: the largest size 1 is below the smallest"),
        ("id\na\nb\n", "id,min\ng1,2\ng2,2\n", "has at least 2 people (it would have"),
    ],
)
def test_what_cannot_be_is_a_sentence(lists: tuple[str, str, str], people: str, groups: str, sentence: str) -> None:
    Path(lists[0]).write_text(people)
    Path(lists[1]).write_text(groups)
    assert sentence in refusal(*lists[:2], "--out", lists[2])
    assert not Path(lists[2]).exists()


def test_a_file_that_is_not_there_is_a_sentence(lists: tuple[str, str, str], tmp_path: Path) -> None:
    done = run("form-groups", "none.csv", lists[1], "--out", lists[2], data=tmp_path / "data")
    assert refused(done) == "The file none.csv cannot be read: No such file or directory."
