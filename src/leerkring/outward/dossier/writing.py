"""Putting a dossier down: in a folder, or in one file to take away. Whole, or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import gettext as _

from leerkring.outward.dossier.files import Manifest, files_of
from leerkring.outward.dossier.gathering import Gathered
from leerkring.platform.rules import Refused

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The moment that each file in an archive bears: the clock does not belong to its content."""
PARTLY = ".partly"


def write_folder(gathered: Gathered, target: Path) -> Manifest:
    """Into a folder that is not there yet, or is empty. Raises Refused, and leaves nothing half done."""
    check_empty(target)
    beside = target.with_name(f".{target.name}{PARTLY}-{os.getpid()}")
    try:
        manifest = _put_files(gathered, beside)
        if target.exists():
            target.rmdir()
        beside.rename(target)
    except OSError as error:
        raise Refused(_reason(error, target)) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return manifest


def write_archive(gathered: Gathered, target: Path, folder: str) -> Manifest:
    """As one zip file, with everything in a folder of this name. Raises OSError."""
    manifest = Manifest()
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = target.with_name(f"{target.name}{PARTLY}")
    try:
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as archive:
            for path, pieces in files_of(gathered):
                _zip(archive, f"{folder}/{path}", manifest.watch(path, pieces))
            for path, pieces in manifest.files():
                _zip(archive, f"{folder}/{path}", pieces)
        beside.chmod(0o600)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return manifest


def _zip(archive: zipfile.ZipFile, path: str, pieces: Iterable[bytes]) -> None:
    entry = zipfile.ZipInfo(path, FIRST_DAY)
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    with archive.open(entry, "w", force_zip64=True) as out:
        for piece in pieces:
            out.write(piece)


def _put_files(gathered: Gathered, folder: Path) -> Manifest:
    manifest = Manifest()
    folder.mkdir(parents=True)
    for path, pieces in files_of(gathered):
        _put(folder / path, manifest.watch(path, pieces))
    for path, pieces in manifest.files():
        _put(folder / path, pieces)
    return manifest


def _put(path: Path, pieces: Iterable[bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        for piece in pieces:
            out.write(piece)


def check_empty(target: Path) -> None:
    """Raises Refused for what cannot become the folder of a dossier."""
    if target.exists() and not target.is_dir():
        raise Refused(_("%(path)s is a file. Name a folder that is not there yet, or is empty.") % {"path": target})
    try:
        if target.exists() and any(target.iterdir()):
            raise Refused(_("The folder %(path)s is not empty. Name another one, or empty it.") % {"path": target})
    except OSError as error:
        raise Refused(_reason(error, target)) from error


def _reason(error: OSError, target: Path) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _("The disk is full. Nothing was kept in %(path)s; make room and try again.") % {"path": target}
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return _("Nothing can be written in %(path)s. Choose a folder where you may write.") % {"path": target}
    return _("%(path)s cannot be written: %(reason)s.") % {"path": target, "reason": error.strerror or "?"}
