"""Everything that goes into a dossier, read once and closed: nothing in it points to what is not in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Any

from django.utils import translation
from django.utils.text import slugify

from leerkring.cycle.agenda.compare import compare
from leerkring.cycle.agenda.models import AgendaEntry
from leerkring.outward.blueprints import queries as blueprints
from leerkring.outward.blueprints.document import as_text
from leerkring.outward.dossier import queries
from leerkring.outward.dossier.scope import Scope
from leerkring.outward.dossier.table import Row, closed, plain
from leerkring.outward.dossier.tables import TABLES

COMPARISONS = "agenda_comparisons"
COMPARED = ["from_version", "to_version", "old_code", "old_wording", "fate", "new_code", "new_wording"]
FOLDER_OF_FILES = "bestanden"
LANGUAGE = "nl"
MOMENTS = ("at", "made_at", "raised_at", "set_at", "added_at", "found_on", "taken_on", "published_on")


@dataclass(frozen=True)
class Kept:
    """A file that was added by hand, and its path in the dossier."""

    path: str
    file: Any

    @property
    def is_there(self) -> bool:
        return bool(self.file) and self.file.storage.exists(self.file.name)


@dataclass(frozen=True)
class Gathered:
    scope: Scope
    tables: dict[str, list[Row]]
    kept: list[Kept]
    methods: dict[str, str]
    """Path and text of each edition's method, as the page of blueprints hands it out."""
    as_of: str
    """The day of the last thing that happened."""

    @property
    def programme(self) -> Row:
        return self.tables["programmes"][0]

    @property
    def missing(self) -> list[str]:
        """Files whose row is there and which are not on the disk any more."""
        return [kept.path for kept in self.kept if not kept.is_there]


def gather(scope: Scope) -> Gathered:
    """In Dutch, whoever asks: a dossier has one language, so that two of the same state are the same."""
    with translation.override(LANGUAGE):
        return _gathered(scope)


def _gathered(scope: Scope) -> Gathered:
    tables = closed({table.name: table.read(scope) for table in TABLES}, TABLES)
    kept = list(_files(scope, tables))
    tables[COMPARISONS] = list(_comparisons(scope, tables))
    days = [row["at"][:10] for row in tables["facts"]]
    days += [row[name][:10] for rows in tables.values() for row in rows for name in MOMENTS if row.get(name)]
    return Gathered(scope, tables, kept, _methods(scope), max(days, default=tables["programmes"][0]["starts_on"]))


def _files(scope: Scope, tables: dict[str, list[Row]]) -> Iterator[Kept]:
    """Materials, and what hangs on a publication. Each row is told where its file stands."""
    materials = {material.pk: material for material in queries.materials(scope)}
    for row in tables["materials"]:
        file = materials[row["id"]].file if row["id"] in materials else None
        row["path"] = _path("materiaal", row["id"], row["file_name"]) if file else ""
        if file:
            yield Kept(row["path"], file)
    publications = {publication.pk: publication for publication in queries.publications(scope)}
    for row in tables["publications"]:
        publication = publications[row["id"]]
        row["path"] = _path("publicatie", row["id"], row["file_name"]) if publication.file else ""
        ending = PurePosixPath(publication.picture.name or "").suffix if publication.picture else ""
        row["picture_path"] = _path("publicatie", row["id"], f"beeld{ending}") if publication.picture else ""
        if publication.file:
            yield Kept(row["path"], publication.file)
        if publication.picture:
            yield Kept(row["picture_path"], publication.picture)


def _path(what: str, number: int, name: str) -> str:
    """Names that every file system can hold, whatever somebody called the file."""
    pure = PurePosixPath(name)
    ending = slugify(pure.suffix)[:8]
    return f"{FOLDER_OF_FILES}/{what}-{number}-{slugify(pure.stem)[:60] or 'bestand'}{f'.{ending}' if ending else ''}"


def _comparisons(scope: Scope, tables: dict[str, list[Row]]) -> Iterator[Row]:
    """What became of each question from one version to the next, from the frozen rows that are in the dossier."""
    inside = {row["id"] for row in tables["agenda_entries"]}
    of_version: dict[int, list[AgendaEntry]] = {row["id"]: [] for row in tables["agenda_versions"]}
    for entry in queries.entries(scope):
        if entry.pk in inside:
            of_version[entry.version_id].append(entry)
    versions = sorted(tables["agenda_versions"], key=lambda row: row["number"])
    for old, new in pairwise(versions):
        for row in compare(of_version[old["id"]], of_version[new["id"]]).rows:
            yield {
                "from_version": old["number"],
                "to_version": new["number"],
                "old_code": row.old.code if row.old else "",
                "old_wording": row.old.wording if row.old else "",
                "fate": plain(row.fate.value),
                "new_code": row.new.code if row.new else "",
                "new_wording": row.new.wording if row.new else "",
            }


def _methods(scope: Scope) -> dict[str, str]:
    """The method of each edition, without persons: for the programme team, as it holds every meeting."""
    if not scope.is_whole:
        return {}
    editions = blueprints.editions_to_plan_from(scope.community).order_by("id")
    found = ((edition.pk, blueprints.blueprint_of(edition)) for edition in editions)
    return {f"methode/editie-{number}.json": as_text(blueprint) for number, blueprint in found if blueprint}
