import json
from argparse import Namespace
from contextlib import nullcontext
from pathlib import Path

import pytest

from leerkring.config.console import export_dossier
from leerkring.config.console.output import Stop
from leerkring.platform.rules import Refused
from tests.cast import Cast


def options(folder: Path, programme: str = "eigen", label: str = "group") -> Namespace:
    return Namespace(programme=programme, folder=folder, label=label, json=True)


def test_the_console_writes_a_dossier_or_says_why_not(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # The test stands in a transaction of its own; reading at one moment is tried with the backup.
    monkeypatch.setattr(export_dossier, "one_moment", nullcontext)
    with pytest.raises(Stop, match=r"no programme 'nergens'\. There is: ander, eigen"):
        export_dossier.run(options(tmp_path / "new", "nergens"))
    assert not (tmp_path / "new").exists()
    assert export_dossier.run(options(tmp_path / "new", label="organisations")) == 0
    said = json.loads(capsys.readouterr().out)
    files = [path for path in (tmp_path / "new").rglob("*") if path.is_file()]
    assert (said["files"], said["labels"], said["missing"]) == (len(files), ["organisations", "public"], [])
    assert said["rows"]["programmes"] == 1
    with pytest.raises(Refused):
        export_dossier.run(options(tmp_path / "new"))
