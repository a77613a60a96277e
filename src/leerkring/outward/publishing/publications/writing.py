"""From what people type to HTML: Markdown without HTML and without pictures, cleaned once more."""

from __future__ import annotations

import unicodedata
from functools import cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {"p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "em", "strong", "a", "br", "hr", "code", "pre", "table",
        "thead", "tbody", "tr", "th", "td"}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}
DEEPEST = 4
NO_SIGNS = {"Cc", "Cs"}
NEVER = "\ufffe\uffff"


def as_html(text: str) -> SafeString:
    """The largest heading that is typed is the second of the page, whose title is the only first one."""
    reader = _reader()
    tokens = reader.parse(text)
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    largest = min((int(token.tag[1:]) for token in headings), default=1)
    for token in headings:
        token.tag = f"h{min(DEEPEST, int(token.tag[1:]) - largest + 2)}"
    html = reader.renderer.render(tokens, reader.options, {})
    return mark_safe(  # noqa: S308 - this is where it is cleaned
        nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener noreferrer nofollow")
    )


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "html_block", "html_inline"])


def one_line(words: str) -> str:
    return " ".join(_plain(words).split())


def lines(words: str) -> str:
    return _plain(words.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _plain(words: str) -> str:
    """Without what no page shows and no feed may hold: control characters, and signs that are none."""
    return "".join(
        sign for sign in words if sign in "\n\t" or (unicodedata.category(sign) not in NO_SIGNS and sign not in NEVER)
    )
