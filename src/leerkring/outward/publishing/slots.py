from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import standing_of
from leerkring.community.memberships.requests import person_of
from leerkring.outward.publishing import queries
from leerkring.outward.publishing.access import may_read_messages
from leerkring.platform.ui import slots


@slots.fill("home_programmes", order=10)
def open_programmes(request: HttpRequest, **_more: Any) -> str | None:
    """Programmes that whoever asks may read, on the way in."""
    communities = queries.programmes_to_read(person_of(request))
    return render_to_string("publishing/open_programmes.html", {"communities": communities}, request)


@slots.fill("programme_people", order=20)
def waiting_for_team(request: HttpRequest, community: Community, **_more: Any) -> str | None:
    """What visitors wrote and readers reacted, and nobody of the team read yet, on the page with the people."""
    if not may_read_messages(person_of(request), community):
        return None
    messages, reactions = queries.counts_waiting(community)
    context = {"community": community, "messages": messages, "reactions": reactions}
    return render_to_string("publishing/strip.html", context, request)


@slots.fill("register_closed")
def button_to_write(request: HttpRequest, community: Community, *, is_main: bool = False, **_more: Any) -> str | None:
    """Where nobody can register now, one can still ask, as far as one may know of the programme."""
    if not standing_of(person_of(request)).knows_of(community):
        return None
    context = {"community": community, "is_main": is_main}
    return render_to_string("publishing/write_button.html", context, request)


@slots.fill("follow_closed")
def write_to_team(request: HttpRequest, community: Community, **_more: Any) -> str:
    """Where nobody can come in without a link, one can still ask for it."""
    return render_to_string("publishing/ask_for_link.html", {"community": community}, request)
