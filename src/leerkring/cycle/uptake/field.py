"""Initiatives in a field of effort and impact: a numbered ring each, with the same numbers in the list beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from leerkring.cycle.questions.enums import Size
from leerkring.cycle.uptake.judging import Judged
from leerkring.cycle.uptake.models import Initiative

SIDE, LEFT, TOP = 150, 54, 14
GRID = [(x, y) for y in (30, 75, 120) for x in (30, 75, 120)]
PLACES = {1: [(75, 75)], 2: [(48, 75), (102, 75)], 3: [(30, 75), (75, 75), (120, 75)]}
"""Where the rings of a box stand. There is room for nine; what comes after is in the list only."""

COLUMNS = [Size.SMALL, Size.MEDIUM, Size.LARGE]
ROWS = [Size.LARGE, Size.MEDIUM, Size.SMALL]


def field_of(initiatives: Sequence[Initiative], judged: Mapping[int, Judged], slug: str) -> SafeString:
    """Those that a few people or more judged, where they place it together."""
    boxes: defaultdict[tuple[str, str], list[tuple[int, Initiative]]] = defaultdict(list)
    for number, initiative in enumerate(initiatives, start=1):
        together = judged[initiative.pk]
        if together.effort is not None and together.impact is not None:
            boxes[(together.effort, together.impact)].append((number, initiative))
    return format_html(
        '<svg class="field-im" viewBox="0 0 {} {}" role="group" aria-labelledby="field-t field-d">'
        '<title id="field-t">{}</title><desc id="field-d">{}</desc>{}{}{}</svg>',
        LEFT + 3 * SIDE + 6,
        TOP + 3 * SIDE + 56,
        _("Initiatives by effort and impact"),
        _("Left takes little effort, right much; above has much impact, below little. The list has the same numbers."),
        format_html_join("", "{}", ((_ground(column, row),) for row in range(3) for column in range(3))),
        _words(),
        format_html_join("", "{}", ((_box(*place, found, slug),) for place, found in boxes.items())),
    )


def spread_of(judged: Judged) -> SafeString:
    """How many place one initiative where: the number stands in the box."""
    marks = format_html_join(
        "",
        '<circle class="im-dot" cx="{}" cy="{}" r="{}"/><text class="im-n" x="{}" y="{}">{}</text>',
        (
            (x, y, 17 + 3 * min(count, 8), x, y + 6, count)
            for effort, impact, count in judged.spread
            for x in (LEFT + COLUMNS.index(effort) * SIDE + SIDE // 2,)
            for y in (TOP + ROWS.index(impact) * SIDE + SIDE // 2,)
        ),
    )
    return format_html(
        '<svg class="field-im" viewBox="0 0 {} {}" role="img" aria-labelledby="spread-t spread-d">'
        '<title id="spread-t">{}</title><desc id="spread-d">{}</desc>{}{}{}</svg>',
        LEFT + 3 * SIDE + 6,
        TOP + 3 * SIDE + 56,
        _("How participants judge it"),
        _("Each number says how many people place it there. The table has the same numbers."),
        format_html_join("", "{}", ((_ground(column, row),) for row in range(3) for column in range(3))),
        _words(),
        marks,
    )


def _ground(column: int, row: int) -> SafeString:
    best = ' class="im-box im-box--best"' if (column, row) == (0, 0) else ' class="im-box"'
    return format_html(
        '<rect{} x="{}" y="{}" width="{}" height="{}"/>',
        SafeString(best),
        LEFT + column * SIDE,
        TOP + row * SIDE,
        SIDE,
        SIDE,
    )


def _words() -> SafeString:
    below = format_html_join(
        "",
        '<text class="im-w" x="{}" y="{}">{}</text>',
        ((LEFT + i * SIDE + SIDE // 2, TOP + 3 * SIDE + 20, size.label) for i, size in enumerate(COLUMNS)),
    )
    beside = format_html_join(
        "",
        '<text class="im-w" transform="translate(44 {}) rotate(-90)">{}</text>',
        ((TOP + i * SIDE + SIDE // 2, size.label) for i, size in enumerate(ROWS)),
    )
    middle = 3 * SIDE // 2
    return format_html(
        '{}{}<text class="im-t" x="{}" y="{}">{}</text><text class="im-t" transform="translate(18 {}) rotate(-90)">{}'
        "</text>",
        below,
        beside,
        LEFT + middle,
        TOP + 3 * SIDE + 44,
        _("Effort"),
        TOP + middle,
        _("Impact"),
    )


def _box(effort: str, impact: str, found: Sequence[tuple[int, Initiative]], slug: str) -> SafeString:
    x, y = LEFT + COLUMNS.index(Size(effort)) * SIDE, TOP + ROWS.index(Size(impact)) * SIDE
    return format_html_join(
        "",
        '<a href="{}" aria-label="{}: {}"><circle class="im-dot" cx="{}" cy="{}" r="17"/>'
        '<text class="im-n" x="{}" y="{}">{}</text></a>',
        (
            (
                reverse("uptake:initiative_page", args=[slug, initiative.pk]),
                number,
                initiative.title,
                x + dx,
                y + dy,
                x + dx,
                y + dy + 6,
                number,
            )
            for (number, initiative), (dx, dy) in zip(found, PLACES.get(len(found), GRID), strict=False)
        ),
    )
