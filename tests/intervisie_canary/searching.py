"""Looking for a word in everything that an installation keeps: rows, files, caches, letters, backup and exports.

A word is found however it is written: as it is, in another case, packed in base64, or inside a session or an archive.
"""

from __future__ import annotations

import base64
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import caches
from django.db import connection

from leerkring.config import backup


def holds(content: object, word: str) -> bool:
    raw = content if isinstance(content, bytes) else str(content).encode("utf-8", "surrogateescape")
    if word.encode() in raw.lower():
        return True
    return any(packed in raw for packed in packed_forms(word))


def packed_forms(word: str) -> Iterator[bytes]:
    """What always stands in base64 text that holds the word, for each of the three places where it can begin."""
    for shift in range(3):
        packed = base64.b64encode(b"\0" * shift + word.encode())
        yield packed[(shift + 2) // 3 * 4 if shift else 0 : len(packed) // 4 * 4 - 4]


def cells_with(word: str) -> set[str]:
    """Tables and columns, on either database."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = [column[0] for column in cursor.description or ()]
            for row in cursor.fetchall():
                found |= {f"{table}.{column}" for column, cell in zip(columns, row, strict=True) if holds(cell, word)}
    found |= {"session" for row in Session.objects.all() if holds(json.dumps(row.get_decoded(), default=str), word)}
    return found


def files_with(word: str) -> set[str]:
    """Files under the data directory: database and write-ahead log, uploads, mail folder, and whatever else."""
    return {
        path.relative_to(settings.DATA).as_posix()
        for path in Path(settings.DATA).rglob("*")
        if path.is_file() and "static" not in path.parts and holds(path.read_bytes(), word)
    }


def cached_with(word: str) -> set[str]:
    kept: dict[str, bytes] = caches["default"]._cache  # type: ignore[attr-defined]
    return {key for key, value in kept.items() if holds(key, word) or holds(value, word)}


def letters_with(word: str) -> set[str]:
    return {str(letter.subject) for letter in mail.outbox if holds(_spelled(letter), word)}


def _spelled(letter: mail.EmailMessage) -> bytes:
    """The letter with its parts as a reader sees them."""
    parts = letter.message().walk()
    bodies = [part.get_payload(decode=True) or b"" for part in parts if not part.is_multipart()]
    return b"\n".join([letter.message().as_bytes(), *bodies])  # type: ignore[list-item]


def backed_up_with(word: str, folder: Path) -> set[str]:
    file = folder / "canary.zip"
    file.unlink(missing_ok=True)
    backup.write(file)
    with zipfile.ZipFile(file) as archive:
        return {name for name in archive.namelist() if holds(name, word) or holds(archive.read(name), word)}


def everywhere(word: str, folder: Path) -> dict[str, set[str]]:
    """All places but logs and exports, without those where nothing was found."""
    found: dict[str, Any] = {
        "rows": cells_with(word),
        "cache": cached_with(word),
        "letters": letters_with(word),
        "backup": backed_up_with(word, folder),
        "files": files_with(word),
    }
    return {name: places for name, places in found.items() if places}
