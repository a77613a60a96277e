"""Floors, doors and links: what import-linter cannot see is tested here."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from tests.architecture.house import APPS, LABELS, PACKAGE, ROOT, at, floor_index, label_of, sources, tree

PRIVATE = {"views", "forms", "slots", "jobs", "urls", "privacy"}


def test_imports_go_down_only() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    outcome = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def test_apps_use_only_the_open_doors_of_another_app() -> None:
    found = []
    for path in sources():
        own = label_of(path)
        for node in ast.walk(tree(path)):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [f"{node.module}.{alias.name}" for alias in node.names] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                app = next((app for app in APPS if name.startswith(app + ".")), None)
                if app is None or own is None or app.endswith("." + own) or ".platform." in app:
                    continue
                if name.removeprefix(app + ".").split(".")[0] in PRIVATE:
                    found.append(f"{at(path, node)} imports {name}")
    assert not found, "Across apps only actions, queries, access, models, facts and enums are open: " + str(found)


def test_foreign_keys_point_down() -> None:
    found = []
    for model in apps.get_models():
        if model._meta.app_label not in LABELS:
            continue
        for field in model._meta.get_fields():
            other = getattr(field, "related_model", None)
            if field.auto_created or other is None or other == "self" or other._meta.app_label not in LABELS:
                continue
            if floor_index(other._meta.app_label) > floor_index(model._meta.app_label):
                found.append(f"{model._meta.label}.{field.name} points up to {other._meta.label}")
    assert not found, "A link belongs to the later step: " + str(found)


def test_each_app_has_one_first_migration_without_circles() -> None:
    loader = MigrationLoader(None)
    found = []
    for label in LABELS:
        firsts = [name for app, name in loader.disk_migrations if app == label and name.startswith("0001")]
        for name in firsts:
            for other, _ in loader.disk_migrations[(label, name)].dependencies:
                if other in LABELS and floor_index(other) > floor_index(label):
                    found.append(f"{label} depends on {other}")
        assert len(firsts) <= 1, f"{label} has more than one first migration: {firsts}"
    assert not found, str(found)


LINK = re.compile(r"""{%\s*url\s+['"](\w+):""")
INCLUDE = re.compile(r"""{%\s*(?:include|extends)\s+['"](\w+)/""")


def test_templates_link_and_include_down_only() -> None:
    found = []
    for path in sources("*.html"):
        own = label_of(path)
        if own is None:
            continue
        text = path.read_text(encoding="utf-8")
        for pattern in (LINK, INCLUDE):
            for label in pattern.findall(text):
                if label in LABELS and floor_index(label) > floor_index(own):
                    found.append(f"{path.relative_to(ROOT)} reaches up to {label}")
    assert not found, "A lower page leaves a slot, the later step fills it: " + str(found)


def test_python_links_down_only() -> None:
    found = []
    for path in sources():
        own = label_of(path)
        if own is None:
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                label, _, view = node.value.partition(":")
                if label in LABELS and re.fullmatch(r"\w+", view) and floor_index(label) > floor_index(own):
                    found.append(f"{at(path, node)} reaches up to {node.value}")
    assert not found, str(found)


def test_no_app_imports_inside_functions_to_hide_a_circle() -> None:
    found = [
        at(path, inner)
        for path in sources()
        if label_of(path)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and not (node.name == "ready" and path.stem == "apps")
        for inner in ast.walk(node)
        if isinstance(inner, ast.ImportFrom) and (inner.module or "").startswith("leerkring")
    ]
    assert not found, "An import inside a function hides a circle: " + str(found)


def test_no_drawer_for_everything() -> None:
    drawers = {"utils", "helpers", "common", "misc", "services", "managers"}
    found = [str(path.relative_to(PACKAGE)) for path in sources() if drawers.intersection({path.stem, *path.parts})]
    assert not found, f"A name says what a file is about: {found}"
