from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerkring.community.meetings.evaluation import access, actions, pictures, queries
from leerkring.community.meetings.evaluation.forms import AnswerForm, PrepareForm, PrepareSeveralForm
from leerkring.community.meetings.evaluation.library import USUAL
from leerkring.community.meetings.evaluation.models import THRESHOLD
from leerkring.community.meetings.evaluation.results import SCALE, results_of
from leerkring.community.meetings.models import Meeting
from leerkring.community.meetings.views.fetch import attempt, meeting_or_404
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import community_or_404, person_of, signed_in_person
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import EditedMeanwhile, Refused
from leerkring.platform.ui import toasts


@admits(Admission.OWN_FACILITATOR, get=200, post=422)
@require_http_methods(["GET", "POST"])
def evaluation_prepare(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """Choose the two to four questions."""
    community, meeting = _own_meeting(request, slug, meeting_id)
    evaluation = queries.evaluation_of(meeting)
    questions = queries.questions_of(evaluation) if evaluation else []
    form = PrepareForm(
        request.POST if request.method == "POST" else None,
        initial=PrepareForm.initial_of(evaluation, questions, keeps_text=meeting.keeps_text),
        keeps_text=meeting.keeps_text,
    )
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            actions.prepare_evaluation(
                meeting=meeting,
                questions=form.asked(),
                days=said["days"],
                revision=said["revision"],
                by=signed_in_person(request),
            )
        except EditedMeanwhile as other:
            toasts.warn(
                request,
                _("%(name)s chose questions at the same time. Here they are; choose again if you want others.")
                % {"name": other.by_name or _("Somebody")},
            )
            return redirect("meetings:evaluation_prepare", slug, meeting.pk)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            toasts.say(request, _("The evaluation is ready. It opens by itself when the meeting ends."))
            return redirect("meetings:meeting_page", slug, meeting.pk)
    context = {"community": community, "meeting": meeting, "evaluation": evaluation, "form": form}
    return render(request, "meetings/evaluation/prepare.html", context, status=422 if form.is_bound else 200)


@admits(Admission.TEAM, get=200, post=422)
@require_http_methods(["GET", "POST"])
def evaluations_prepare(request: HttpRequest, slug: str) -> HttpResponse:
    """The same questions at several meetings, so that their answers can be laid side by side."""
    community, person = community_or_404(request, slug), signed_in_person(request)
    if not access.may_prepare_evaluations(person, community):
        raise PermissionDenied(_("Evaluations of several meetings are for the programme team."))
    meetings = queries.meetings_to_prepare(person, community)
    form = PrepareSeveralForm(
        request.POST if request.method == "POST" else None, initial={"ready": list(USUAL)}, meetings=meetings
    )
    if form.is_bound and form.is_valid():
        try:
            made = actions.prepare_evaluations(
                meetings=form.cleaned_data["meetings"], questions=form.asked(), by=person
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            said = ngettext("%(count)s evaluation is ready.", "%(count)s evaluations are ready.", len(made))
            toasts.say(request, said % {"count": len(made)})
            return redirect("meetings:meetings_page", slug)
    context = {"community": community, "form": form, "meetings": meetings}
    return render(request, "meetings/evaluation/prepare_several.html", context, status=422 if form.is_bound else 200)


@admits(Admission.OWN_FACILITATOR, get=200)
@require_GET
def evaluation_results(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """What was answered, once it is closed and five or more did."""
    community, meeting = _own_meeting(request, slug, meeting_id)
    evaluation = queries.evaluation_of(meeting)
    results = []
    if evaluation is not None:
        results = results_of(evaluation, queries.questions_of(evaluation), queries.answers_to([evaluation]))
    return render(
        request,
        "meetings/evaluation/results.html",
        {
            "community": community,
            "meeting": meeting,
            "evaluation": evaluation,
            "threshold": THRESHOLD,
            "results": [
                (
                    result,
                    pictures.bars(result) if result.is_scale and result.is_shown else "",
                    pictures.sentence(result),
                )
                for result in results
            ],
            "has_few": evaluation is not None and evaluation.has_few,
        },
    )


@admits(Admission.OWN_FACILITATOR, post=302)
@require_POST
def evaluation_close(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """Ask nobody any more."""
    _community, meeting = _own_meeting(request, slug, meeting_id)
    try:
        actions.close_evaluation(meeting=meeting, by=signed_in_person(request))
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
    else:
        toasts.say(request, _("The evaluation is closed."))
    return redirect("meetings:evaluation_results", slug, meeting.pk)


@admits(Admission.OWN_FACILITATOR, post=302)
@require_POST
def evaluation_drop(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """Ask nothing after all."""
    _community, meeting = _own_meeting(request, slug, meeting_id)
    try:
        actions.drop_evaluation(meeting=meeting, by=signed_in_person(request))
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
    else:
        toasts.say(request, _("Nothing is asked at the end of this meeting."))
    return redirect("meetings:meeting_page", slug, meeting.pk)


def _own_meeting(request: HttpRequest, slug: str, meeting_id: int) -> tuple[Community, Meeting]:
    community, meeting = meeting_or_404(request, slug, meeting_id)
    if not access.may_prepare_evaluation(person_of(request), meeting):
        raise PermissionDenied(_("The evaluation is for the facilitator of this meeting and the programme team."))
    return community, meeting


@admits(Admission.OWN_FACILITATOR, get=200, post=422)
@require_http_methods(["GET", "POST"])
def evaluation_paper(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """Type over what somebody wrote on paper, one sheet at a time."""
    community, meeting = _own_meeting(request, slug, meeting_id)
    evaluation = queries.evaluation_of(meeting)
    questions = queries.questions_of(evaluation) if evaluation else []
    form = AnswerForm(
        request.POST if request.method == "POST" else None, questions=questions, keeps_text=meeting.keeps_text
    )
    if form.is_valid() and attempt(
        form, lambda: actions.type_over(meeting=meeting, answers=form.answers(), by=signed_in_person(request))
    ):
        toasts.say(request, _("It counts. Now the next sheet."))
        return redirect("meetings:evaluation_paper", slug, meeting.pk)
    context = {"community": community, "meeting": meeting, "evaluation": evaluation, "form": form}
    return render(request, "meetings/evaluation/paper.html", context, status=422 if form.is_bound else 200)


@admits(Admission.OWN_FACILITATOR, get=200)
@require_GET
def evaluation_sheet(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """The questions on paper, for who has no phone."""
    community, meeting = _own_meeting(request, slug, meeting_id)
    evaluation = queries.evaluation_of(meeting)
    context = {
        "community": community,
        "meeting": meeting,
        "questions": queries.questions_of(evaluation) if evaluation else [],
        "numbers": SCALE,
    }
    return render(request, "meetings/evaluation/sheet.html", context)
