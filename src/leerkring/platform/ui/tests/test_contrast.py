"""Every pair of colours that carries text or meaning, measured in light, dark and on paper."""

import re

import pytest
from django.contrib.staticfiles import finders

GROUNDS = ("page", "surface", "sunken")
TEXT = [(ink, ground) for ink in ("ink", "ink-2", "ink-3", "accent") for ground in GROUNDS]
TEXT += [("on-accent", "accent"), ("on-accent", "accent-strong"), ("accent-strong", "surface")]
TEXT += [(mark, f"{mark}-soft") for mark in ("stuck", "warn", "done")]
TEXT += [(mark, ground) for mark in ("stuck", "warn", "done") for ground in ("page", "surface")]
TEXT += [("ink", soft) for soft in ("accent-soft", "stuck-soft", "warn-soft", "done-soft")]
TEXT += [("ink-2", soft) for soft in ("warn-soft", "done-soft")]
TEXT += [("surface", "ink"), ("surface", "stuck"), ("surface", "cell-5")]
TEXT += [("ink", f"cell-{step}") for step in range(5)]
SHAPES = [("edge", ground) for ground in GROUNDS]
SHAPES += [(f"step-{step}", f"cell-{step}") for step in range(5)]
SHAPES += [(f"theme-{number}", ground) for number in range(1, 9) for ground in ("page", "surface")]
SHAPES += [("focus-outer", "page"), ("focus-outer", "surface")]


def modes() -> dict[str, dict[str, str]]:
    path = finders.find("ui/css/tokens.css")
    assert isinstance(path, str)
    with open(path, encoding="utf-8") as file:
        css = file.read()
    rules = re.findall(r"(:root[^{]*){([^}]*)}", css)
    found = [dict(re.findall(r"--lk-([\w-]+):\s*(#[0-9a-f]{6})", body)) for _selector, body in rules]
    full = [colours for colours in found if len(colours) > 20]
    assert len(full) == 4, "light, dark by device, dark by choice, paper"
    light, by_device, by_choice, paper = full
    assert by_device == by_choice
    return {"light": light, "dark": by_device, "paper": {**light, **paper}}


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark", "paper"])
def test_text_can_be_read(mode: str) -> None:
    colours = modes()[mode]
    found = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in TEXT}
    assert {pair: ratio for pair, ratio in found.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("mode", ["light", "dark", "paper"])
def test_shapes_can_be_seen(mode: str) -> None:
    colours = modes()[mode]
    found = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in SHAPES}
    assert {pair: ratio for pair, ratio in found.items() if ratio < 3} == {}
