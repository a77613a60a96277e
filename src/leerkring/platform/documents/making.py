from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import segno
import typst

from leerkring.platform.documents.letters import printable_data

HOUSE = Path(__file__).resolve().parents[2]
FONTS = Path(__file__).with_name("fonts")
STANDARD = "ua-1"


@dataclass(frozen=True)
class Document:
    """What is printed: a template of ours, and the data that it is given. Data never become source."""

    template: Path
    data: Mapping[str, Any]
    language: str
    at: datetime
    """When it was made: the same data give the same bytes."""


def made(document: Document) -> bytes:
    """The document as PDF/UA-1: tagged, with its language and its title."""
    (pdf,) = _compiled(document, format="pdf", pdf_standards=[STANDARD], timestamp=int(document.at.timestamp()))
    return pdf


def pictured(document: Document, ppi: int = 110) -> list[bytes]:
    """Its pages as PNG, to look at."""
    return _compiled(document, format="png", ppi=ppi)


def qr(text: str) -> str:
    """A code that a phone reads, as SVG for the data of a document."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=0, xmldecl=False, dark="#17201f")
    return out.getvalue().decode()


def _compiled(document: Document, **options: Any) -> list[bytes]:
    data = {"language": document.language, **document.data}
    compiler = typst.Compiler(document.template, root=HOUSE, font_paths=_fonts(), ignore_system_fonts=True)
    result = compiler.compile(sys_inputs={"data": json.dumps(printable_data(data))}, **options)
    return result if isinstance(result, list) else [result or b""]


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[FONTS])
