from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from leerkring.community.meetings.evaluation import pictures
from leerkring.community.meetings.evaluation import queries as evaluations
from leerkring.community.meetings.evaluation.access import may_prepare_evaluations
from leerkring.community.meetings.evaluation.results import trends_of
from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import person_of
from leerkring.community.people.models import Person
from leerkring.direction.programmes import access, queries, recruiting
from leerkring.direction.programmes.cycle_path import steps_of
from leerkring.direction.programmes.models import Edition
from leerkring.platform.ui import slots
from leerkring.platform.ui.slots import NavItem


def _signed_in(person: Person | None, community: Community | None) -> bool:
    return person is not None


def _of_the_team(person: Person | None, community: Community | None) -> bool:
    return community is not None and access.may_open_editions(person, community)


slots.nav(
    NavItem(_("Programmes"), "programmes:programmes_page", order=30, everywhere=True, place="person", shown=_signed_in),
    NavItem(_("Settings of the programme"), "programmes:settings_page", order=50, place="person", shown=_of_the_team),
)


@slots.fill("meetings_page", order=20)
def cycle_of_meetings(request: HttpRequest, community: Community, **_more: Any) -> str | None:
    """The current cycle above the list of meetings."""
    cycle = queries.current_cycle(community)
    if cycle is None:
        return None
    steps = steps_of(cycle, queries.meetings_to_come(person_of(request), community), community.slug or "")
    return render_to_string("programmes/cycle_strip.html", {"cycle": cycle, "steps": steps}, request)


@slots.fill("meeting_page", order=10)
def editions_of_meeting(request: HttpRequest, meeting: Meeting, **_more: Any) -> str | None:
    """For which edition a meeting counts, which cycle began with it."""
    if meeting.community.root_id is not None:
        return None
    places = queries.place_in_course(meeting, person_of(request))
    if not places:
        return None
    context = {"places": places, "slug": meeting.community.slug}
    return render_to_string("programmes/meeting_strip.html", context, request)


@slots.fill("today_page", order=15)
def applications_waiting(request: HttpRequest, community: Community, **_more: Any) -> str | None:
    """Who asked for a place waits for the team: on top of its day."""
    if not access.may_open_editions(person_of(request), community):
        return None
    waiting = recruiting.applied_in(community)
    if not waiting:
        return None
    context = {"waiting": waiting, "community": community}
    return render_to_string("programmes/today_strip.html", context, request)


@slots.fill("programme_people", order=10)
def editions_of_people(request: HttpRequest, community: Community, **_more: Any) -> str | None:
    editions = list(queries.editions_visible_to(person_of(request), community))
    if not editions:
        return None
    return render_to_string("programmes/people_strip.html", {"editions": editions, "community": community}, request)


@slots.fill("edition_page_end", order=30)
def evaluations_of_edition(request: HttpRequest, edition: Edition, meetings: list[Meeting], **_more: Any) -> str | None:
    """What people thought of its meetings, one beside the other: for the programme team."""
    person = person_of(request)
    if not may_prepare_evaluations(person, edition.community):
        return None
    closed = list(evaluations.closed_evaluations(meetings))
    trends = trends_of(closed, evaluations.answers_to(closed)) if len(closed) > 1 else []
    if not trends and not edition.takes_enrolments:
        return None
    context = {
        "community": edition.community,
        "trends": [(trend, pictures.line(trend, number)) for number, trend in enumerate(trends, start=1)],
        "may_prepare": edition.takes_enrolments,
    }
    return render_to_string("programmes/evaluation_strip.html", context, request)
