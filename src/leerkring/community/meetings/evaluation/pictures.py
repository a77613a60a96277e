"""Answers as calm pictures: five bars, and a line over the meetings of an edition. A table says the same."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from leerkring.community.meetings.evaluation.results import SCALE, Result, Trend

BAR, GAP, HEIGHT, FOOT = 56, 12, 96, 26
LEFT, STEP, TALL = 40, 96, 120


def bars(result: Result) -> SafeString:
    """How many chose each number."""
    most = max(result.counts) or 1
    columns = format_html_join(
        "",
        '<rect class="ev-bar" x="{}" y="{}" width="{}" height="{}"/><text class="ev-n" x="{}" y="{}">{}</text>'
        '<text class="ev-w" x="{}" y="{}">{}</text>',
        (
            (
                x, top, BAR, HEIGHT + 20 - top,
                x + BAR // 2, top - 6, count,
                x + BAR // 2, HEIGHT + 20 + FOOT - 6, number,
            )
            for number, count in zip(SCALE, result.counts, strict=True)
            for x in ((number - 1) * (BAR + GAP),)
            for top in (HEIGHT + 20 - round(HEIGHT * count / most) - (2 if not count else 0),)
        ),
    )  # fmt: skip
    width, pk = 5 * BAR + 4 * GAP, result.question.pk
    return format_html(
        '<svg class="ev" viewBox="0 0 {} {}" role="img" aria-labelledby="ev{}t ev{}d"><title id="ev{}t">{}</title>'
        '<desc id="ev{}d">{}</desc>{}</svg>',
        width, HEIGHT + 20 + FOOT, pk, pk, pk, result.question.wording, pk, sentence(result), columns,
    )  # fmt: skip


def sentence(result: Result) -> str:
    return _("On average %(mean)s on a scale of 5, from %(count)s people.") % {
        "mean": number_format(result.mean, 1),
        "count": result.answered,
    }


def line(trend: Trend, number: int) -> SafeString:
    """The average at each meeting; five is at the top."""
    places = [(LEFT + 24 + index * STEP, _height(point.mean)) for index, point in enumerate(trend.points)]
    path = " ".join(f"{x},{y}" for x, y in places)
    ground = format_html_join(
        "",
        '<line class="ev-g" x1="{}" x2="{}" y1="{}" y2="{}"/><text class="ev-w" x="{}" y="{}">{}</text>',
        (
            (LEFT, LEFT + 48 + (len(places) - 1) * STEP, y, y, LEFT - 16, y + 5, value)
            for value in (1, 3, 5)
            for y in (_height(value),)
        ),
    )
    dots = format_html_join(
        "",
        '<circle class="ev-dot" cx="{}" cy="{}" r="7"/><text class="ev-n" x="{}" y="{}">{}</text>'
        '<text class="ev-w" x="{}" y="{}">{}</text>',
        (
            (x, y, x, y - 14, number_format(point.mean, 1), x, TALL + 46, index)
            for index, ((x, y), point) in enumerate(zip(places, trend.points, strict=True), start=1)
        ),
    )
    return format_html(
        '<svg class="ev ev--trend" viewBox="0 0 {} {}" role="img" aria-labelledby="tr{}t"><title id="tr{}t">{}</title>'
        '{}<polyline class="ev-line" points="{}"/>{}</svg>',
        LEFT + 56 + (len(places) - 1) * STEP, TALL + 56, number, number, trend.wording, ground, path, dots,
    )  # fmt: skip


def _height(mean: float) -> int:
    return 24 + round((5 - mean) * TALL / 4)
