"""What we took over is what we say it is."""

import base64
import hashlib
import re

from django.contrib.staticfiles import finders

from leerkring.platform.ui.vendored import HTMX, HTMX_INTEGRITY


def read(path: str) -> bytes:
    found = finders.find(path)
    assert isinstance(found, str), path
    with open(found, "rb") as file:
        return file.read()


def test_htmx_is_the_file_that_was_pinned() -> None:
    digest = base64.b64encode(hashlib.sha384(read(HTMX)).digest()).decode()
    assert f"sha384-{digest}" == HTMX_INTEGRITY


def test_htmx_is_served_as_it_is() -> None:
    """A source map would be rewritten with a new name, and the sum would no longer fit."""
    assert b"sourceMappingURL" not in read(HTMX)


def test_the_utrecht_parts_bring_no_tokens() -> None:
    """Their tokens are all rights reserved. Colours in the parts are those of the system, for forced colours."""
    css = re.sub(r"/\*.*?\*/", "", read("ui/vendor/utrecht.css").decode(), flags=re.DOTALL)
    set_here = dict(re.findall(r"[{;]\s*(--utrecht-[\w-]+)\s*:([^;}]*)", css))
    assert not {name: value for name, value in set_here.items() if re.search(r"#|rgb|hsl|px|rem", value)}
    assert re.findall(r"#[0-9a-f]{3,8}\b", css) == []


def test_licences_lie_beside_what_they_cover() -> None:
    assert b"EUROPEAN UNION PUBLIC LICENCE" in read("ui/vendor/utrecht-LICENSE.md").upper()
    assert b"Zero-Clause BSD" in read("ui/vendor/htmx-LICENSE.txt")
    assert b"SIL OPEN FONT LICENSE" in read("ui/fonts/OFL.txt").upper()
