"""The evaluation on the page of its own meeting: for who was there, and for who leads it."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from leerkring.community.meetings.evaluation import access, queries
from leerkring.community.meetings.evaluation.models import THRESHOLD
from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.requests import person_of
from leerkring.platform.ui import slots


@slots.fill("meeting_page", order=10)
def evaluation_of_meeting(request: HttpRequest, meeting: Meeting, **more: Any) -> str | None:
    """Answer it, prepare it, or read what was answered."""
    person = person_of(request)
    if person is None or meeting.is_cancelled:
        return None
    may_lead = access.may_prepare_evaluation(person, meeting)
    may_be_asked = access.may_be_asked(person, meeting)
    if not may_lead and not may_be_asked:
        return None
    evaluation = queries.evaluation_of(meeting)
    if evaluation is None and (not may_lead or meeting.is_held):
        return None
    waits_for_me = (
        evaluation is not None
        and evaluation.is_open
        and may_be_asked
        and queries.was_there(person, meeting)
        and not queries.has_answered(person, evaluation)
    )
    if not may_lead and not waits_for_me:
        return None
    context = {
        "meeting": meeting,
        "community": getattr(request, "community", None) or meeting.community.root or meeting.community,
        "evaluation": evaluation,
        "may_lead": may_lead,
        "waits_for_me": waits_for_me,
        "questions": queries.questions_of(evaluation) if evaluation and may_lead else [],
        "has_few": evaluation is not None and evaluation.answers_count < THRESHOLD,
    }
    return render_to_string("meetings/evaluation/strip.html", context, request)
