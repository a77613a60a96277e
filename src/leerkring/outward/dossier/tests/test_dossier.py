import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from leerkring.community.meetings import actions as meetings
from leerkring.community.meetings.enums import MeetingKind, MeetingState, Presence
from leerkring.community.meetings.models import Attendance
from leerkring.community.memberships.enums import Label, Role
from leerkring.community.people.models import Person
from leerkring.cycle.agenda import actions as agenda
from leerkring.cycle.insights.enums import HarvestKind
from leerkring.cycle.insights.models import HarvestItem, Insight
from leerkring.cycle.questions import actions as questions
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.cycle.uptake import actions as uptake
from leerkring.cycle.uptake.enums import ChangeKind
from leerkring.outward.dossier import actions, queries
from leerkring.outward.dossier.files import files_of
from leerkring.outward.dossier.gathering import gather
from leerkring.outward.dossier.models import Dossier
from leerkring.outward.dossier.scope import Scope
from leerkring.outward.dossier.writing import write_folder
from leerkring.platform import clock
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import Refused
from tests.cast import Cast, ProgrammeCast, grant

Browser = Callable[[Person | None], Client]


def a_cycle(own: ProgrammeCast) -> dict[str, LearningQuestion]:
    """A workshop with harvest and a file, a silent intervisie, a question of each label on a set version, a change."""
    lead = own.lead
    shop = own.meeting(MeetingKind.WORKSHOP, days=-5, state=MeetingState.HELD, title="Middag", label=Label.PUBLIC)
    quiet = own.meeting(MeetingKind.INTERVISIE, days=-3, state=MeetingState.HELD, title="GEHEIM", keeps_text=False)
    Attendance.objects.create(meeting=shop, person=own.member, presence=Presence.PRESENT)
    type(quiet).objects.filter(pk=quiet.pk).update(place="GEHEIM", purpose="GEHEIM")
    meetings.put_run_sheet_item(meeting=shop, minutes=20, title="Begin", facilitator_note="GEHEIM", by=lead)
    file = SimpleUploadedFile("../Uitleg & meer.txt", b"Tekst van een bestand")
    meetings.add_material(meeting=shop, title="Uitleg", file=file, label=Label.ORGANISATIONS, by=lead)
    for position, kind in enumerate((HarvestKind.NOTE, HarvestKind.COMMITMENT)):
        text = "GEHEIM voornemen" if kind == HarvestKind.COMMITMENT else "Een regel"
        HarvestItem.objects.create(
            meeting=shop, kind=kind, text=text, position=position, at=clock.now(), changed_at=clock.now(), by=lead
        )
    uptake.make_commitment(
        meeting=shop, person=own.member, text="GEHEIM", due_on=clock.today() + timedelta(days=9), by=own.member
    )
    living = agenda.open_agenda(community=own.community, by=lead)
    asked = {}
    for label in (Label.PROGRAMME, Label.ORGANISATIONS, Label.PUBLIC):
        question = questions.raise_question(
            community=own.community, wording=f"=Wat is {label}?", label=label, meeting=shop, by=own.member
        )
        agenda.place_question(question=question, by=own.keeper)
        asked[label.value] = question
    living.refresh_from_db()
    agenda.set_version(
        community=own.community, meeting=shop, revision=living.revision, label=Label.PUBLIC, by=own.keeper
    )
    narrow, wide = (
        Insight.objects.create(
            community=own.community, label=label, sentence=f"Inzicht {label}", changed_at=clock.now(),
            found_on=clock.today(), meeting=shop,
        )
        for label in (Label.PROGRAMME, Label.PUBLIC)
    )  # fmt: skip
    wide.questions.set([asked["public"], asked["programme"]])
    change = uptake.put_change(
        community=own.community,
        title="Anders",
        kind=ChangeKind.ANEW,
        label=Label.PUBLIC,
        by=lead,
        insights=[narrow, wide],
    )
    cell = uptake.start_uptake(change=change, unit=own.units[0], recipient=own.member, by=lead)
    uptake.step_up(uptake=cell, evidence="Uitgelegd", name="Hoofd Ruimte", by=lead)
    return asked


def content(scope: Scope) -> dict[str, bytes]:
    return {path: b"".join(pieces) for path, pieces in files_of(gather(scope))}


def rows_of(files: dict[str, bytes], table: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(files["dossier.json"])["tables"][table]
    return found


def test_a_dossier_holds_what_its_reader_may_read_and_points_to_nothing_else(cast: Cast) -> None:
    own = cast.own
    asked = a_cycle(own)
    community = own.community
    whole, for_member, for_colleague, for_nobody = (
        content(scope)
        for scope in (
            Scope(community),
            Scope(community, own.member),
            Scope(community, own.colleague, Label.ORGANISATIONS),
            Scope(community, None, Label.PUBLIC),
        )
    )
    labels = {"programme": "Wat is programme?", "organisations": "Wat is organisations?", "public": "Wat is public?"}
    for files, seen in (
        (whole, set(labels)),
        (for_member, set(labels)),
        (for_colleague, {"organisations", "public"}),
        (for_nobody, {"public"}),
    ):
        assert {row["label"] for row in rows_of(files, "questions")} == seen
        assert {row["question_id"] for row in rows_of(files, "agenda_entries")} == {asked[label].pk for label in seen}
        together = b"".join(files.values())
        assert {label for label, words in labels.items() if words.encode() in together} == seen
        assert b"GEHEIM" not in together
        assert own.member.account is not None
        assert b"@voorbeeld.example" not in together
        assert b"Ander" not in files["dossier.json"].replace(b"Anders", b"")
        silent = next(row for row in rows_of(files, "meetings") if row["kind"] == "workshop")
        assert silent["present"] == "fewer than five"
    assert rows_of(whole, "meetings")[1] | {"id": 0, "starts_at": "", "ends_at": ""} == {
        "id": 0, "label": "programme", "kind": "intervisie", "title": "", "purpose": "", "starts_at": "",
        "ends_at": "", "minutes": 180, "place": "", "state": "held", "facilitator": "", "group_id": None,
        "edition_ids": [], "present": "fewer than five",
    }  # fmt: skip
    # Nothing leads to what is left out: not the change to its narrow insight, nor an insight to a narrow question.
    (change,) = rows_of(for_nobody, "changes")
    assert len(rows_of(whole, "changes")[0]["insight_ids"]) == 2  # type: ignore[arg-type]
    assert change["insight_ids"] == [row["id"] for row in rows_of(for_nobody, "insights")]
    assert rows_of(for_nobody, "insights")[0]["question_ids"] == [asked["public"].pk]
    assert own.keeper.name.encode() in whole["leeragenda.html"]
    assert not any(person.name.encode() in b"".join(for_nobody.values()) for person in (own.keeper, own.member))
    assert "bestanden/materiaal-" in str(for_colleague.keys())
    assert "bestanden/materiaal-" not in str(for_nobody.keys())
    facts = {row["name"] for row in rows_of(whole, "facts")}
    assert {"VersionSet", "UptakeSteppedUp"} <= facts
    assert not facts & {"CommitmentMade", "OwnerGiven", "RecipientNamed", "DossierAsked"}
    assert rows_of(for_member, "facts") == rows_of(for_nobody, "facts") == []
    cells = list(csv.DictReader(io.StringIO(whole["tabellen/questions.csv"].decode("utf-8-sig"))))
    assert [cell["wording"][:6] for cell in cells] == ["'=Wat "] * 3


def test_two_dossiers_of_one_state_are_the_same_and_say_what_each_file_weighs(cast: Cast, tmp_path: Path) -> None:
    a_cycle(cast.own)
    scope = Scope(cast.own.community)
    for name in ("one", "two"):
        with clock.at(clock.now() + timedelta(days=1 if name == "two" else 0)):
            write_folder(gather(scope), tmp_path / name)
    found = [
        {
            str(path.relative_to(tmp_path / name)): path.read_bytes()
            for path in (tmp_path / name).rglob("*")
            if path.is_file()
        }
        for name in ("one", "two")
    ]
    assert found[0] == found[1]
    files = found[0]
    listed = {row["path"]: (row["bytes"], row["sha256"]) for row in json.loads(files["manifest.json"])["files"]}
    assert listed == {
        path: (len(content), hashlib.sha256(content).hexdigest())
        for path, content in files.items()
        if path not in ("manifest.json", "SHA256SUMS")
    }
    sums = [line.split("  ")[1] for line in files["SHA256SUMS"].decode().splitlines()]
    assert set(sums) == files.keys() - {"SHA256SUMS"}
    assert b"Tekst van een bestand" in files.values()
    assert "Voor wie de inhoud was" in files["README.md"].decode()


def test_a_folder_is_written_whole_or_not_at_all(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gathered = gather(Scope(cast.own.community))
    taken, file = tmp_path / "taken", tmp_path / "file"
    taken.mkdir()
    (taken / "mine").write_text("mine")
    file.write_text("mine")
    for path, words in ((taken, "niet leeg"), (file, "is een bestand"), (file / "under", "te schrijven")):
        with pytest.raises(Refused, match=words):
            write_folder(gathered, path)

    def full(*_more: object) -> Iterator[bytes]:
        raise OSError(28, "No space left on device")
        yield b""

    monkeypatch.setattr("leerkring.outward.dossier.files.Manifest.watch", full)
    with pytest.raises(Refused, match="schijf is vol"):
        write_folder(gathered, tmp_path / "new")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "taken"]


def test_the_team_takes_a_dossier_away_and_nobody_else(
    cast: Cast, client_of: Browser, committed: Callable[..., Any]
) -> None:
    own = cast.own
    a_cycle(own)
    page, make = "/eigen/dossier/", "/eigen/dossier/make/"
    browser = client_of(own.lead)
    assert "Nog geen dossier" in browser.get(page).content.decode()
    assert browser.post(make, {"narrowest": "everything"}).status_code == 422
    with committed():
        assert browser.post(make, {"narrowest": "organisations"}).status_code == 302
    dossier = Dossier.objects.get()
    assert dossier.is_made
    assert f'href="{page}{dossier.pk}/"' in browser.get(page).content.decode()
    assert FactRow.objects.get(name="DossierAsked").ids == {"dossier_id": dossier.pk, "narrowest": "organisations"}
    assert FactRow.objects.filter(name="DossierMade", by_id=own.lead.pk).count() == 1
    answer = browser.get(f"{page}{dossier.pk}/")
    packed = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert len(packed) == dossier.size
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert len(archive.namelist()) == dossier.files_count
        document = archive.read("dossier-eigen/dossier.json")
    assert b"Wat is organisations?" in document
    assert b"Wat is programme?" not in document
    for person, status in ((own.member, 403), (own.keeper, 403), (cast.outsider, 403), (None, 302)):
        assert client_of(person).get(f"{page}{dossier.pk}/").status_code == status
        assert client_of(person).get(page).status_code == status
        assert client_of(person).post(make, {"narrowest": "group"}).status_code == status
    grant(own.keeper, own.community, Role.TEAM)
    assert client_of(own.keeper).get(f"{page}{dossier.pk}/").status_code == 404, "who asked for it, and nobody else"
    with pytest.raises(PermissionDenied):
        actions.ask_dossier(community=own.community, by=own.member)
    one = actions.ask_dossier(community=own.community, by=own.lead)
    assert actions.ask_dossier(community=own.community, by=own.lead) == one, "asked twice, made once"
    with clock.at(clock.now() + timedelta(days=8)):
        assert actions.remove_dossiers(dossiers=queries.dossiers_to_remove()) == 2
    assert not dossier.path.exists()
    assert browser.get(f"{page}{dossier.pk}/").status_code == 404
