"""Settings, words and permissions are documented; the documents are held against the code."""

import re
import subprocess
from argparse import Namespace

import pytest
from django.apps import apps

from leerkring.config.console import permissions as command
from leerkring.config.environment import PREFIX, Environment
from tests.architecture.house import LABELS, ROOT

OWN_WORDS = {"facts", "accounts", "exchange", "publishing", "live", "mail", "ui"}


def test_every_setting_is_documented() -> None:
    text = (ROOT / "docs" / "operate" / "settings.md").read_text(encoding="utf-8")
    missing = [name for name in Environment.model_fields if f"`{PREFIX}{name.upper()}`" not in text]
    assert not missing, f"docs/operate/settings.md does not name {missing}"


def test_every_model_is_in_the_glossary() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    words = set(re.findall(r"`(\w+)`", text))
    models = [
        model.__name__
        for model in apps.get_models()
        if model._meta.app_label in LABELS and model._meta.app_label not in OWN_WORDS and not model._meta.auto_created
    ]
    missing = [name for name in models if name not in words]
    assert not missing, f"docs/glossary.md does not name {missing}"


def test_permissions_are_written_down_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    command.run(Namespace(format="md"))
    kept = (ROOT / "docs" / "permissions.md").read_text(encoding="utf-8")
    assert capsys.readouterr().out == kept, "Run: bin/leerkring permissions --format md > docs/permissions.md"


def test_the_product_speaks_of_itself_alone() -> None:
    """Nothing that is kept names the folder it was made in, and no list of packages says where they came from."""
    kept = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    files = [ROOT / name for name in kept if name and (ROOT / name).is_file()]
    here = [path for path in files if f"{ROOT}/".encode() in path.read_bytes()]
    sources = [path for path in files if path.parent.name == "requirements" and "://" in path.read_text("utf-8")]
    assert not here + sources, [str(path.relative_to(ROOT)) for path in here + sources]
