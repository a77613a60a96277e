"""The process is killed in the middle of an import: nothing of it is there, and it can be done again."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from leerkring.outward.exchange.tests.lists import HEADINGS, xlsx
from tests.cast import Cast

ROOT = Path(__file__).resolve().parents[5]
DYING = """
import os, signal, sys
from leerkring.config import console
from django.db import connection
left = int(sys.argv[1])
def dies(execute, sql, params, many, context):
    global left
    if sql.startswith("INSERT"):
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
    return execute(sql, params, many, context)
import django
os.environ["DJANGO_SETTINGS_MODULE"] = "leerkring.config.settings"
django.setup()
with connection.execute_wrapper(dies):
    sys.exit(console.main(sys.argv[2:]))
"""
TABLES = ["accounts_account", "accounts_emailaddress", "people_person", "memberships_membership", "facts_factrow"]


@pytest.fixture
def installation(transactional_db: None, cast: Cast, tmp_path: Path) -> Path:
    """A data directory of its own, with the cast in it."""
    if connection.vendor != "sqlite":
        pytest.skip("on PostgreSQL the server keeps the transaction")
    data = tmp_path / "data"
    data.mkdir()
    connection.ensure_connection()
    here = str(connection.settings_dict["NAME"])
    with closing(sqlite3.connect(data / "leerkring.sqlite3")) as copy, closing(sqlite3.connect(here)) as original:
        original.backup(copy)
    rows = [HEADINGS, *[["A", "", f"B{n}", f"a{n}@voorbeeld.example", "Ruimte", "", ""] for n in range(600)]]
    (tmp_path / "lijst.xlsx").write_bytes(xlsx(rows))
    return data


def run(data: Path, kill_at: int) -> tuple[int, str]:
    """How the process ended, and what it said last."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("LEERKRING_", "DJANGO_"))},
        "LEERKRING_DATA": str(data),
        "PYTHONPATH": str(ROOT / "src"),
    }
    arguments = ["import", "people", str(data.parent / "lijst.xlsx"), "--programme", "eigen"]
    command = [sys.executable, "-c", DYING, str(kill_at), *arguments]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
    return ended.returncode, ended.stderr[-500:]


def contents(data: Path) -> dict[str, int]:
    with closing(sqlite3.connect(data / "leerkring.sqlite3")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return {table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES}


def test_killed_at_any_moment_it_leaves_nothing_and_can_be_done_again(installation: Path) -> None:
    before = contents(installation)
    for kill_at in (1, 8):
        code, said = run(installation, kill_at)
        assert code == -signal.SIGKILL, said
        assert contents(installation) == before
    code, said = run(installation, 10_000)
    assert code == 0, said
    after = contents(installation)
    assert after["people_person"] - before["people_person"] == 600
    assert after["memberships_membership"] - before["memberships_membership"] == 600
