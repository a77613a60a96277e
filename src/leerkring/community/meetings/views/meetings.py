from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerkring.community.meetings import access, actions, queries
from leerkring.community.meetings.enums import MeetingKind, MeetingState
from leerkring.community.meetings.forms import KindFilterForm, MeetingForm
from leerkring.community.meetings.models import Meeting
from leerkring.community.meetings.polls import access as poll_access
from leerkring.community.meetings.polls import queries as polls
from leerkring.community.meetings.rhythm.access import may_set_rhythm
from leerkring.community.meetings.views import showing
from leerkring.community.meetings.views.fetch import led_meeting, meeting_or_404, posted_again
from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import community_or_404, person_of, signed_in_person
from leerkring.community.people.models import Person
from leerkring.platform import clock
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import EditedMeanwhile, Refused
from leerkring.platform.ui import toasts

PAST_ON_A_PAGE = 20


@admits(Admission.READERS, get=200)
@require_GET
def meetings_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Meetings to come, what still has to be done after those that were, and the rest."""
    community = community_or_404(request, slug)
    person = person_of(request)
    everything = queries.meetings_visible_to(person, community)
    form = KindFilterForm(request.GET)
    kind = form.asked()
    meetings = queries.of_kind(everything, kind) if kind else everything
    upcoming = list(queries.upcoming(meetings))
    past = Paginator(queries.past(meetings), PAST_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "meetings/meetings_page.html",
        {
            "community": community,
            "form": form,
            "kind": MeetingKind(kind).label if kind else "",
            "upcoming": upcoming,
            "next": next((meeting for meeting in upcoming if not meeting.is_cancelled), None),
            "past": past,
            "today": clock.today(),
            "polls": _polls(person, community),
            "to_do": queries.to_do_of(person, everything),
            "may_plan": access.may_plan_somewhere(person, community),
            "may_set_rhythm": may_set_rhythm(person, community),
        },
    )


@admits(Admission.LEADERS, get=200, post=422)
@require_http_methods(["GET", "POST"])
def meeting_plan(request: HttpRequest, slug: str) -> HttpResponse:
    community = community_or_404(request, slug)
    person = signed_in_person(request)
    circles = queries.circles_to_plan_in(person, community)
    if not circles:
        raise PermissionDenied(_("Facilitators and the programme team plan meetings. Ask one of them."))
    choices: dict[str, Any] = {"circles": circles, "people": queries.people_of(community)}
    if request.method == "GET":
        initial = {"circle": circles[0].pk, "facilitator": person.pk, "label": Label.PROGRAMME, **request.GET.dict()}
        return _form_page(request, community, None, MeetingForm(initial=initial, **choices))
    form = MeetingForm(request.POST, **choices)
    if form.is_valid():
        try:
            meeting = actions.plan_meeting(
                community=form.cleaned_data["circle"],
                kind=MeetingKind(form.cleaned_data["kind"]),
                by=person,
                **form.values(),
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            toasts.say(request, _("%(title)s is planned.") % {"title": meeting.title})
            return redirect("meetings:meeting_page", slug, meeting.pk)
    return _form_page(request, community, None, form)


@admits(Admission.READERS, get=200)
@require_GET
def meeting_page(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    community, meeting = meeting_or_404(request, slug, meeting_id, whole=True)
    return showing.page(request, community, meeting)


@admits(Admission.LEADERS, get=200, post=422)
@require_http_methods(["GET", "POST"])
def meeting_change(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    community, meeting = led_meeting(request, slug, meeting_id)
    person = signed_in_person(request)
    choices: dict[str, Any] = {
        "circles": queries.circles_to_plan_in(person, community),
        "people": queries.people_to_lead(meeting),
    }
    if request.method == "GET":
        return _form_page(request, community, meeting, MeetingForm(meeting=meeting, **choices))
    form = MeetingForm(request.POST, meeting=meeting, **choices)
    conflict = None
    if form.is_valid():
        try:
            actions.change_meeting(meeting=meeting, revision=form.cleaned_data["revision"], by=person, **form.values())
        except EditedMeanwhile as edited:
            conflict = edited
            form = MeetingForm(posted_again(request, edited), meeting=meeting, **choices)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            toasts.say(request, _("Saved."))
            return redirect("meetings:meeting_page", slug, meeting.pk)
    return _form_page(request, community, meeting, form, conflict)


@admits(Admission.LEADERS, post=422)
@require_POST
def meeting_move(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """One step along the table of states: `state` says which."""
    community, meeting = led_meeting(request, slug, meeting_id)
    asked = request.POST.get("state") or request.GET.get("state", "")
    if asked not in MeetingState.values:
        toasts.refuse(request, _("Choose what has to happen."))
        return showing.page(request, community, meeting, status=422)
    before = MeetingState(meeting.state)
    try:
        actions.move_meeting(meeting=meeting, state=MeetingState(asked), by=signed_in_person(request))
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
        return showing.page(request, community, meeting, status=422)
    undo = reverse("meetings:meeting_move", args=[slug, meeting.pk]) + f"?state={before}"
    may_undo = before != asked and meeting.may_become(before)
    toasts.say(
        request, _("The meeting is now: %(state)s.") % {"state": meeting.get_state_display()}, undo if may_undo else ""
    )
    return redirect("meetings:meeting_page", slug, meeting.pk)


@admits(Admission.LEADERS, post=302)
@require_POST
def meeting_cancel(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    community, meeting = led_meeting(request, slug, meeting_id)
    try:
        actions.cancel_meeting(meeting=meeting, by=signed_in_person(request))
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
        return showing.page(request, community, meeting, status=422)
    toasts.say(
        request,
        _("%(title)s does not take place.") % {"title": meeting.title},
        undo=reverse("meetings:meeting_restore", args=[slug, meeting.pk]),
    )
    return redirect("meetings:meeting_page", slug, meeting.pk)


@admits(Admission.LEADERS, post=302)
@require_POST
def meeting_restore(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    community, meeting = led_meeting(request, slug, meeting_id)
    try:
        actions.restore_meeting(meeting=meeting, by=signed_in_person(request))
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
        return showing.page(request, community, meeting, status=422)
    toasts.say(request, _("%(title)s is planned again.") % {"title": meeting.title})
    return redirect("meetings:meeting_page", slug, meeting.pk)


def _polls(person: Person | None, community: Community) -> list[dict[str, object]]:
    """Those that take answers; for who planned them also those that wait for a choice."""
    visible = polls.polls_visible_to(person, community)
    found = [(poll, poll_access.may_keep_poll(person, poll)) for poll in polls.waiting(visible)]
    return [{"poll": poll, "may_keep": may_keep} for poll, may_keep in found if may_keep or poll.is_open]


def _form_page(
    request: HttpRequest,
    community: Community,
    meeting: Meeting | None,
    form: MeetingForm,
    conflict: EditedMeanwhile | None = None,
) -> HttpResponse:
    return render(
        request,
        "meetings/meeting_form.html",
        {"community": community, "meeting": meeting, "form": form, "conflict": conflict},
        status=422 if conflict or (form.is_bound and form.errors) else 200,
    )
