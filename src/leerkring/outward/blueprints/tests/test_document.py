"""A method file is read back as it was written, and nothing in it is trusted."""

import json
from dataclasses import replace
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from leerkring.community.meetings.enums import MeetingKind
from leerkring.community.meetings.rhythm.enums import LetterMoment
from leerkring.outward.blueprints.blueprint import Blueprint
from leerkring.outward.blueprints.document import MOST_BYTES, Unreadable, as_document, as_text, clean, read
from leerkring.outward.blueprints.ready_made import KEYS, ready_made


@pytest.fixture(autouse=True)
def english() -> Any:
    with translation.override("en"):
        yield


def made(key: str = "four-workshops") -> Blueprint:
    blueprint = ready_made(key)
    assert blueprint is not None
    return blueprint


def file(**changes: Any) -> bytes:
    return json.dumps(as_document(made()) | changes).encode()


def wrong(content: bytes) -> list[str]:
    with pytest.raises(Unreadable) as unreadable:
        read(content)
    return unreadable.value.sentences


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_ours_add_up_and_come_back_as_they_were(key: str, language: str) -> None:
    with translation.override(language):
        blueprint = made(key)
    for moment in blueprint.moments:
        assert moment.parts_minutes == moment.minutes, moment.title
    found = read(as_text(blueprint).encode())
    assert found.blueprint == blueprint
    assert found.left_out == []


def test_a_newer_file_is_refused_and_an_unknown_key_is_named() -> None:
    assert wrong(file(leerkring_method=2)) == [
        "This file was made by a newer Leerkring. Ask for an upgrade, or for a file of an older version."
    ]
    assert read(file(colour="blue", rules={"fully_from": 5, "price": 3})).left_out == ["rules.price", "colour"]


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", b"[]", b"{}", b'{"leerkring_method": true}', b"[" * 100_000, b'{"leerkring_method": 1e999}'],
)
def test_another_file_is_no_method(content: bytes) -> None:
    assert wrong(content) == ["This is not a method file. Choose a file that Leerkring made."]


def test_a_huge_file_is_not_read() -> None:
    assert wrong(b" " * (MOST_BYTES + 1)) == ["The file is larger than 1 MB. A method file has texts only."]


def test_all_that_is_wrong_is_said_with_its_place() -> None:
    meeting = {"kind": "workshop", "title": "x", "day": -1, "begins": "25:00", "minutes": "an hour", "run_sheet": {}}
    assert wrong(file(name=["x"], meetings=[meeting], kind="course")) == [
        "meetings[1].day: this has to be a number from 0 to 1500.",
        "meetings[1].begins: this has to be a clock time such as 13:00.",
        "meetings[1].minutes: this has to be a number from 1 to 20160.",
        "meetings[1].run_sheet: this has to be a list.",
        "name: this has to be a text.",
        "kind: this has to be one of: leerprogramma, leergemeenschap.",
    ]
    assert wrong(file(meetings=[])) == ["meetings: there has to be at least one meeting."]


def test_an_intervisie_takes_minutes_and_steps_alone() -> None:
    meeting = {
        "kind": "intervisie",
        "title": "The case of Ann",
        "purpose": "Her chief",
        "day": 0,
        "begins": "13:00",
        "minutes": 60,
        "run_sheet": [{"minutes": 60, "step": "advice", "title": "Ann", "note": "Ann", "facilitator_note": "Ann"}],
    }
    found = read(file(meetings=[meeting]))
    assert "Ann" not in as_text(found.blueprint)
    assert found.blueprint.moments[0].kind == MeetingKind.INTERVISIE


def test_signs_that_turn_a_line_are_left_out_and_letters_stay() -> None:
    assert clean("a\u202eb\x00c\r\nمرحبا 👩‍👩‍👧 <b>") == "abc\nمرحبا 👩‍👩‍👧 <b>"


@given(st.text(max_size=200), st.text(max_size=200))
def test_texts_come_back_as_they_were_cleaned(name: str, note: str) -> None:
    blueprint = made()
    first = replace(blueprint.moments[0], purpose=clean(note))
    changed = replace(blueprint, name=clean(name) or "x", moments=(first, *blueprint.moments[1:]))
    assert read(as_text(changed).encode()).blueprint == changed


FORM = {
    "key": "own-1", "name": "Ronde", "purpose": "Ieder hoort wat er speelt.", "aim": "arrive", "minutes": 20,
    "minutes_min": 15, "minutes_max": 30, "size_min": 6, "size_max": 20, "steps": ["Kaart op tafel", " ", "Vertel"],
}  # fmt: skip


def with_form(**changes: Any) -> dict[str, Any]:
    part = {"minutes": 20, "title": "Rondje", "workform": "own-1"}
    meeting = {"kind": "workshop", "title": "x", "day": 0, "begins": "13:00", "minutes": 60, "run_sheet": [part]}
    return {"meetings": [meeting], "workforms": [FORM | changes]}


def test_working_forms_and_letters_travel() -> None:
    found = read(file(**with_form(for_team=True), mails=["day", "month", "by pigeon"], mail_days={"month": 45}))
    form = found.blueprint.workforms[0]
    assert (form.texts.steps, form.is_for_team) == ("Kaart op tafel\nVertel", True)
    assert found.blueprint.form_of(found.blueprint.moments[0].parts[0]) == "Ronde"
    assert {moment.value: days for moment, days in (found.blueprint.mails or {}).items()} == {"month": 45, "day": 1}
    assert found.left_out == ["mails: by pigeon"]
    assert read(as_text(found.blueprint).encode()).blueprint == found.blueprint
    assert "introductions" in as_text(made())


def test_a_file_of_before_says_nothing_of_forms_and_letters() -> None:
    document = as_document(made())
    del document["workforms"], document["mails"], document["mail_days"]
    for meeting in document["meetings"]:
        for part in meeting["run_sheet"]:
            part.pop("workform", None)
    found = read(json.dumps(document).encode())
    assert (found.blueprint.workforms, found.blueprint.mails, found.left_out) == ((), None, [])
    document["mails"] = ["fortnight", "afterwards"]
    mails = read(json.dumps(document).encode()).blueprint.mails
    assert mails == {LetterMoment.FORTNIGHT: 14, LetterMoment.AFTERWARDS: 1}, "days were not said: the usual ones"
    document["mail_days"] = {"fortnight": 40}
    assert wrong(json.dumps(document).encode()) == ["mail_days.fortnight: this has to be a number from 8 to 20."]


def test_what_is_wrong_with_a_form_is_said_and_a_form_from_later_is_left_out() -> None:
    assert wrong(file(**with_form(minutes=90, aim="dance", steps=[], for_team="yes"))) == [
        "workforms[1].aim: this has to be one of: arrive, explore, gather, choose, help, look back.",
        "workforms[1].steps: this cannot be empty.",
        "workforms[1].for_team: this has to be true or false.",
        "workforms[1].minutes: these numbers are not in their order.",
    ]
    assert wrong(file(**with_form(key="fishbowl"))) == ["workforms[1].key: this stands in the file twice."]
    later = with_form(key="own-2")
    found = read(file(**later))
    assert found.left_out == ["meetings[1].run_sheet[1].workform"]
    assert found.blueprint.moments[0].parts[0].title == "Rondje"
