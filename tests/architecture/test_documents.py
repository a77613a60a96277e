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
    """No paths of a machine, no addresses of a registry, in anything that is kept."""
    found = []
    marks = ["/work/", "/opt/pypi", "pypi.org/simple", "registry.npmjs.org", "files.pythonhosted.org"]
    kept = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    for name in filter(None, kept):
        path = ROOT / name
        if path.is_file() and "architecture" not in path.parts and path.suffix not in {".woff2", ".png", ".ico"}:
            text = path.read_text(encoding="utf-8", errors="ignore")
            found += [f"{name}: {mark}" for mark in marks if mark in text]
    assert not found, str(found)
