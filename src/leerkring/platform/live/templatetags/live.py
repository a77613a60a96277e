from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from leerkring.platform.live import tickets

register = template.Library()


@register.simple_tag(takes_context=True)
def live(context: dict[str, Any], *communities: Any) -> SafeString:
    """`{% block live %}{% live community %}{% endblock %}`: refresh this page when a fact concerns them."""
    ids = {community if isinstance(community, int) else community.pk for community in communities if community}
    if not ids:
        return SafeString("")
    person = getattr(context.get("request"), "person", None)
    return format_html(
        '<meta name="lk-live" content="{}" data-said="{}"><script src="{}" defer></script>',
        tickets.live_ticket(ids, person.pk if person else None),
        _("This page was brought up to date."),
        static("live/live.js"),
    )
