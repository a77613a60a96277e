"""Marks say in words what the ring says in shape, and never trust a text."""

from dataclasses import dataclass

import pytest
from django.utils import translation

from leerkring.platform.ui import marks


@dataclass(frozen=True)
class Named:
    name: str


@pytest.fixture(autouse=True)
def english() -> object:
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("state", "symbol", "words"),
    [
        ("open", "l-open", "open"),
        ("prov", "l-prov", "provisionally answered"),
        ("provisional", "l-prov", "provisionally answered"),
        ("answered", "l-answered", "answered"),
        ("dropped", "l-dropped", "dropped"),
        ("being_explored", "l-open", "open"),
    ],
)
def test_a_letter_shows_its_state_in_shape_and_words(state: str, symbol: str, words: str) -> None:
    html = marks.letter("A", state)
    assert f'href="#{symbol}"' in html
    assert html.endswith(f'<b>A</b><span class="sr"> ({words})</span></span>')


def test_a_long_code_is_set_smaller() -> None:
    assert "letter--long" in marks.letter("AA")
    assert "letter--long" not in marks.letter("A")


@pytest.mark.parametrize(
    ("step", "blocked", "stopped", "symbol", "ground"),
    [
        (0, False, False, "u0", "cl0"),
        (5, False, False, "u5", "cl5"),
        (2, True, False, "b2", "clb"),
        (2, False, True, "ux", ""),
        (9, False, False, "u5", "cl5"),
        (None, False, False, "ux", "none"),
    ],
)
def test_a_ring_shows_the_step(step: int | None, blocked: bool, stopped: bool, symbol: str, ground: str) -> None:
    assert marks.ring_symbol(step, blocked, stopped) == symbol
    assert marks.cell_class(step, blocked, stopped) == ground


def test_a_ring_is_silent_unless_named() -> None:
    assert marks.ring(4) == '<svg class="ring" aria-hidden="true"><use href="#u4"/></svg>'
    assert marks.ring(4, name="anchored").endswith('<span class="sr">anchored</span>')


def test_themes_start_again_after_eight() -> None:
    assert 'href="#t1"' in marks.theme_mark(9, "Ninth")
    assert 'href="#t8"' in marks.theme_mark(8, "Eighth")


@pytest.mark.parametrize("mark", [marks.chip, marks.letter, lambda t: marks.theme_mark(1, t)])
def test_texts_are_escaped(mark: object) -> None:
    assert "<script>" not in mark("<script>")  # type: ignore[operator]


def test_names_are_escaped() -> None:
    assert "<script>" not in marks.person_mark(Named("<script>"))
    assert "<script>" not in marks.unit_mark(Named("<script>"), url='"><script>')


def test_a_chip_of_an_unknown_kind_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no chip of kind 'red'"):
        marks.chip("late", "red")


def test_labels_speak_the_language_of_the_reader() -> None:
    assert "organisations" in marks.label_chip("organisations")
    with translation.override("nl"):
        assert "organisaties" in marks.label_chip("organisations")


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Noor de Wit", "NW"),
        ("Ingenieursbureau", "IN"),
        ("Afval & Grondstoffen", "AG"),
        ("Gemeentelijk en Maatschappelijk Vastgoed", "GV"),
        ("Anne-Fleur van 't Hof", "AH"),
        ("", "?"),
        ("...", "?"),
    ],
)
def test_initials_skip_small_words(name: str, letters: str) -> None:
    assert marks.initials(name) == letters


def test_who_left_has_no_name() -> None:
    assert "Somebody who left" in marks.person_mark(None)
    assert "Somebody who left" in marks.person_mark(Named(""))


def test_ticks_count_open_versions() -> None:
    assert marks.ticks(2, 3).count('class="tk1"') == 2
    assert ">2 of 3<" in marks.ticks(2, 3)
    assert "3 versions open in a row" in marks.ticks(3, 3)
