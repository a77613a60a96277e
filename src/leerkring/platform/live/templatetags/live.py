from typing import Any

from django import template

from leerkring.platform.live import tickets

register = template.Library()


@register.simple_tag(takes_context=True)
def live_ticket(context: dict[str, Any], *communities: Any) -> str:
    """`data-live-ticket="{% live_ticket community %}"` on the element that holds the live regions of a page."""
    person = getattr(context.get("request"), "person", None)
    ids = {community if isinstance(community, int) else community.pk for community in communities if community}
    return tickets.live_ticket(ids, person.pk if person else None)
