"""What may be uploaded, told by the content of the file and not by its name."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from pathlib import PurePosixPath
from typing import IO

from django.utils.translation import gettext as _

from leerkring.platform.rules import Refused

MAX_BYTES = 20 * 1024 * 1024
HEAD = 8192

SIGNATURES = {
    b"%PDF-": ("pdf", "application/pdf"),
    b"\x89PNG\r\n\x1a\n": ("png", "image/png"),
    b"\xff\xd8\xff": ("jpg", "image/jpeg"),
    b"GIF87a": ("gif", "image/gif"),
    b"GIF89a": ("gif", "image/gif"),
}
OFFICE = {
    "word/document.xml": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xl/workbook.xml": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "ppt/presentation.xml": ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
}
OPEN_DOCUMENT = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
}
TEXTS = {".txt": ("txt", "text/plain"), ".md": ("md", "text/plain"), ".csv": ("csv", "text/csv")}
MARKUP = re.compile(rb"<\s*(!|\?|[a-z])", re.IGNORECASE)


def kind_of(file: IO[bytes], name: str) -> tuple[str, str]:
    """Extension and content type of a file. Raises Refused for anything that is not on the list."""
    file.seek(0)
    head = file.read(HEAD)
    found = _by_signature(head) or _by_archive(file, head) or _as_text(file, head, name)
    file.seek(0)
    if found is None:
        raise Refused(
            _("We cannot take this kind of file. Save it as PDF, Word, Excel, PowerPoint, OpenDocument, image or text.")
        )
    return found


def shown_name(name: str, extension: str) -> str:
    """A harmless name for the download: no path, no control characters, the extension of what it is."""
    stem = PurePosixPath(name.replace("\\", "/")).name
    stem = "".join(letter for letter in stem if unicodedata.category(letter)[0] != "C")
    stem = re.sub(r'[<>:"|?*%;]+', "_", stem).strip(" .")
    stem = re.sub(rf"\.{extension}$", "", stem, flags=re.IGNORECASE)[:100].strip(" .")
    return f"{stem or _('file')}.{extension}"


def _by_signature(head: bytes) -> tuple[str, str] | None:
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp", "image/webp"
    return next((kind for start, kind in SIGNATURES.items() if head.startswith(start)), None)


def _by_archive(file: IO[bytes], head: bytes) -> tuple[str, str] | None:
    if not head.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            if any("vbaproject" in name.lower() or name.startswith(("Basic/", "Scripts/")) for name in names):
                raise Refused(_("This file has macros in it. Save it without macros, and add it again."))
            for name, kind in OFFICE.items():
                if name in names and "[Content_Types].xml" in names:
                    return kind
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                said = archive.read("mimetype").decode("ascii", "replace").strip()
                if said in OPEN_DOCUMENT:
                    return OPEN_DOCUMENT[said], said
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
        return None
    return None


def _as_text(file: IO[bytes], head: bytes, name: str) -> tuple[str, str] | None:
    kind = TEXTS.get(PurePosixPath(name.lower()).suffix)
    if kind is None or not head or MARKUP.match(head.removeprefix(b"\xef\xbb\xbf").lstrip()):
        return None
    file.seek(0)
    try:
        text = file.read(MAX_BYTES + 1).decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\x00" in text else kind
