"""A backup restores whole, on either database."""

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from leerkring.config import backup
from leerkring.config.console.output import Stop
from leerkring.platform import clock
from leerkring.platform.facts.models import FactRow
from tests.running import Server, migrated_file, migrated_template, own_database

pytestmark = pytest.mark.django_db(transaction=True)


def rows_in(file: Path) -> dict[str, list[Any]]:
    with zipfile.ZipFile(file) as archive:
        names = [name for name in archive.namelist() if name.startswith("rows/")]
        return {name: [json.loads(line) for line in archive.read(name).splitlines()] for name in names}


def uploads_in(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name.startswith("uploads/")}


@pytest.fixture
def lived_in(cast: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A backup of an installation with people, a fact and an upload."""
    monkeypatch.setattr(settings, "MEDIA_ROOT", tmp_path / "uploads")
    FactRow.objects.create(name="VersionSet", at=clock.now(), community_id=1, by_id=2, ids={"id": 3, "way": "é"})
    upload = Path(settings.MEDIA_ROOT) / "1" / "plan.pdf"
    upload.parent.mkdir(parents=True, exist_ok=True)
    upload.write_bytes(b"%PDF plan")
    file = tmp_path / "before.zip"
    assert backup.write(file) > 10
    upload.unlink()
    return file


@pytest.mark.parametrize("to", ["sqlite", "postgresql"])
def test_a_backup_restores_whole_on_either_database(lived_in: Path, tmp_path: Path, to: str) -> None:
    """Without PostgreSQL into a new installation; with it into one of each kind that was served before."""
    is_served = bool(settings.ENVIRONMENT.database_url)
    if to == "postgresql" and not is_served:
        pytest.skip("no PostgreSQL in this run")
    data = tmp_path / "restored"
    data.mkdir()
    if to == "sqlite" and is_served:
        shutil.copyfile(migrated_file(), data / "leerkring.sqlite3")
    with own_database(migrated_template() if is_served else "") as own:
        url = own if to == "postgresql" else ""
        Server(data, "restore", str(lived_in), database_url=url, ports=False).finish()
        again = tmp_path / "after.zip"
        Server(data, "backup", str(again), database_url=url, ports=False).finish()
    assert rows_in(again) == rows_in(lived_in)
    assert uploads_in(again) == {"uploads/1/plan.pdf": b"%PDF plan"}
    assert rows_in(again)["rows/facts.factrow.jsonl"][-1]["ids"] == {"id": 3, "way": "é"}


def test_only_its_owner_reads_a_backup(lived_in: Path) -> None:
    assert lived_in.stat().st_mode & 0o777 == 0o600


def test_a_backup_signs_nobody_in(lived_in: Path) -> None:
    assert not [name for name in rows_in(lived_in) if "session" in name]


def test_a_backup_never_replaces_another(lived_in: Path) -> None:
    before = lived_in.read_bytes()
    with pytest.raises(Stop, match="is there already"):
        backup.write(lived_in)
    assert lived_in.read_bytes() == before


def test_a_backup_restores_into_an_empty_installation_only(lived_in: Path) -> None:
    with pytest.raises(Stop, match="not empty"):
        backup.read(lived_in)


def test_a_backup_that_is_cut_off_restores_nothing(lived_in: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.zip"
    broken.write_bytes(lived_in.read_bytes()[:-400])
    with pytest.raises(Stop, match="no whole backup"):
        backup.read(broken)


def test_a_backup_from_the_future_says_so(lived_in: Path, tmp_path: Path) -> None:
    newer = tmp_path / "newer.zip"
    with zipfile.ZipFile(lived_in) as old, zipfile.ZipFile(newer, "w") as new:
        manifest = json.loads(old.read("leerkring.json"))
        manifest["migrations"].append(["facts", "0999_future"])
        new.writestr("leerkring.json", json.dumps(manifest))
    with pytest.raises(Stop, match=r"newer than this Leerkring: it knows facts\.0999_future"):
        backup.read(newer)
