"""What we took over is what we say it is."""

import re

from django.contrib.staticfiles import finders


def read(path: str) -> bytes:
    found = finders.find(path)
    assert isinstance(found, str), path
    with open(found, "rb") as file:
        return file.read()


def test_the_utrecht_parts_bring_no_tokens() -> None:
    """Their tokens are all rights reserved. Colours in the parts are those of the system, for forced colours."""
    css = re.sub(r"/\*.*?\*/", "", read("ui/vendor/utrecht.css").decode(), flags=re.DOTALL)
    set_here = dict(re.findall(r"[{;]\s*(--utrecht-[\w-]+)\s*:([^;}]*)", css))
    assert not {name: value for name, value in set_here.items() if re.search(r"#|rgb|hsl|px|rem", value)}
    assert re.findall(r"#[0-9a-f]{3,8}\b", css) == []


def test_licences_lie_beside_what_they_cover() -> None:
    assert b"EUROPEAN UNION PUBLIC LICENCE" in read("ui/vendor/utrecht-LICENSE.md").upper()
    assert b"SIL OPEN FONT LICENSE" in read("ui/fonts/OFL.txt").upper()
