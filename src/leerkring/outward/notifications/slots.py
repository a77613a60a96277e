from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import person_of
from leerkring.community.people.models import Person
from leerkring.outward.notifications import queries
from leerkring.outward.notifications.access import may_see_notices
from leerkring.platform.ui import slots


@slots.fill("profile_end", order=30)
def own_mail(request: HttpRequest, person: Person, **_more: Any) -> str:
    return render_to_string("notifications/own_mail.html", {}, request)


@slots.fill("programme_people", order=40)
def mail_of_programme(request: HttpRequest, community: Community, **_more: Any) -> str | None:
    """The way to what went to whom, on the page with the people."""
    if not may_see_notices(person_of(request), community):
        return None
    count = queries.not_arrived(queries.notices_of(community)).count()
    return render_to_string("notifications/strip.html", {"community": community, "count": count}, request)
