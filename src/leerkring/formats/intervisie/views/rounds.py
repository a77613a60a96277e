from __future__ import annotations

from datetime import datetime
from typing import Any

from django.forms.utils import from_current_timezone
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.requests import person_of, signed_in_person
from leerkring.community.people.models import Person
from leerkring.formats.intervisie import access, actions, queries, words
from leerkring.formats.intervisie.forms.groups import OWN, PlanForm
from leerkring.formats.intervisie.library import SHEETS, Sheet
from leerkring.formats.intervisie.models import IntervisieGroup, Round
from leerkring.formats.intervisie.screens import now_in, plan_for
from leerkring.formats.intervisie.sheets import every_sheet, sheet_of_round
from leerkring.formats.intervisie.views.fetch import attempt, group_or_404, require, round_or_404
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts


@admits(Admission.CONTACT, get=200, post=422)
@require_http_methods(["GET", "POST"])
def round_plan(request: HttpRequest, slug: str, intervisie_id: int) -> HttpResponse:
    """Which method, and when."""
    group, person = group_or_404(request, slug, intervisie_id), signed_in_person(request)
    require(access.may_plan_round(person, group))
    sheets = {sheet.key: sheet for sheet in every_sheet(queries.methods_of(group.community))}
    meetings = {str(meeting.pk): meeting for meeting in queries.meetings_to_sit_at(person, group)}
    given = request.POST if request.method == "POST" else None
    first = request.GET.get("meeting", "")
    form = PlanForm(
        given,
        methods=[(key, words.method_choice(sheet)) for key, sheet in sheets.items()],
        meetings=[(meeting, words.meeting_choice(meeting)) for meeting in meetings.values()],
        initial={
            "method": next(iter(SHEETS)),
            "meeting": first if first in meetings else next(iter(meetings), OWN),
        },
    )
    if form.is_bound and form.is_valid():
        try:
            made = _plan(group, form.cleaned_data, sheets, meetings, person)
            return redirect("intervisie:run_page", slug, made.pk)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    context = {"community": group.community, "group": group, "form": form}
    return render(request, "intervisie/round_plan.html", context, status=200 if request.method == "GET" else 422)


def _plan(
    group: IntervisieGroup, values: dict[str, Any], sheets: dict[str, Sheet], meetings: dict[str, Meeting], by: Person
) -> Round:
    sheet = sheets[values["method"]]
    if values["meeting"] != OWN:
        return actions.plan_round(group=group, meeting=meetings[values["meeting"]], sheet=sheet, by=by)
    starts_at = from_current_timezone(datetime.combine(values["day"], values["starts"]))
    return actions.plan_round_on(group=group, starts_at=starts_at, sheet=sheet, place=values["place"], by=by)


@admits(Admission.GROUP, get=200)
@require_GET
def round_page(request: HttpRequest, slug: str, intervisie_round_id: int) -> HttpResponse:
    """What is on now, on the phone of each member."""
    round_, person = round_or_404(request, slug, intervisie_round_id), person_of(request)
    return render(
        request,
        "intervisie/round_page.html",
        {
            "community": round_.group.community,
            "round": round_,
            "group": round_.group,
            "sheet": sheet_of_round(round_),
            "now": now_in(round_) if round_.is_running else None,
            "plan": plan_for(round_) if round_.is_planned else None,
            "must_accept": access.is_member(person, round_.group) and not queries.has_accepted(person, round_.group),
        },
    )


@admits(Admission.GROUP, get=200)
@require_GET
def run_page(request: HttpRequest, slug: str, intervisie_round_id: int) -> HttpResponse:
    """The clock, for who is the chair."""
    round_, person = round_or_404(request, slug, intervisie_round_id), person_of(request)
    require(access.may_run(person, round_))
    waiting = list(queries.waiting_for(round_)) if round_.is_planned else []
    may_note = access.may_note_who_is_here(person, round_)
    return render(
        request,
        "intervisie/run_page.html",
        {
            "community": round_.group.community,
            "round": round_,
            "group": round_.group,
            "sheet": sheet_of_round(round_),
            "now": now_in(round_) if round_.is_running else None,
            "plan": plan_for(round_) if round_.is_planned else None,
            "companions": queries.companions_of(round_.group),
            "waiting": waiting,
            "own_waits": person in waiting,
            "methods": _choices(round_) if round_.is_planned else [],
            "may_remove": round_.is_planned and access.may_plan_round(person, round_.group),
            "may_note": may_note,
            "here": queries.here_at(round_) if may_note else set(),
        },
    )


def _choices(round_: Round) -> list[tuple[str, str, bool]]:
    now = sheet_of_round(round_).key
    sheets = every_sheet(queries.methods_of(round_.group.community))
    return [(sheet.key, words.method_choice(sheet), sheet.key == now) for sheet in sheets]


@admits(Admission.GROUP, post=302)
@require_POST
def round_change(request: HttpRequest, slug: str, intervisie_round_id: int) -> HttpResponse:
    """Another method."""
    round_, person = round_or_404(request, slug, intervisie_round_id), signed_in_person(request)
    require(access.may_run(person, round_))
    sheets = {sheet.key: sheet for sheet in every_sheet(queries.methods_of(round_.group.community))}
    sheet = sheets.get(request.POST.get("method", ""))
    if sheet is None:
        toasts.refuse(request, _("Choose a method."))
    else:
        attempt(request, lambda: actions.change_round(round=round_, sheet=sheet, by=person))
    return redirect("intervisie:run_page", slug, round_.pk)


@admits(Admission.CONTACT, post=302)
@require_POST
def round_remove(request: HttpRequest, slug: str, intervisie_round_id: int) -> HttpResponse:
    round_, person = round_or_404(request, slug, intervisie_round_id), signed_in_person(request)
    if attempt(request, lambda: actions.remove_round(round=round_, by=person)):
        toasts.say(request, _("Round removed. The meeting is still there."))
        return redirect("intervisie:group_page", slug, round_.group_id)
    return redirect("intervisie:run_page", slug, intervisie_round_id)


@admits(Admission.OWN_FACILITATOR, post=302)
@require_POST
def attendance_note(request: HttpRequest, slug: str, intervisie_round_id: int) -> HttpResponse:
    """Who is here, by name: the facilitator of the meeting and the team."""
    round_, person = round_or_404(request, slug, intervisie_round_id), signed_in_person(request)
    ids = set(request.POST.getlist("here"))
    people = [each for each in queries.members_of(round_.group) if str(each.pk) in ids]
    if attempt(request, lambda: actions.note_who_is_here(round=round_, people=people, by=person)):
        toasts.say(request, _("Who is here is noted."))
    return redirect("intervisie:run_page", slug, round_.pk)
