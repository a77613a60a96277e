"""PNG and JPEG as they may be shown: told by content, measured, and without where and with what they were taken."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from leerkring.platform.rules import Refused

MAX_BYTES = 5 * 1024 * 1024
MAX_POINTS = 40_000_000
PNG = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs"}
JPEG = b"\xff\xd8\xff"
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
SCAN, END = 0xDA, 0xD9
JPEG_KEPT_APPS = {0xE0, 0xE2, 0xEE}
"""Of the parts of applications: resolution, colour profile, colour space."""
EXIF, ORIENTATION = b"Exif\x00\x00", 0x0112


@dataclass(frozen=True)
class Picture:
    content: bytes
    content_type: str
    extension: str
    width: int
    height: int


def picture_of(content: bytes) -> Picture:
    """Raises Refused for what is no PNG or JPEG, is broken, or is too large."""
    if len(content) > MAX_BYTES:
        raise Refused(_("This picture is larger than 5 MB. Make it smaller first."))
    try:
        if content.startswith(PNG):
            picture = _png(content)
        elif content.startswith(JPEG):
            picture = _jpeg(content)
        else:
            raise Refused(_("We cannot take this kind of picture. Save it as PNG or JPEG."))
    except (struct.error, IndexError, ValueError):
        raise Refused(_("This picture is broken. Save it once more, as PNG or JPEG.")) from None
    if picture.width * picture.height > MAX_POINTS:
        raise Refused(_("This picture has very many points. Make it smaller first."))
    return picture


def _png(content: bytes) -> Picture:
    kept, width, height = [PNG], 0, 0
    at, kind = len(PNG), b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", content, at)
        part = content[at : at + length + 12]
        if len(part) != length + 12:
            raise ValueError
        if kind == b"IHDR":
            width, height = struct.unpack_from(">II", part, 8)
        if kind in PNG_KEPT:
            kept.append(part)
        at += len(part)
    if not width or not height:
        raise ValueError
    return Picture(b"".join(kept), "image/png", "png", width, height)


def _jpeg(content: bytes) -> Picture:
    kept, size, turned = [content[:2]], (0, 0), 1
    for mark, part in _segments(content):
        if mark in FRAMES:
            height, width = struct.unpack_from(">HH", part, 5)
            size = (width, height)
        if mark == 0xE1 and part[4:10] == EXIF:
            turned = _orientation(part[10:])
        is_of_an_application = 0xE0 <= mark <= 0xEF or mark == 0xFE
        if not is_of_an_application or mark in JPEG_KEPT_APPS:
            kept.append(part)
    width, height = size
    if not width or not height:
        raise ValueError
    if turned != 1:
        kept.insert(1, _only_orientation(turned))
    if turned >= 5:
        width, height = height, width
    return Picture(b"".join(kept), "image/jpeg", "jpg", width, height)


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Each part with its mark; the last one is everything from the scan on."""
    at = 2
    while True:
        if content[at] != 0xFF:
            raise ValueError
        mark = content[at + 1]
        if mark == 0xFF:
            at += 1
            continue
        if mark == SCAN:
            end = content.rfind(bytes((0xFF, END)))
            if end < at:
                raise ValueError
            yield mark, content[at : end + 2]
            return
        (length,) = struct.unpack_from(">H", content, at + 2)
        if length < 2 or at + 2 + length > len(content):
            raise ValueError
        yield mark, content[at : at + 2 + length]
        at += 2 + length


def _orientation(exif: bytes) -> int:
    """How the camera was held; upright when it does not say."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    try:
        if order is None:
            return 1
        (first,) = struct.unpack_from(order + "I", exif, 4)
        (count,) = struct.unpack_from(order + "H", exif, first)
        for number in range(count):
            tag, _kind, _count, value = struct.unpack_from(order + "HHIH", exif, first + 2 + 12 * number)
            if tag == ORIENTATION:
                return value if 1 <= value <= 8 else 1
    except struct.error:
        return 1
    return 1


def _only_orientation(turned: int) -> bytes:
    entry = struct.pack(">HHIHH", ORIENTATION, 3, 1, turned, 0)
    body = EXIF + b"MM\x00\x2a" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
