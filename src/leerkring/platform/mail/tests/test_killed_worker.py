"""A worker that is killed with -9 at random moments loses no letter, and knows which may have come twice."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.running import ROOT, Prepared


def test_a_killed_worker_loses_no_letter(empty: Prepared, tmp_path: Path) -> None:
    with empty.copy(tmp_path / "data") as (data, url):
        done = subprocess.run(
            [sys.executable, "benchmarks/mail.py", "--mails", "50", "--kills", "5", "--data", str(data)]
            + (["--database-url", url] if url else []),
            cwd=ROOT,
            env={name: value for name, value in os.environ.items() if not name.startswith("LEERKRING_")},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    expected = {"accepted": 50, "lost": 0, "repeats_not_listed": 0, "same_message_id": True, "texts_left": 0}
    assert {name: found[name] for name in expected} == expected
    assert found["kills"] == found["kills_in_work"] == 5
