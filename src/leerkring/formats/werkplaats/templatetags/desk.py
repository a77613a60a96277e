"""`{% load desk %}`: buttons of the desk. Each is a form of its own, so that it works without script."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

KINDS = {
    "primary": "utrecht-button utrecht-button--primary-action",
    "secondary": "utrecht-button utrecht-button--secondary-action",
    "small": "utrecht-button utrecht-button--secondary-action utrecht-button--small",
    "subtle": "utrecht-button utrecht-button--subtle utrecht-button--small",
    "plain": "lk-plainbutton",
}


@register.filter
def at(found: dict[int, Any] | None, key: int) -> Any:
    return (found or {}).get(key)


def address(context: template.Context, name: str, *ids: int) -> str:
    return reverse(f"werkplaats:{name}", args=[context["community"].slug, context["meeting"].pk, *ids])


@register.simple_tag(takes_context=True)
def desk_url(context: template.Context, name: str, *ids: int) -> str:
    return address(context, name, *ids)


@register.simple_tag(takes_context=True)
def csrf_field(context: template.Context) -> SafeString:
    """The token of who looks; in what is made for all the script of the page puts it in."""
    token = context.get("csrf_token")
    if not token:
        return SafeString("")
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token)


@register.simple_tag(takes_context=True)
def verb(
    context: template.Context,
    name: str,
    label: str | Promise,
    *ids: int,
    kind: str = "small",
    sr: str = "",
    shortcut: str = "",
    **hidden: Any,
) -> SafeString:
    """A button of one verb. `sr` are words for who does not see beside what it stands; the rest travels along."""
    fields = [(field.rstrip("_"), value) for field, value in hidden.items() if value not in ("", None, False)]
    return format_html(
        '<form method="post" action="{}" data-desk>{}{}<button class="{}"{}>{}{}</button></form>',
        address(context, name, *ids),
        csrf_field(context),
        format_html_join("", '<input type="hidden" name="{}" value="{}">', fields),
        KINDS[kind],
        format_html(' aria-keyshortcuts="{}"', shortcut) if shortcut else "",
        label,
        format_html('<span class="sr"> {}</span>', sr) if sr else "",
    )
