from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import person_of
from leerkring.direction.programmes.models import Edition
from leerkring.outward.blueprints.access import may_plan_from_blueprints
from leerkring.platform.ui import slots


@slots.fill("course_next", order=10)
def plan_a_series(request: HttpRequest, community: Community, **_more: Any) -> str | None:
    """The way to a whole series at once."""
    if not may_plan_from_blueprints(person_of(request), community):
        return None
    return render_to_string("blueprints/course_next.html", {"community": community}, request)


@slots.fill("edition_page_end", order=60)
def hand_the_method_on(request: HttpRequest, edition: Edition, **_more: Any) -> str | None:
    """The next edition from this one, and its method as a file."""
    community = edition.community
    if not may_plan_from_blueprints(person_of(request), community):
        return None
    return render_to_string(
        "blueprints/edition_end.html", {"community": community, "word": f"edition-{edition.pk}"}, request
    )
