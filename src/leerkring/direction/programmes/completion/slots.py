from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from leerkring.community.meetings.models import Attendance, Meeting
from leerkring.community.memberships.requests import person_of
from leerkring.direction.programmes import queries as programmes
from leerkring.direction.programmes.completion import access, queries, words
from leerkring.direction.programmes.completion.showing import overview_of
from leerkring.direction.programmes.models import Edition
from leerkring.platform.ui import slots


@slots.fill("edition_page", order=20)
def completion_of_edition(
    request: HttpRequest, edition: Edition, meetings: list[Meeting], attendances: list[Attendance], **_more: Any
) -> str | None:
    """To the team: who completed, certificates and what was corrected. To who takes part: how it stands with them."""
    person = person_of(request)
    context: dict[str, Any] = {"edition": edition, "slug": edition.community.slug}
    if access.may_decide_completion(person, edition):
        context["overview"] = overview_of(edition, meetings, attendances)
        if not context["overview"].rows or not any(meeting.is_held for meeting in meetings):
            return None
        return render_to_string("programmes/completion/team_strip.html", context, request)
    own = programmes.enrolment_of(person, edition)
    if own is None or own.state not in programmes.TAKING_PART:
        return None
    tally = queries.tally_of(own)
    if not tally.held_count:
        return None
    context |= {"own": own, "tally": tally, "explanation": words.explanation(own, tally)}
    return render_to_string("programmes/completion/own_strip.html", context, request)
