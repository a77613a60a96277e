"""The page of an edition, also shown again with what could not be done."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from leerkring.community.memberships import queries as memberships
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import person_of
from leerkring.direction.programmes import access, queries, recruiting, sentences
from leerkring.direction.programmes.attendance import attendance_table
from leerkring.direction.programmes.enums import EditionState, EnrolmentState
from leerkring.direction.programmes.models import Edition
from leerkring.direction.programmes.next_step import Known, step_for_person, step_for_team
from leerkring.direction.programmes.spread import FEWEST_SHOWN, Margin, Spread, margins

WAITING = (EnrolmentState.INVITED, EnrolmentState.APPLIED, EnrolmentState.WAITING)


def page(request: HttpRequest, community: Community, edition: Edition, status: int = 200) -> HttpResponse:
    whole = access.may_see_enrolments(person_of(request), edition)
    context = _for_team(community, edition) if whole else _for_others(request, community, edition)
    context |= {"community": community, "edition": edition, "whole": whole}
    return render(request, "programmes/edition_page.html", context, status=status)


def _for_team(community: Community, edition: Edition) -> dict[str, Any]:
    enrolments = list(queries.enrolments_of(edition))
    taking_part = [enrolment for enrolment in enrolments if enrolment.state in queries.TAKING_PART]
    left = [enrolment for enrolment in enrolments if enrolment.state == EnrolmentState.LEFT]
    meetings = list(queries.meetings_of_edition(edition))
    attendances = list(queries.attendances_in(edition))
    held = sum(1 for meeting in meetings if meeting.is_held)
    waiting = [enrolment for enrolment in enrolments if enrolment.state in WAITING]
    known = Known(
        slug=community.slug or "",
        meetings_count=len(meetings),
        held_count=held,
        under_way_count=sum(1 for enrolment in taking_part if enrolment.state in queries.UNDER_WAY),
        waiting_count=len(waiting),
        next_meeting=next((meeting for meeting in meetings if not meeting.is_held), None),
        applied_count=sum(1 for enrolment in waiting if enrolment.state == EnrolmentState.APPLIED),
        has_free_places=edition.places_count is None or len(taking_part) < edition.places_count,
    )
    return {
        "heading": sentences.heading_for_team(edition, taking_part, held, len(meetings)),
        "step": step_for_team(edition, known),
        "meetings": meetings,
        "waiting": waiting,
        "taking_part": taking_part,
        "left": left,
        "spread": Spread(taking_part, memberships.organisations_of(community), edition.programme.host),
        "attendances": attendances,
        "table": attendance_table(taking_part, meetings, attendances),
    }


def _for_others(request: HttpRequest, community: Community, edition: Edition) -> dict[str, Any]:
    person = person_of(request)
    own = queries.enrolment_of(person, edition)
    count = queries.taking_part_count(edition)
    may_apply = access.may_register(person, edition) and edition.state == EditionState.RECRUITING
    is_full = edition.places_count is not None and count >= edition.places_count
    return {
        "heading": sentences.heading_for_others(edition),
        "headcount": sentences.headcount(count),
        "step": step_for_person(edition, own, may_apply, is_full, community.slug or ""),
        "meetings": list(queries.meetings_of_edition_visible_to(person, edition)),
        "belongs": memberships.standing_of(person).belongs_to(community),
        "own": own,
        "margins": _margins(edition) if count >= FEWEST_SHOWN else None,
        "organisations": memberships.organisations_of(community),
    }


def _margins(edition: Edition) -> list[tuple[str, list[Margin], bool]]:
    """By organisation and by policy field, as anybody may read it (rule 7)."""
    counts = recruiting.counts_of_spread(edition)
    found = [(title, margins(counts[part])) for title, part in ((_("By organisation"), 0), (_("By policy field"), 1))]
    shown = [(title, [row for row in rows if row.count is not None], rows) for title, rows in found]
    return [(title, some, len(some) < len(rows)) for title, some, rows in shown]
