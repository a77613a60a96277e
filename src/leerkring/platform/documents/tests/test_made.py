"""A document is made as PDF/UA-1. No checker of the whole standard runs here (veraPDF needs Java).

typst refuses to write PDF/UA-1 when it finds a fault; what stands in the file is looked at with pypdf: tags, language,
title, the name of the standard, heads of tables and embedded fonts.
"""

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from leerkring.platform.documents import Document, made
from leerkring.platform.documents.letters import COVERAGE, printable

pytestmark = pytest.mark.once
AT = datetime(2024, 12, 3, 9, 0, tzinfo=UTC)


def a_document(**data: Any) -> Document:
    data = {"title": "Verslag", "texts": [], "heads": ["Wat", "Hoeveel"], "lines": [["Vragen", "12"]], **data}
    return Document(Path(__file__).with_name("plain.typ"), data, "nl", AT)


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_a_document_is_tagged_and_says_its_language_title_and_standard() -> None:
    reader = PdfReader(io.BytesIO(made(a_document())))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "nl"
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert reader.metadata is not None
    assert reader.metadata.title == "Verslag"
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_data()
    kinds = _kinds(root["/StructTreeRoot"])
    assert {"/Document", "/H1", "/Table", "/TR", "/TH", "/TD"} <= kinds


def test_the_same_data_are_the_same_bytes() -> None:
    assert made(a_document()) == made(a_document())


def test_data_are_never_source() -> None:
    texts = ["#panic()", "*vet* _schuin_ $x$ `code` @bron <naam> = kop", '#read("/config/settings.py")']
    said = text_of(made(a_document(texts=texts))).replace("\u200b", "")
    for text in texts:
        assert text in said


def test_whatever_people_are_called_a_document_can_be_made() -> None:
    names = ["Żółć Ŵindows", "مريم حسن", "שלום", "李小龍", "Ann 🎉🏳️‍🌈", "e\u0301", "\u202eneB", "\x00\ud800", "x" * 300]
    said = text_of(made(a_document(texts=names)))
    assert "Żółć Ŵindows" in said
    assert "neB" in said
    assert "□" * 3 in said


@pytest.mark.parametrize(
    ("text", "printed"),
    [("Ann 🎉", "Ann "), ("李", "□"), ("e\u0301", "é"), ("\u202eneB", "neB"), ("\x00a\ud800", "a"), ("Ł é ✔", "Ł é ✔")],
)
def test_a_sign_that_no_font_has_is_replaced(text: str, printed: str) -> None:
    assert printable(text) == printed


def test_every_edge_of_the_coverage_can_be_printed() -> None:
    edges = [int(code, 16) for line in COVERAGE.read_text().split() for code in line.split("-")]
    assert made(a_document(texts=[f"a{chr(code)}a" for code in edges]))


def _kinds(node: Any) -> set[str]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return set().union(*(_kinds(child) for child in node)) if node else set()
    if not isinstance(node, dict):
        return set()
    own = {str(node["/S"])} if "/S" in node else set()
    return own | (_kinds(node["/K"]) if "/K" in node else set())
