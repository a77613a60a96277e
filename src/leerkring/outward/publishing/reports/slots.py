from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from leerkring.community.memberships.requests import person_of
from leerkring.direction.programmes.models import Edition
from leerkring.outward.publishing.reports import access, queries
from leerkring.platform.ui import slots


@slots.fill("edition_page", order=60)
def reports_of_edition(request: HttpRequest, edition: Edition, **_more: Any) -> str | None:
    """Reports on it and on the whole programme, once there is something to report on."""
    person, community = person_of(request), edition.community
    reports = list(queries.reports_on(person, edition)[:3])
    is_team = access.may_make_reports(person, community)
    if not reports and not (is_team and not edition.takes_enrolments):
        return None
    context = {"reports": reports, "edition": edition, "slug": community.slug, "is_team": is_team}
    return render_to_string("publishing/reports/strip.html", context, request)
