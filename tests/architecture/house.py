"""What the architecture tests know of the house: its apps in the order of the floors, and its files as trees."""

import ast
from functools import cache
from pathlib import Path

from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "leerkring"
APPS: list[str] = list(settings.HOUSE)
"""Dotted names from low to high."""
LABELS = [app.rsplit(".", 1)[1] for app in APPS]


def folder_of(app: str) -> Path:
    return ROOT / "src" / Path(*app.split("."))


def label_of(path: Path) -> str | None:
    """The app that a file belongs to, None for files outside the apps."""
    return next((app.rsplit(".", 1)[1] for app in APPS if folder_of(app) in path.parents), None)


def floor_index(label: str) -> int:
    return LABELS.index(label)


def sources(pattern: str = "*.py") -> list[Path]:
    """Files of the product itself, without tests and migrations."""
    return [
        path
        for path in sorted(PACKAGE.rglob(pattern))
        if not {"tests", "migrations", "vendor", "__pycache__"}.intersection(path.relative_to(PACKAGE).parts)
    ]


def modules(name: str) -> list[Path]:
    """The module of this name in every app, as one file or as the files of a package."""
    return [path for path in sources() if path.stem == name or name in path.relative_to(PACKAGE).parts[:-1]]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def at(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
