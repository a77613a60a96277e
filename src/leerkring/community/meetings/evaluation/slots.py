"""The evaluation on the page of its own meeting, for who was there and who leads it, and on the phone of a guest."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from leerkring.community.meetings.evaluation import access, queries
from leerkring.community.meetings.models import Meeting, Seat
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
        and not queries.has_answered(queries.voices_of(person, meeting), evaluation)
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
        "has_few": evaluation is not None and evaluation.has_few,
    }
    return render_to_string("meetings/evaluation/strip.html", context, request)


@slots.fill("seat_page")
def evaluation_at_seat(request: HttpRequest, seat: Seat, **more: Any) -> str | None:
    """On the phone with which somebody came in: the questions, or that they come."""
    evaluation = queries.evaluation_of(seat.meeting) if access.may_answer_at(seat) else None
    if evaluation is None or evaluation.is_over or seat.meeting.is_cancelled:
        return None
    if not evaluation.has_begun and seat.person is not None:
        return None
    has_answered = evaluation.is_open and queries.has_answered(queries.voices_at(seat), evaluation)
    context = {"evaluation": evaluation, "meeting": seat.meeting, "has_answered": has_answered}
    return render_to_string("meetings/evaluation/seat.html", context, request)
