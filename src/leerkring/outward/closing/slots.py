from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import person_of
from leerkring.community.people.models import Person
from leerkring.direction.programmes.models import Edition
from leerkring.outward.closing import access, queries
from leerkring.platform.ui import slots
from leerkring.platform.ui.slots import NavItem


def _of_the_team(person: Person | None, community: Community | None) -> bool:
    return community is not None and access.may_close(person, community)


slots.nav(NavItem(_("At the end"), "closing:programme_closing", order=57, place="person", shown=_of_the_team))


@slots.fill("today_page", order=20)
def parting_from_edition(request: HttpRequest, community: Community, **_more: Any) -> str | None:
    """An edition is over: a quiet way to its last page."""
    edition = queries.edition_to_part_from(person_of(request), community)
    if edition is None:
        return None
    return render_to_string("closing/today_strip.html", {"edition": edition, "community": community}, request)


@slots.fill("edition_page", order=80)
def closing_of_edition(request: HttpRequest, edition: Edition, meetings: list[Meeting], **_more: Any) -> str | None:
    """The way to what is still open, once the edition is over."""
    community = edition.community
    if not access.may_close(person_of(request), community) or not queries.is_over(edition, meetings):
        return None
    return render_to_string("closing/edition_strip.html", {"edition": edition, "community": community}, request)
