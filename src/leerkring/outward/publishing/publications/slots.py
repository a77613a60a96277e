from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import person_of
from leerkring.outward.publishing.publications import access, queries
from leerkring.platform.ui import slots


@slots.fill("programme_people", order=22)
def reactions_for_team(request: HttpRequest, community: Community, **_more: Any) -> str | None:
    """Reactions that wait for the team, on the page with the people."""
    if not access.may_publish(person_of(request), community):
        return None
    count = queries.waiting_reactions(community).count()
    if not count:
        return None
    return render_to_string("publishing/publications/strip.html", {"community": community, "count": count}, request)
