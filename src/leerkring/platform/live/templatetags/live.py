from typing import Any
from urllib.parse import urlencode

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from leerkring.platform.live import tickets, topics

register = template.Library()


@register.simple_tag(takes_context=True)
def live(context: dict[str, Any], *communities: Any) -> SafeString:
    """`{% block live %}{% live community %}{% endblock %}`: refresh this page when a fact concerns them."""
    ids = {community if isinstance(community, int) else community.pk for community in communities if community}
    if not ids:
        return SafeString("")
    person = getattr(context.get("request"), "person", None)
    return format_html(
        '<meta name="lk-live" content="{}" data-said="{}">'
        '<script src="{}" defer></script><script src="{}" defer></script>',
        tickets.live_ticket(ids, person.pk if person else None),
        _("This page was brought up to date."),
        static("live/press.js"),
        static("live/live.js"),
    )


@register.simple_tag(takes_context=True)
def live_topic(context: dict[str, Any], name: str, key: object, grant: topics.Grant | None = None) -> SafeString:
    """`{% live_topic "werkplaats.phone" room.pk %}` in the block `live`: show the snapshots of this screen.

    Nothing for who may not look. A view that has looked that up itself passes `grant=grant`; one that keeps the page
    puts a mark in the context as `live_ticket`, and the ticket in its place.
    """
    ticket = context.get("live_ticket") or topics.ticket_for(context["request"], name, str(key), grant)
    if ticket is None:
        return SafeString("")
    return format_html(
        '<meta name="lk-topic" content="{}" data-fresh="{}" data-away="{}" data-back="{}" data-ended="{}" '
        'data-gone="{}"><script src="{}" defer></script><script src="{}" defer></script>'
        '<script src="{}" defer></script>',
        ticket,
        f"{reverse('live:ticket_fresh')}?{urlencode({'topic': name, 'key': key})}",
        _("No connection. What you see may be old; we keep trying."),
        _("Connected again."),
        _("This screen is closed to you. Open the page again."),
        _("This is over. Open the page again."),
        static("live/press.js"),
        static("live/stream.js"),
        static("live/room.js"),
    )


@register.simple_tag
def send_once(owner: object) -> SafeString:
    """`{% send_once seat.pk %}` in the block `live`: forms with `data-send-once` keep what is typed until it is sent.

    Only the same owner sends what was left on this device.
    """
    return format_html(
        '<meta name="lk-sending" content="{}" data-sending="{}" data-waiting="{}" data-sent="{}" data-refused="{}">'
        '<script src="{}" defer></script>',
        owner,
        _("Sending ..."),
        _("No connection. Kept on this device, waiting to be sent: %s."),
        _("Sent."),
        _("This could not be sent. Your words are in the form again."),
        static("live/sending.js"),
    )
