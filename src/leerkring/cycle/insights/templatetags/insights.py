"""A line of the harvest as one piece of HTML: cheap enough for 300, and the same on the page and in an answer."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leerkring.cycle.insights.enums import HarvestKind
from leerkring.cycle.insights.kinds import SIGN_OF, typed_line
from leerkring.cycle.insights.models import HarvestItem
from leerkring.platform.ui import marks

register = template.Library()


@lru_cache(maxsize=64)
def _sign(kind: str, is_done: bool, language: str | None) -> SafeString:
    """The sign of a kind in its ring; the ring is closed once something came of the line."""
    return marks.letter(SIGN_OF.get(kind, "·"), "answered" if is_done else "open", "s", HarvestKind(kind).label)


@register.simple_tag
def harvest_sign(kind: str, is_done: bool = False) -> SafeString:
    return _sign(str(kind), bool(is_done), get_language())


@register.simple_tag
def harvest_line(item: HarvestItem, slug: str, may_write: bool) -> SafeString:
    """One line, with its two buttons for who may write."""
    buttons: SafeString | str = ""
    if may_write:
        place = {"slug": slug, "meeting_id": item.meeting_id, "harvest_id": item.pk}
        buttons = format_html(
            '<div class="rows__e"><a class="lk-plainbutton" href="{}">{}<span class="sr">: {}</span></a>'
            '<button class="lk-plainbutton" formaction="{}">{}<span class="sr">: {}</span></button></div>',
            reverse("insights:line_page", kwargs=place),
            _("Change"),
            item.text,
            reverse("insights:line_remove", kwargs=place),
            _("Remove"),
            item.text,
        )
    return format_html(
        '<li id="line-{}" data-typed="{}" data-revision="{}"><span class="mark">{}</span>'
        '<div><p class="line__t">{}</p></div>{}</li>',
        item.pk,
        typed_line(item.kind, item.text),
        item.revision,
        harvest_sign(item.kind, item.is_promoted),
        item.text,
        buttons,
    )
