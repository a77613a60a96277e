"""How far a story goes: five rings on a line. Open asks, closed is told."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from leerkring.cycle.insights.stories.models import ValueStory

STEP, R, Y = 44, 12, 18


def rings(story: ValueStory, *, name: str = "") -> SafeString:
    """Five rings. Hidden from who listens unless it gets a name: the words beside it say the same."""
    marks = format_html_join(
        "",
        '<circle class="vs-ring{}" cx="{}" cy="{}" r="{}"/>',
        ((" is-told" if text else "", Y + index * STEP, Y, R) for index, (_value, text) in enumerate(story.parts)),
    )
    told = len(story.told)
    words = _("%(told)s of 5 told") % {"told": told}
    role = format_html('role="img" aria-label="{}: {}"', name, words) if name else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="vs" viewBox="0 0 {} {}" {}><line class="vs-line" x1="{}" x2="{}" y1="{}" y2="{}"/>{}</svg>',
        2 * Y + 4 * STEP, 2 * Y, role, Y, Y + 4 * STEP, Y, Y, marks,
    )  # fmt: skip
