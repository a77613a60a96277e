from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerkring.community.meetings.evaluation import access, actions, queries
from leerkring.community.meetings.evaluation.forms import AnswerForm
from leerkring.community.meetings.evaluation.links import asked_in
from leerkring.community.meetings.evaluation.models import Evaluation
from leerkring.community.meetings.models import Meeting
from leerkring.community.meetings.views.fetch import attempt, meeting_or_404
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import person_of, signed_in_person
from leerkring.community.people.models import Person
from leerkring.platform.admission import Admission, admits


@admits(Admission.READERS, get=200)
@never_cache
@require_GET
def evaluation_page(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """How was it? For who was there, from the end of the meeting on."""
    community, meeting = meeting_or_404(request, slug, meeting_id)
    return _page(request, community, meeting, person_of(request))


@admits(Admission.FOLLOWERS, post=422)
@sensitive_post_parameters()
@require_POST
def evaluation_answer(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """Answer once."""
    community, meeting = meeting_or_404(request, slug, meeting_id)
    person = signed_in_person(request)
    if not access.may_be_asked(person, meeting):
        raise PermissionDenied(_("This is asked of the people of the programme who were there."))
    form = _answered(request, meeting, person)
    if form.is_valid():
        return redirect("meetings:evaluation_page", slug, meeting.pk)
    return _page(request, community, meeting, person, form=form)


@admits(Admission.EVERYONE, get=404, post=404)
@never_cache
@sensitive_variables("token")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def evaluation_link(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a letter: GET shows the questions, POST answers, without signing in."""
    asked = asked_in(token)
    found = queries.meeting_and_person(*asked) if asked else None
    if found is None:
        return render(request, "meetings/evaluation/page.html", {"evaluation": None, "is_link": True}, status=404)
    meeting, person = found
    home = meeting.community.root or meeting.community
    if request.method != "POST":
        return _page(request, home, meeting, person, is_link=True)
    form = _answered(request, meeting, person)
    if form.is_valid():
        return redirect("meetings:evaluation_link", token)
    return _page(request, home, meeting, person, form=form, is_link=True)


def _answered(request: HttpRequest, meeting: Meeting, person: Person) -> AnswerForm:
    """The form as it was sent, with a refusal on it when it did not count."""
    evaluation = queries.evaluation_of(meeting)
    questions = queries.questions_of(evaluation) if evaluation else []
    form = AnswerForm(request.POST, questions=questions, keeps_text=meeting.keeps_text)
    if form.is_valid():
        attempt(form, lambda: actions.answer_evaluation(meeting=meeting, by=person, answers=form.answers()))
    return form


def _page(
    request: HttpRequest,
    community: Community,
    meeting: Meeting,
    person: Person | None,
    form: AnswerForm | None = None,
    **more: Any,
) -> HttpResponse:
    evaluation = queries.evaluation_of(meeting)
    is_asked = person is not None and access.may_be_asked(person, meeting) and queries.was_there(person, meeting)
    has_answered = evaluation is not None and person is not None and queries.has_answered(person, evaluation)
    if form is None and evaluation is not None and evaluation.is_open and is_asked and not has_answered:
        form = _blank(evaluation, meeting)
    context = {
        "community": community,
        "meeting": meeting,
        "evaluation": evaluation,
        "is_asked": is_asked,
        "has_answered": has_answered,
        "form": form,
        "may_see": not more and access.may_see_evaluation(person, meeting),
        **more,
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "meetings/evaluation/page.html", context, status=status)


def _blank(evaluation: Evaluation, meeting: Meeting) -> AnswerForm:
    return AnswerForm(questions=queries.questions_of(evaluation), keeps_text=meeting.keeps_text)
