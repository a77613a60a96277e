from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from leerkring.community.meetings.enums import MeetingKind
from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import person_of
from leerkring.cycle.groups.forming.models import Forming
from leerkring.formats.intervisie import access, queries
from leerkring.formats.intervisie.forming import REF
from leerkring.platform.ui import slots


@slots.fill("meeting_page", order=5)
def rounds_of_meeting(request: HttpRequest, meeting: Meeting, **more: Any) -> str | None:
    """The rounds that one may know of, and for who plans them the groups that have none yet."""
    if meeting.kind != MeetingKind.INTERVISIE or meeting.keeps_text or meeting.is_cancelled:
        return None
    person = person_of(request)
    if person is None:
        return None
    rounds = list(queries.rounds_at(meeting, person))
    may_plan = access.may_form_groups(person, meeting.community) and not meeting.is_held
    waiting = [] if meeting.is_held else queries.groups_to_sit(person, meeting)
    if not (rounds or waiting or may_plan):
        return None
    context = {"rounds": rounds, "waiting": waiting, "meeting": meeting, "may_plan": may_plan}
    return render_to_string("intervisie/meeting_strip.html", {**context, **_place(request)}, request)


@slots.fill("meetings_ways", order=40)
def intervisie_of_programme(request: HttpRequest, community: Community, **more: Any) -> str | None:
    """The way to groups, methods and learning points."""
    if not access.may_see_intervisie(person_of(request), community):
        return None
    return render_to_string("intervisie/meetings_strip.html", _place(request), request)


@slots.fill("programme_people", order=60)
def groups_of_people(request: HttpRequest, community: Community, **more: Any) -> str | None:
    """For who forms groups: the way to them, without counting: this page asks enough."""
    person = person_of(request)
    if not access.may_form_groups(person, community):
        return None
    return render_to_string("intervisie/people_strip.html", _place(request), request)


@slots.fill("forming_page", order=6)
def groups_of_forming(request: HttpRequest, forming: Forming, **more: Any) -> str | None:
    """From a division at the former back to where its groups are named and made."""
    if forming.ref != REF or not access.may_form_groups(person_of(request), forming.community):
        return None
    return render_to_string("intervisie/forming_strip.html", _place(request), request)


def _place(request: HttpRequest) -> dict[str, str]:
    return {"slug": request.resolver_match.kwargs.get("slug", "") if request.resolver_match else ""}
