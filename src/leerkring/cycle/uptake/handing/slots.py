from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import person_of
from leerkring.cycle.questions.access import is_owner
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.cycle.uptake.handing import queries
from leerkring.platform.ui import slots


@slots.fill("question_page", order=90)
def hand_over_question(request: HttpRequest, question: LearningQuestion, **_more: Any) -> str | None:
    """For its owner: a way to let somebody else go on with it."""
    person, community = person_of(request), getattr(request, "community", None)
    if community is None or not is_owner(person, question) or question.state not in queries.STILL_OPEN:
        return None
    return render_to_string(
        "uptake/handing/question_strip.html", {"question": question, "community": community}, request
    )


@slots.fill("today_page", order=10)
def handovers_to_answer(request: HttpRequest, community: Community, **_more: Any) -> str | None:
    """What somebody asks me to take over waits on top of my day."""
    waiting = list(queries.handovers_to_answer(person_of(request), community)[:5])
    if not waiting:
        return None
    context = {"waiting": waiting, "community": community}
    return render_to_string("uptake/handing/today_strip.html", context, request)
