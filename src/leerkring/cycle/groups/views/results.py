from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.requests import person_of, signed_in_person
from leerkring.cycle.groups import access, actions, queries
from leerkring.cycle.groups.forms import ResultForm, take_over
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.groups.portrait import portrait_of
from leerkring.cycle.groups.views.doors import group_or_404, require
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import EditedMeanwhile, Refused
from leerkring.platform.ui import toasts


def _meeting_or_404(request: HttpRequest, group: LearningGroup, meeting_id: int) -> Meeting:
    return get_object_or_404(queries.meetings_to_present_at(person_of(request), group), pk=meeting_id)


@admits(Admission.READERS, get=200)
@require_GET
def result_page(request: HttpRequest, slug: str, group_id: int, meeting_id: int) -> HttpResponse:
    """One page of results: to read, to print, to show on a wall."""
    group, person = group_or_404(request, slug, group_id), person_of(request)
    meeting = _meeting_or_404(request, group, meeting_id)
    return render(
        request,
        "groups/result.html",
        {
            "community": group.community,
            "group": group,
            "meeting": meeting,
            "result": queries.result_for(group, meeting),
            "it": portrait_of(person, group),
            "may_write": access.may_write_result(person, group),
        },
    )


@admits(Admission.GROUP, get=200, post=302)
@require_http_methods(["GET", "POST"])
def result_edit(request: HttpRequest, slug: str, group_id: int, meeting_id: int) -> HttpResponse:
    group, person = group_or_404(request, slug, group_id), signed_in_person(request)
    meeting = _meeting_or_404(request, group, meeting_id)
    require(access.may_write_result(person, group))
    result = queries.result_for(group, meeting)
    as_it_is: dict[str, Any] = {"revision": 0}
    if result is not None:
        as_it_is = {name: getattr(result, name) for name in ResultForm.base_fields}
    form = ResultForm(request.POST if request.method == "POST" else None, initial=as_it_is)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_result(group=group, meeting=meeting, by=person, **form.cleaned_data)
        except EditedMeanwhile as edited:
            conflict = edited
            take_over(form, edited.revision)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            toasts.say(request, _("Your page is kept."))
            return redirect("groups:result_page", slug=slug, group_id=group.pk, meeting_id=meeting.pk)
    return render(
        request,
        "groups/result_form.html",
        {
            "community": group.community,
            "group": group,
            "meeting": meeting,
            "form": form,
            "conflict": conflict,
            "keep": {name: f"result-{group.pk}-{meeting.pk}-{name}" for name in ResultForm.base_fields},
        },
        status=422 if form.errors or conflict else 200,
    )
