"""A report as PDF and as a workbook, from the same kept data as the page."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils import translation
from django.utils.translation import gettext as _

from leerkring.outward.publishing.reports.models import Report
from leerkring.platform.documents import Document

TEMPLATE = Path(__file__).with_name("documents") / "report.typ"
SHEET_NAME = 31
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def paper_of(report: Report, language: str) -> Document:
    said = report.said_in(language)
    with translation.override(language):
        heads = {"figure_heads": [_("Figure"), _("How many"), _("What it counts")]}
    return Document(TEMPLATE, {**said, **heads}, language, report.made_at)


def workbook_of(report: Report, language: str) -> bytes:
    """Every cell is text or a number and never a formula, whatever people typed."""
    said, out = report.said_in(language), io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with translation.override(language), xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": said["title"], "created": report.made_at.replace(tzinfo=None)})
        sheet = _Sheet(book, said["figures_head"], [_("Figure"), _("How many"), _("What it counts")], [36, 16, 90])
        for figure in said["figures"]:
            sheet.line([figure["name"], figure["value"], figure["sentence"]])
        for section in said["sections"]:
            sheet = _Sheet(book, section["heading"], section["heads"], [40] * len(section["heads"]))
            for line in section["lines"]:
                sheet.line(line)
        sheet = _Sheet(book, said["sources_head"], [_("About this report"), ""], [24, 100])
        for name, words in said["facts"]:
            sheet.line([name, words])
        for words in said["sources"]:
            sheet.line(["", words])
    return out.getvalue()


class _Sheet:
    """One sheet, filled line by line."""

    def __init__(self, book: Any, name: str, heads: list[str], widths: list[int]) -> None:
        self.page = book.add_worksheet("".join(sign for sign in name if sign not in "[]:*?/\\'")[:SHEET_NAME])
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.quoted = book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
        head = book.add_format({"bold": True, "bottom": 2})
        for column, (words, width) in enumerate(zip(heads, widths, strict=True)):
            self.page.set_column(column, column, width)
            self.page.write_string(0, column, words, head)
        self.page.freeze_panes(1, 0)
        self.next = 1

    def line(self, cells: list[str]) -> None:
        for column, cell in enumerate(cells):
            if cell.isdecimal() and cell.isascii() and len(cell) < 10:
                self.page.write_number(self.next, column, int(cell), self.text)
            else:
                self.page.write_string(
                    self.next, column, cell[:32_000], self.quoted if cell.startswith(FORMULA_SIGNS) else self.text
                )
        self.next += 1
