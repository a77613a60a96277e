from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import person_of
from leerkring.community.people.models import Person
from leerkring.outward.exchange.access import may_import
from leerkring.platform.ui import slots


@slots.fill("programme_people", order=30)
def import_of_people(request: HttpRequest, community: Community, **_more: Any) -> str | None:
    """The way in for a list, on the page with the people."""
    if not may_import(person_of(request), community):
        return None
    return render_to_string("exchange/people_strip.html", {"community": community, "kind": "people"}, request)


@slots.fill("programme_activities", order=30)
def import_of_activities(request: HttpRequest, community: Community, **_more: Any) -> str | None:
    if not may_import(person_of(request), community):
        return None
    return render_to_string("exchange/people_strip.html", {"community": community, "kind": "activities"}, request)


@slots.fill("profile_end", order=20)
def own_calendar(request: HttpRequest, person: Person, **_more: Any) -> str:
    return render_to_string("exchange/own_calendar.html", {}, request)
