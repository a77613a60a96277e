from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import person_of
from leerkring.community.people.models import Person
from leerkring.cycle.insights.models import HarvestItem, Insight
from leerkring.cycle.uptake import access, queries
from leerkring.platform import clock
from leerkring.platform.ui import slots
from leerkring.platform.ui.slots import NavItem


def _everybody_here(person: Person | None, community: Community | None) -> bool:
    return community is not None


def _people_of_the_programme(person: Person | None, community: Community | None) -> bool:
    return community is not None and access.may_see_commitments(person, community)


def community_of(request: HttpRequest) -> Community | None:
    """The programme of the page that the slot stands on."""
    community: Community | None = getattr(request, "community", None)
    return community


slots.nav(
    NavItem(_("Uptake"), "uptake:matrix_page", order=40, shown=_everybody_here),
    NavItem(_("My commitments"), "uptake:commitments_page", order=20, place="person", shown=_people_of_the_programme),
)


@slots.fill("insight_page", order=30)
def changes_of_insight(request: HttpRequest, insight: Insight, **more: Any) -> str | None:
    """Which changes rest on this insight, and a way to make one of it."""
    person, community = person_of(request), community_of(request)
    if community is None:
        return None
    changes = list(queries.changes_resting_on(insight, person, community))
    may_put = access.may_put_change(person, community)
    if not changes and not may_put:
        return None
    context = {"insight": insight, "community": community, "changes": changes, "may_put": may_put}
    return render_to_string("uptake/changes_of_insight.html", context, request)


@slots.fill("meeting_page", order=40)
def commitments_of_meeting(request: HttpRequest, meeting: Meeting, **more: Any) -> str | None:
    """What this person means to do since this meeting, and a way to say so."""
    person, community = person_of(request), community_of(request)
    if person is None or community is None:
        return None
    if not meeting.keeps_text or not access.may_see_commitments(person, community):
        return None
    own = list(queries.commitments_at(meeting, person, community))
    has_begun = meeting.starts_at <= clock.now() and not meeting.is_cancelled
    may_commit = access.may_make_commitment(person, meeting, person) and has_begun
    may_type = access.may_type_commitments(person, meeting) and has_begun
    if not own and not may_commit and not may_type:
        return None
    context = {
        "meeting": meeting,
        "community": community,
        "own": own,
        "may_commit": may_commit,
        "may_type": may_type,
    }
    return render_to_string("uptake/commitments_of_meeting.html", context, request)


@slots.fill("harvest_commitments")
def commitments_of_harvest(
    request: HttpRequest, meeting: Meeting, items: Sequence[HarvestItem], **more: Any
) -> str | None:
    """The lines that are a commitment, with a way to say whose; who has it stays between that person and the team."""
    person, community = person_of(request), community_of(request)
    if community is None:
        return None
    made = {made.harvest_item_id: made for made in queries.commitments_from(items)}
    sees_all = access.may_see_all_commitments(person, community)
    lines = [(item, made.get(item.pk)) for item in items]
    may_promote = access.may_harvest_commitment(person, meeting)
    context = {"community": community, "lines": lines, "sees_all": sees_all, "may_promote": may_promote}
    return render_to_string("uptake/commitments_of_harvest.html", context, request)
