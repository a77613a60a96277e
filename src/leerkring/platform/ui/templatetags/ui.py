"""`{% load ui %}`: the parts of every page. The README of platform/ui shows each with one line of usage."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.shortcuts import resolve_url
from django.template import Context
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leerkring.platform.rules import EditedMeanwhile
from leerkring.platform.ui import days, frame, marks, pictures, slots
from leerkring.platform.ui.fields import field_html, summary_html
from leerkring.platform.ui.theme import theme_of
from leerkring.platform.ui.toasts import toasts_of

register = template.Library()

for tag in (
    marks.letter,
    marks.ring,
    marks.theme_mark,
    marks.chip,
    marks.label_chip,
    marks.person_mark,
    marks.unit_mark,
    marks.ticks,
    marks.icon,
    marks.cell_class,
    pictures.rail,
    pictures.band,
    pictures.path,
    pictures.trace,
    pictures.timer,
):
    register.simple_tag(tag)

register.simple_tag(days.date_tag, name="date")
register.simple_tag(days.since_tag, name="since")
register.filter("date_words", days.date_words)
register.filter("time_words", days.time_words)
register.filter("moment_words", days.moment_words)
register.filter("since_words", days.since_words)
register.filter("until_words", days.until_words)
register.simple_tag(frame.styles)
register.simple_tag(frame.late_styles)
register.simple_tag(frame.scripts)
register.simple_tag(frame.sprite)
register.simple_tag(frame.kept_part, takes_context=True)
register.simple_tag(field_html, name="field")
register.simple_tag(summary_html, name="form_errors")


@register.simple_tag(takes_context=True)
def slot(context: Context, name: str, **kwargs: object) -> SafeString:
    """All that higher floors put in this place."""
    return slots.render(name, context["request"], **kwargs)


@register.simple_tag(takes_context=True)
def menu(context: Context, place: str = "main") -> SafeString:
    """The navigation as this person sees it here."""
    links = slots.nav_links(context["request"], context.get("community"), place)
    return frame.links_html(links, str(context.get("csrf_token", "")))


@register.simple_tag(takes_context=True)
def html_attributes(context: Context) -> SafeString:
    """Language and theme of the page."""
    language = (get_language() or settings.LANGUAGE_CODE)[:2]
    theme = theme_of(context.get("request"))
    chosen = format_html(' data-theme="{}"', theme) if theme else ""
    return format_html('lang="{}"{}', language, chosen)


@register.simple_tag
def sign_in_url() -> str:
    return resolve_url(settings.LOGIN_URL)


@register.simple_tag(takes_context=True)
def person_menu(context: Context) -> SafeString:
    """What belongs to the person who is signed in; for a visitor the way in."""
    person = getattr(context["request"], "person", None)
    if person is None:
        return format_html('<a class="utrecht-link" href="{}">{}</a>', sign_in_url(), _("Sign in"))
    return format_html('<p class="lk-sheet__k">{}</p>{}', person.name, menu(context, "person"))


@register.simple_tag(takes_context=True)
def toasts(context: Context) -> SafeString:
    """What was just done, with the way back."""
    request: HttpRequest | None = context.get("request")
    if request is None or not hasattr(request, "_messages"):
        return SafeString("")
    return format_html_join(
        "", "{}", ((toast(context, t.text, t.kind, t.undo, t.undo_label),) for t in toasts_of(request))
    )


@register.simple_tag(takes_context=True)
def toast(context: Context, text: str, kind: str = "", undo: str = "", undo_label: str = "") -> SafeString:
    """One message, with a button that posts to `undo`."""
    class_ = f"toast toast--{kind}" if kind else "toast"
    button: SafeString | str = ""
    if undo:
        button = format_html(
            '<form method="post" action="{}"><input type="hidden" name="csrfmiddlewaretoken" value="{}">'
            '<button type="submit">{}</button></form>',
            undo,
            get_token(context["request"]),
            undo_label or _("Put back"),
        )
    return format_html('<div class="{}"><span>{}</span>{}</div>', class_, text, button)


@register.simple_tag
def empty(
    title: str | Promise,
    text: str | Promise = "",
    url: str = "",
    action: str | Promise = "",
    symbol: str = "l-open",
    level: int = 2,
) -> SafeString:
    """Nothing here yet: what comes, from where, and the one thing to do now."""
    return format_html(
        '<div class="empty">{}<h{} class="utrecht-heading-3">{}</h{}>{}{}</div>',
        marks.icon(symbol, ""),
        level,
        title,
        level,
        format_html("<p>{}</p>", text) if text else "",
        format_html('<a class="utrecht-button utrecht-button--primary-action" href="{}">{}</a>', url, action)
        if url and action
        else "",
    )


@register.simple_block_tag(end_name="end_as_table")
def as_table(content: str, summary: str = "") -> SafeString:
    """The rows of a picture for who cannot see it: wraps a `<table class="plain">`."""
    return format_html(
        '<details class="tbl"><summary>{}</summary>{}</details>', summary or _("View as a table"), content
    )


@register.simple_tag
def conflict(edited: EditedMeanwhile, target: str = "") -> SafeString:
    """Two people changed the same text: both texts; `target` is the id of the field that holds ours."""
    return render_to_string("ui/conflict.html", {"edited": edited, "target": target})


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: Page[Any], name: str = "page") -> SafeString:
    """Earlier and later pages; nothing when there is one."""
    if page.paginator.num_pages < 2:
        return SafeString("")
    query = context["request"].GET.copy()
    query.pop(name, None)

    def address(number: int) -> str:
        query[name] = str(number)
        return f"?{query.urlencode()}"

    numbers: Iterable[int | str] = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    pages = [
        {"number": n, "url": address(n) if isinstance(n, int) else "", "is_current": n == page.number} for n in numbers
    ]
    return render_to_string(
        "ui/pagination.html",
        {
            "page": page,
            "pages": pages,
            "earlier": address(page.number - 1) if page.has_previous() else "",
            "later": address(page.number + 1) if page.has_next() else "",
        },
    )
