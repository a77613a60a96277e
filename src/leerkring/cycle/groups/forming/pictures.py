"""Pictures of a division: how a group is spread, a term between best and chance, and the slider's trade-off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

SIDE, GAP, ROUND = 18, 4, 4


def spread(parts: Sequence[tuple[str, int]], title: str) -> SafeString:
    """One square per person; who shares a department is joined, so that long bars are what to look at."""
    x, drawn = 0, []
    for _name, count in parts:
        width = count * SIDE
        drawn.append((x, width, "sp-one" if count == 1 else "sp-more", x + width / 2, count if count > 1 else ""))
        x += width + GAP
    rects = format_html_join(
        "",
        '<rect x="{}" width="{}" height="18" rx="3" class="{}"/><text x="{}" y="13.5" class="sp-t">{}</text>',
        drawn,
    )
    words = ", ".join(f"{name} {count}" for name, count in parts)
    return format_html(
        '<svg class="spread" viewBox="0 0 {0} 18" width="{0}" height="18" role="img" aria-label="{1}: {2}">{3}</svg>',
        max(x - GAP, 1), title, words, rects,
    )  # fmt: skip


def between(reached: float, best: float, chance: float) -> SafeString:
    """Where what was reached lies between the best that is possible alone (left) and chance (right)."""
    low, high = min(best, reached), max(chance, reached)
    width = high - low
    at = [8 + 184 * ((value - low) / width if width else 0) for value in (best, reached, chance)]
    return format_html(
        '<svg class="btw" viewBox="0 0 200 20" aria-hidden="true" focusable="false">'
        '<line x1="{0}" x2="{2}" y1="10" y2="10"/><line x1="{0}" x2="{0}" y1="3" y2="17"/>'
        '<line x1="{2}" x2="{2}" y1="6" y2="14"/><circle cx="{1}" cy="10" r="6"/></svg>',
        *(f"{value:.1f}" for value in at),
    )


@dataclass(frozen=True)
class Dot:
    """One setting of the slider: how many first wishes, and how much mixing was given up for it."""

    setting: int
    first_wishes: int
    mixing: float
    repeats: int
    is_now: bool


WIDTH, HEIGHT, LEFT, TOP = 560, 300, 70, 24


def trade_off(dots: Sequence[Dot]) -> SafeString:
    """First wishes to the right, less mixing upwards: the better divisions lie to the lower right."""
    places = [_at(dot, dots) for dot in dots]
    line = " ".join(f"{x:.0f},{y:.0f}" for x, y in places)
    marks = format_html_join(
        "",
        '<circle cx="{}" cy="{}" r="{}" class="{}"/>',
        ((f"{x:.0f}", f"{y:.0f}", 9 if dot.is_now else 5, "td-now" if dot.is_now else "td-dot")
         for dot, (x, y) in zip(dots, places, strict=True)),
    )  # fmt: skip
    ends = format_html_join(
        "",
        '<text x="{}" y="{}" class="td-t {}">{}</text>',
        _end_words(dots, places),
    )
    return format_html(
        '<svg class="tradeoff" viewBox="0 0 {} {}" role="img" aria-labelledby="td-title td-desc">'
        '<title id="td-title">{}</title><desc id="td-desc">{}</desc>'
        '<path class="td-axis" d="M{} {}V{}H{}"/><polyline class="td-line" points="{}"/>{}{}'
        '<text x="{}" y="{}" class="td-a end">{}</text><text x="{}" y="14" class="td-a">{}</text></svg>',
        WIDTH, HEIGHT + 44, _("What wishes cost in mixing"),
        _("Each point is a place of the slider. To the right more first wishes, upwards less mixing."),
        LEFT - 14, TOP, HEIGHT, WIDTH - 8, line, marks, ends,
        WIDTH - 8, HEIGHT + 36, _("more first wishes →"), 0, _("↑ less mixing"),
    )  # fmt: skip


def _at(dot: Dot, dots: Sequence[Dot]) -> tuple[float, float]:
    firsts, mixing = [each.first_wishes for each in dots], [each.mixing for each in dots]
    x = _share(dot.first_wishes, min(firsts), max(firsts))
    y = _share(dot.mixing, min(mixing), max(mixing))
    return LEFT + x * (WIDTH - LEFT - 40), HEIGHT - 22 - y * (HEIGHT - TOP - 44)


def _share(value: float, low: float, high: float) -> float:
    return (value - low) / (high - low) if high > low else 0.5


def _end_words(dots: Sequence[Dot], places: Sequence[tuple[float, float]]) -> list[tuple[str, str, str, str]]:
    """The two ends and the place of now get a word, unless they lie on one another."""
    said = [(0, _("only mixing")), (len(dots) - 1, _("only wishes"))]
    found: list[tuple[str, str, str, str]] = []
    for index, words in said:
        x, y = places[index]
        if index and abs(x - places[0][0]) < 90 and abs(y - places[0][1]) < 24:
            continue
        is_right = x > WIDTH / 2
        found.append(
            (
                f"{x - 14 if is_right else x - 6:.0f}",
                f"{y + 4 if is_right else y - 14:.0f}",
                "end" if is_right else "",
                words,
            )
        )
    return found
