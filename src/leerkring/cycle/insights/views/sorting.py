from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import signed_in_person
from leerkring.cycle.insights import access, actions, queries
from leerkring.cycle.insights.forms import ActionQuestionForm, QuestionChoiceForm
from leerkring.cycle.insights.models import HarvestItem
from leerkring.cycle.insights.sorting import sorting_of
from leerkring.cycle.insights.views.doors import line_or_404, meeting_or_404, require
from leerkring.cycle.insights.views.harvesting import FINISHED
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts


@admits(Admission.LEADERS, get=200)
@require_GET
def harvest_sort(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """The second look: each line becomes an insight, a question, a commitment, an action, or stays a note."""
    community, meeting = meeting_or_404(request, slug, meeting_id)
    person = signed_in_person(request)
    require(access.may_harvest(person, meeting))
    questions = queries.question_choices(person, community)
    return render(
        request,
        "insights/sort.html",
        {
            "community": community,
            "meeting": meeting,
            "sorting": sorting_of(list(queries.lines_with_results(meeting))),
            "form": ActionQuestionForm(questions=questions, initial={"question": request.GET.get("question")}),
            "may_finish": meeting.state not in FINISHED,
        },
    )


def _promote(
    request: HttpRequest, community: Community, item: HarvestItem, act: Callable[[], object], said: str, undo: str = ""
) -> HttpResponse:
    """Do it and go on sorting where one was; the question chosen for actions stays chosen."""
    place = {"slug": community.slug, "meeting_id": item.meeting_id}
    try:
        act()
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
    else:
        address = reverse(f"insights:{undo}", kwargs=place | {"harvest_id": item.pk}) if undo else ""
        toasts.say(request, said, undo=address)
    page = reverse("insights:harvest_sort", kwargs=place)
    chosen = request.POST.get("question", "")
    return redirect(f"{page}?question={chosen}#line-{item.pk}" if chosen.isdecimal() else f"{page}#line-{item.pk}")


@admits(Admission.LEADERS, post=302)
@require_POST
def line_to_insight(request: HttpRequest, slug: str, meeting_id: int, harvest_id: int) -> HttpResponse:
    community, item = line_or_404(request, slug, meeting_id, harvest_id)
    person = signed_in_person(request)
    return _promote(
        request,
        community,
        item,
        lambda: actions.promote_to_insight(item=item, by=person),
        _("It is an insight now."),
        undo="line_take_back",
    )


@admits(Admission.LEADERS, post=302)
@require_POST
def line_take_back(request: HttpRequest, slug: str, meeting_id: int, harvest_id: int) -> HttpResponse:
    """Undo: the insight is a line again."""
    community, item = line_or_404(request, slug, meeting_id, harvest_id)
    person = signed_in_person(request)
    return _promote(
        request, community, item, lambda: actions.take_back_insight(item=item, by=person), _("It is a line again.")
    )


@admits(Admission.LEADERS, post=302)
@require_POST
def line_to_question(request: HttpRequest, slug: str, meeting_id: int, harvest_id: int) -> HttpResponse:
    community, item = line_or_404(request, slug, meeting_id, harvest_id)
    person = signed_in_person(request)
    return _promote(
        request,
        community,
        item,
        lambda: actions.promote_to_question(item=item, by=person),
        _("The question is raised. The keeper of the agenda can sharpen it."),
    )


@admits(Admission.LEADERS, post=302)
@require_POST
def line_to_action(request: HttpRequest, slug: str, meeting_id: int, harvest_id: int) -> HttpResponse:
    """An action belongs to the question that is chosen above the lines."""
    community, item = line_or_404(request, slug, meeting_id, harvest_id)
    person = signed_in_person(request)
    require(access.may_harvest(person, item.meeting))
    form = QuestionChoiceForm(request.POST, questions=queries.question_choices(person, community))
    if not form.is_valid():
        toasts.refuse(
            request, _("Choose first to which question the action belongs. The choice stands above the lines.")
        )
        return redirect("insights:harvest_sort", slug=slug, meeting_id=meeting_id)
    return _promote(
        request,
        community,
        item,
        lambda: actions.promote_to_action(item=item, question=form.cleaned_data["question"], by=person),
        _("The action stands with its question."),
    )
