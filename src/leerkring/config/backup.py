"""A backup is one zip file that restores on either database: every row as a line of JSON, the uploads, and the key.

Rows are read back by the models of the migrations that the backup was made with, and brought up to date after that: an
old backup restores into a newer Leerkring.
"""

import base64
import datetime
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.graph import MigrationGraph
from django.db.models import Model

import leerkring
from leerkring.config.console.output import Stop
from leerkring.platform import clock

MANIFEST = "leerkring.json"
FORMAT = 1
AT_ONCE = 1_000
LABELS = [app.rsplit(".", 1)[-1] for app in settings.HOUSE]


def write(file: Path) -> int:
    """Write a backup and say how many rows it holds. The site may be in use meanwhile. Raises Stop."""
    if file.exists():
        raise Stop(f"{file} is there already. Choose another name: a backup never replaces one.")
    part = file.with_name(file.name + ".part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as raw, zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
            count = _write_rows(archive)
            _write_files(archive)
            raw.flush()
            os.fsync(handle)
        part.rename(file)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise Stop(f"The backup cannot be written to {file}: {error.strerror}.") from None
    return count


def read(file: Path) -> int:
    """Restore a backup into an empty installation and say how many rows it held. Raises Stop."""
    if not file.exists():
        raise Stop(f"There is no file {file}.")
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = json.loads(archive.read(MANIFEST))
            count = _read_rows(archive, manifest)
            _read_files(archive)
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise Stop(f"{file} is no whole backup of Leerkring ({error}). Nothing was restored.") from None
    return count


def _write_rows(archive: zipfile.ZipFile) -> int:
    count = 0
    tables: dict[str, int] = {}
    with one_moment():
        loader = MigrationExecutor(connection).loader
        applied = sorted(node for node in loader.applied_migrations if node in loader.graph.nodes)
        for model in kept_models(loader.project_state(applied).apps):
            label = model._meta.label_lower
            with archive.open(f"rows/{label}.jsonl", "w") as lines:
                tables[label] = 0
                for row in rows_of(model):
                    lines.write(json.dumps(row, ensure_ascii=False, default=as_json).encode() + b"\n")
                    tables[label] += 1
            count += tables[label]
    manifest = {
        "format": FORMAT,
        "leerkring": leerkring.__version__,
        "made_at": clock.now().isoformat(),
        "database": connection.vendor,
        "migrations": applied,
        "tables": tables,
    }
    archive.writestr(MANIFEST, json.dumps(manifest, indent=2))
    return count


def _write_files(archive: zipfile.ZipFile) -> None:
    uploads = Path(settings.MEDIA_ROOT)
    for path in sorted(uploads.rglob("*")) if uploads.is_dir() else []:
        if path.is_file():
            archive.write(path, f"uploads/{path.relative_to(uploads).as_posix()}")
    key = settings.DATA / "secret.key"
    if key.exists() and not settings.ENVIRONMENT.secret_key:
        archive.write(key, "secret.key")


def _read_rows(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> int:
    if manifest["format"] != FORMAT:
        raise Stop("This backup is of another form. Restore it with the Leerkring that made it.")
    executor = MigrationExecutor(connection)
    targets = [(app, name) for app, name in manifest["migrations"] if app in LABELS]
    unknown = [f"{app}.{name}" for app, name in targets if (app, name) not in executor.loader.graph.nodes]
    if unknown:
        raise Stop(f"This backup is newer than this Leerkring: it knows {unknown[0]}. Install a newer version first.")
    executor.migrate(last_of(targets, executor.loader.graph))
    models = kept_models(MigrationExecutor(connection).loader.project_state(targets).apps)
    _must_be_empty(models)
    count = 0
    with transaction.atomic():
        for model in reversed(models):
            if model._meta.model_name != "factrow":
                # What the migrations put there comes back with the backup.
                model._base_manager.all().delete()
        for model in models:
            count += _fill(model, archive, manifest["tables"].get(model._meta.label_lower, 0))
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)
    later = MigrationExecutor(connection)
    later.migrate(later.loader.graph.leaf_nodes())
    return count


def last_of(nodes: list[tuple[str, str]], graph: MigrationGraph) -> list[tuple[str, str]]:
    """The steps that no other step of the same app builds on."""
    return [node for node in nodes if not any(child.key in nodes for child in graph.node_map[node].children)]


def _must_be_empty(models: list[type[Model]]) -> None:
    lived_in = {"factrow", "account", "person"}
    if any(model._base_manager.exists() for model in models if model._meta.model_name in lived_in):
        raise Stop("This installation is not empty. Restore into an empty data directory or database.")


def _fill(model: type[Model], archive: zipfile.ZipFile, expected: int) -> int:
    name = f"rows/{model._meta.label_lower}.jsonl"
    if name not in archive.namelist():
        return 0
    fields = {field.attname: field for field in model._meta.concrete_fields}
    count = 0
    with archive.open(name) as lines:
        while batch := list(islice(lines, AT_ONCE)):
            rows = [json.loads(line) for line in batch]
            made = [model(**{key: from_json(fields[key], value) for key, value in row.items()}) for row in rows]
            model._base_manager.bulk_create(made)
            count += len(made)
    if count != expected:
        raise ValueError(f"{name} has {count} of {expected} rows")
    return count


def _read_files(archive: zipfile.ZipFile) -> None:
    for entry in archive.infolist():
        path = PurePosixPath(entry.filename)
        if path.parts[0] == "uploads" and ".." not in path.parts:
            target = Path(settings.MEDIA_ROOT).joinpath(*path.parts[1:])
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(archive.read(entry))
            target.chmod(0o600)
    if "secret.key" in archive.namelist():
        key = settings.DATA / "secret.key"
        key.write_bytes(archive.read("secret.key"))
        key.chmod(0o600)


def kept_models(registry: Any) -> list[type[Model]]:
    """Every table of the house. Sessions are left out: a backup does not sign anybody in again."""
    models = [
        model
        for model in registry.get_models(include_auto_created=True)
        if model._meta.app_label in LABELS and model._meta.managed and not model._meta.proxy
    ]
    return sorted(models, key=lambda model: (LABELS.index(model._meta.app_label), model._meta.label_lower))


def rows_of(model: type[Model]) -> Iterator[dict[str, Any]]:
    names = [field.attname for field in model._meta.concrete_fields]
    ordered = model._base_manager.order_by("pk")
    page = list(ordered.values(*names)[:AT_ONCE])
    while page:
        yield from page
        last = page[-1][model._meta.pk.attname]
        page = list(ordered.filter(pk__gt=last).values(*names)[:AT_ONCE])


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything read inside is of one moment, and nobody who writes has to wait."""
    begin = "BEGIN" if connection.vendor == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    with connection.cursor() as cursor:
        cursor.execute(begin)
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def as_json(value: object) -> str | float:
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, datetime.timedelta):
        return value.total_seconds()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    raise TypeError(f"A backup cannot hold {type(value).__name__}")


def from_json(field: Any, value: Any) -> Any:
    kind = field.get_internal_type()
    if value is None or kind == "JSONField":
        return value
    if kind == "DurationField":
        return datetime.timedelta(seconds=value)
    if kind in ("ForeignKey", "OneToOneField"):
        return value
    return field.to_python(value)
