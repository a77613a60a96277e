"""Small pictures of time and order: run-sheet band, version rail, path, trace, timer. Words stand in each of them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Words = str | Promise
CURRENT = SafeString(' aria-current="step"')


@dataclass(frozen=True)
class Step:
    """A point on a rail, path or trace. States: "", past, is (now), cur, draft, end (stuck there)."""

    title: Words
    text: Words = ""
    state: str = ""
    url: str = ""


@dataclass(frozen=True)
class Part:
    """A part of a run sheet. States: "", past, is (on now, `done` per cent of it gone)."""

    title: Words
    minutes: int
    state: str = ""
    done: int = 0
    url: str = ""


def _title(step: Step | Part) -> SafeString | str:
    return format_html('<a href="{}">{}</a>', step.url, step.title) if step.url else str(step.title)


def _steps(steps: Sequence[Step], text: str) -> SafeString:
    return format_html_join(
        "",
        text,
        (
            (
                format_html(' class="{}"', step.state) if step.state else "",
                CURRENT if step.state in ("is", "cur") else "",
                _title(step),
                step.text,
            )
            for step in steps
        ),
    )


def rail(steps: Sequence[Step]) -> SafeString:
    """Versions in a row; state "cur" is the one in force, "draft" the one being made."""
    return format_html('<ol class="rail">{}</ol>', _steps(steps, "<li{}{}><b>{}</b>{}</li>"))


def path(title: Words, steps: Sequence[Step], heading_id: str = "path") -> SafeString:
    """A few days in a row: past, now ("is") and to come."""
    return format_html(
        '<section class="path4" aria-labelledby="{0}"><h2 id="{0}">{1}</h2><ol>{2}</ol></section>',
        heading_id,
        title,
        _steps(steps, "<li{}{}><b>{}</b> {}</li>"),
    )


def trace(steps: Sequence[Step]) -> SafeString:
    """The line from a question to where it is now; state "end" is where it is stuck."""
    return format_html("<ol>{}</ol>", _steps(steps, "<li{}{}><b>{}</b> <span>{}</span></li>"))


def _weight(minutes: int, longest: int) -> int:
    scale = 60 / longest if longest > 60 else 1
    return max(1, round(minutes * scale))


def band(parts: Sequence[Part]) -> SafeString:
    """The run sheet as a band: width is minutes."""
    longest = max((part.minutes for part in parts), default=1)
    return format_html(
        '<ol class="band">{}</ol>',
        format_html_join("", "{}", ((_band_part(part, longest),) for part in parts)),
    )


def _band_part(part: Part, longest: int) -> SafeString:
    done = min(max(part.done, 0), 100)
    gone = format_html('<rect class="done" width="{}" height="12"/>', done) if part.state == "is" and done else ""
    return format_html(
        '<li class="{} m{}"{}><svg viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">'
        '<rect width="100" height="12"/>{}</svg><b>{}</b> {}</li>',
        part.state,
        _weight(part.minutes, longest),
        CURRENT if part.state == "is" else "",
        gone,
        _title(part),
        ngettext("%(n)d min", "%(n)d min", part.minutes) % {"n": part.minutes},
    )


def _clock(seconds: int) -> str:
    sign = "+" if seconds < 0 else ""
    seconds = abs(seconds)
    return f"{sign}{seconds // 60}:{seconds % 60:02d}"


def _arc(share: float) -> str:
    share = min(max(share, 0.004), 0.9999)
    angle = 2 * math.pi * share
    x, y = 200 + 170 * math.sin(angle), 200 - 170 * math.cos(angle)
    return f"M200 30A170 170 0 {1 if share > 0.5 else 0} 1 {x:.1f} {y:.1f}"


def timer(left: int, total: int, paused: bool = False) -> SafeString:
    """A ring that drains. `left` and `total` in seconds; below zero it is over time."""
    if paused:
        kind, below = " tm-arc--pause", _("paused")
    elif left < 0:
        kind, below = " tm-arc--last", _("over time")
    elif left < 60:
        kind, below = " tm-arc--last", _("last minute")
    else:
        kind, below = "", _("of %(minutes)d minutes") % {"minutes": round(total / 60)}
    share = 1.0 if left < 0 else left / max(total, 1)
    shown = _clock(left)
    said = _("Over time by %(time)s") if left < 0 else _("%(time)s to go")
    return format_html(
        '<svg class="t" viewBox="0 0 400 400" role="img" aria-label="{}"><circle class="tm-track" cx="200" cy="200" '
        'r="170"/><path class="tm-arc{}" d="{}"/><text class="tm-t" x="200" y="222">{}</text>'
        '<text class="tm-s" x="200" y="272">{}</text></svg>',
        said % {"time": shown.removeprefix("+")},
        kind,
        _arc(share),
        shown,
        below,
    )
