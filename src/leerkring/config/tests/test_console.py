"""What the console command says and which code it exits with."""

import json
import os
import socket
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import leerkring
from leerkring.config.environment import Environment
from tests.running import ROOT, free_port


def run(*arguments: str, data: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LEERKRING_")}
    environment |= {"PYTHONPATH": str(ROOT / "src"), "LEERKRING_DATA": str(data), **variables}
    command = [sys.executable, "-m", "leerkring.config.console", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """The sentence of a command that could not do its work."""
    assert done.returncode == 1, done.stdout
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    return done.stderr.strip()


def test_help_needs_no_installation(tmp_path: Path) -> None:
    done = run("--help", data=tmp_path / "none")
    assert done.returncode == 0
    assert "serve" in done.stdout
    assert run("serve", "--help", data=tmp_path / "none").returncode == 0
    assert not (tmp_path / "none").exists()


def test_check_says_what_is_in_force(tmp_path: Path) -> None:
    done = run("check", "--json", data=tmp_path / "data")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["data"] == str(tmp_path / "data")
    assert found["database"] == "sqlite3"
    assert "facts.0001_initial" in found["waiting_migrations"]


def test_the_key_of_an_installation_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    run("check", data=tmp_path / "data")
    key = tmp_path / "data" / "secret.key"
    made = key.read_text()
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert len(made) > 60
    run("check", data=tmp_path / "data")
    assert key.read_text() == made


def test_an_unknown_setting_is_refused(tmp_path: Path) -> None:
    said = refused(run("check", data=tmp_path, LEERKRING_DATABSE_URL="postgresql://x"))
    assert said.startswith("The setting LEERKRING_DATABSE_URL is unknown.")
    for name in Environment.model_fields:
        assert f"LEERKRING_{name.upper()}" in said


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("THREADS", "many", "The setting LEERKRING_THREADS cannot be used"),
        ("THREADS", "0", "The setting LEERKRING_THREADS cannot be used"),
        ("DATABASE_URL", "mysql://x/y", "The setting LEERKRING_DATABASE_URL must begin with postgresql://."),
        ("SMTP_URL", "mail.example", "The setting LEERKRING_SMTP_URL must look like"),
        ("LOG_LEVEL", "LOUD", "The setting LEERKRING_LOG_LEVEL cannot be used"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(tmp_path: Path, name: str, value: str, sentence: str) -> None:
    assert refused(run("check", data=tmp_path, **{f"LEERKRING_{name}": value})).startswith(sentence)


def test_a_data_directory_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    said = refused(run("check", data=tmp_path / "file" / "data"))
    assert said.startswith(f"The data directory {tmp_path / 'file' / 'data'} cannot be made")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_data_directory_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o500)
    assert "Nothing can be written in the data directory" in refused(run("check", data=tmp_path / "data"))


def test_a_database_that_is_away_is_named(tmp_path: Path) -> None:
    url = f"postgresql://postgres@127.0.0.1:{free_port()}/leerkring"
    said = refused(run("check", data=tmp_path, LEERKRING_DATABASE_URL=url))
    assert said.startswith("The database cannot be opened: ")
    assert said.endswith("Check LEERKRING_DATABASE_URL.")


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "leerkring.sqlite3").write_text("no database at all, but long enough to look at " * 50)
    assert refused(run("check", data=tmp_path)).startswith("The database cannot be opened: file is not a database")


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        said = refused(run("serve", "--port", str(port), data=tmp_path))
    assert said == f"Port {port} is taken by another program. Choose another one with --port."


def test_a_database_of_a_newer_leerkring_is_not_touched(tmp_path: Path) -> None:
    run("check", data=tmp_path / "data")
    file = sqlite3.connect(tmp_path / "data" / "leerkring.sqlite3")
    with file:
        file.execute("CREATE TABLE django_migrations (id integer PRIMARY KEY, app text, name text, applied datetime)")
        file.execute("INSERT INTO django_migrations (app, name) VALUES ('facts', '0999_future')")
    for command in (["serve", "--port", str(free_port())], ["check"], ["backup", str(tmp_path / "x.zip")]):
        said = refused(run(*command, data=tmp_path / "data"))
        assert said.startswith("The database is newer than this Leerkring: it knows facts.0999_future.")
    assert file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall() == [("django_migrations",)]
    file.close()


def test_several_processes_need_postgresql(tmp_path: Path) -> None:
    assert refused(run("web", data=tmp_path / "data")) == (
        "Several processes need PostgreSQL: set LEERKRING_DATABASE_URL, or use leerkring serve."
    )


def test_live_screens_do_not_begin_on_an_older_database(tmp_path: Path) -> None:
    said = refused(run("live", "--port", str(free_port()), data=tmp_path / "data"))
    assert said == "The database is older than this Leerkring. Start leerkring web first, then this."


def test_a_port_that_is_no_number_is_refused(tmp_path: Path) -> None:
    done = run("serve", "--port", "http", data=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_the_version_is_told(tmp_path: Path) -> None:
    assert run("--version", data=tmp_path).stdout == f"leerkring {leerkring.__version__}\n"
