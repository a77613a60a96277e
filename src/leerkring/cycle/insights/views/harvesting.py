from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerkring.community.meetings.enums import MeetingState
from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import person_of, signed_in_person
from leerkring.cycle.insights import access, actions, queries
from leerkring.cycle.insights.enums import HarvestKind
from leerkring.cycle.insights.forms import LineEditForm, LineForm, take_over
from leerkring.cycle.insights.kinds import SIGNS, read_line
from leerkring.cycle.insights.templatetags.insights import harvest_line
from leerkring.cycle.insights.views.doors import line_or_404, meeting_or_404, require
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import EditedMeanwhile, Refused
from leerkring.platform.ui import toasts

FINISHED = (MeetingState.HARVESTED, MeetingState.CLOSED)
LEGEND = [(sign, SIGNS[sign]) for sign in "!?#>-"]


@admits(Admission.READERS, get=200)
@require_GET
def harvest_page(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """What the meeting yielded, line by line; who makes the harvest types here."""
    community, meeting = meeting_or_404(request, slug, meeting_id)
    return _page(request, community, meeting, _fresh_form())


def _fresh_form() -> LineForm:
    """An empty line with a key of its own, so that sending it twice is one line without script too."""
    return LineForm(initial={"key": uuid4()})


def _page(
    request: HttpRequest, community: Community, meeting: Meeting, form: LineForm, status: int = 200
) -> HttpResponse:
    person = person_of(request)
    may_write = access.may_harvest(person, meeting)
    takes_lines = meeting.state not in (MeetingState.CANCELLED, MeetingState.CLOSED)
    lines = list(queries.lines_with_rings(meeting))
    return render(
        request,
        "insights/harvest.html",
        {
            "community": community,
            "meeting": meeting,
            "lines": reversed(lines) if may_write else lines,
            "line_count": len(lines),
            "may_write": may_write and takes_lines,
            "may_finish": may_write and meeting.state not in FINISHED and bool(lines),
            "is_finished": meeting.state in FINISHED,
            "form": form,
            "legend": LEGEND,
        },
        status=status,
    )


def _typed(form: LineForm) -> dict[str, Any]:
    kind, text = read_line(form.cleaned_data["text"])
    key = form.cleaned_data["key"]
    return {"kind": kind, "text": text, "key": str(key) if key else None}


@admits(Admission.LEADERS, post=422)
@require_POST
def harvest_add(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """Add the typed line, and show the page again with an empty one."""
    community, meeting = meeting_or_404(request, slug, meeting_id)
    person = signed_in_person(request)
    require(access.may_harvest(person, meeting))
    form = LineForm(request.POST)
    if form.is_valid():
        try:
            actions.harvest(meeting=meeting, by=person, **_typed(form))
        except Refused as refusal:
            form.add_error("text", refusal.message)
        else:
            return redirect("insights:harvest_page", slug=slug, meeting_id=meeting.pk)
    return _page(request, community, meeting, form, status=422)


@admits(Admission.LEADERS, post=422)
@require_POST
def harvest_send(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """The same for the script of the page: the answer is the line alone, or the sentence that says what is wrong."""
    _community, meeting = meeting_or_404(request, slug, meeting_id)
    person = signed_in_person(request)
    require(access.may_harvest(person, meeting))
    form = LineForm(request.POST)
    if not form.is_valid():
        return _wrong(str(next(iter(form.errors.values()))[0]))
    try:
        item = actions.harvest(meeting=meeting, by=person, **_typed(form))
    except Refused as refusal:
        return _wrong(refusal.message)
    return HttpResponse(harvest_line(item, slug, may_write=True))


def _wrong(sentence: str) -> HttpResponse:
    return HttpResponse(sentence, status=422, content_type="text/plain; charset=utf-8")


@admits(Admission.LEADERS, get=200, post=422)
@require_http_methods(["GET", "POST"])
def line_page(request: HttpRequest, slug: str, meeting_id: int, harvest_id: int) -> HttpResponse:
    """Change one line."""
    community, item = line_or_404(request, slug, meeting_id, harvest_id)
    person = signed_in_person(request)
    require(access.may_harvest(person, item.meeting))
    form = LineEditForm(request.POST if request.method == "POST" else None, item=item)
    conflict = None
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            actions.change_harvest(
                item=item, text=chosen["text"], kind=HarvestKind(chosen["kind"]), revision=chosen["revision"], by=person
            )
        except EditedMeanwhile as edited:
            conflict = edited
            take_over(form, edited.revision)
        except Refused as refusal:
            form.add_error("text", refusal.message)
        else:
            return redirect(_at(slug, item.meeting_id, item.pk))
    return render(
        request,
        "insights/line.html",
        {"community": community, "meeting": item.meeting, "item": item, "form": form, "conflict": conflict},
        status=422 if form.errors or conflict else 200,
    )


def _at(slug: str, meeting_id: int, harvest_id: int) -> str:
    page = reverse("insights:harvest_page", kwargs={"slug": slug, "meeting_id": meeting_id})
    return f"{page}#line-{harvest_id}"


@admits(Admission.LEADERS, post=422)
@require_POST
def line_resend(request: HttpRequest, slug: str, meeting_id: int, harvest_id: int) -> HttpResponse:
    """A line typed anew, for the script of the page: the answer is the line alone."""
    _community, item = line_or_404(request, slug, meeting_id, harvest_id)
    person = signed_in_person(request)
    require(access.may_harvest(person, item.meeting))
    form = LineForm(request.POST)
    revision = request.POST.get("revision", "")
    if not form.is_valid():
        return _wrong(str(next(iter(form.errors.values()))[0]))
    kind, text = read_line(form.cleaned_data["text"])
    try:
        actions.change_harvest(
            item=item, text=text, kind=kind, revision=int(revision) if revision.isdecimal() else None, by=person
        )
    except EditedMeanwhile as edited:
        return _wrong(
            _("%(name)s changed this line too: %(text)s. Open the line to see both.")
            % {"name": edited.by_name, "text": item.text}
        )
    except Refused as refusal:
        return _wrong(refusal.message)
    return HttpResponse(harvest_line(item, slug, may_write=True))


@admits(Admission.LEADERS, post=302)
@require_POST
def line_remove(request: HttpRequest, slug: str, meeting_id: int, harvest_id: int) -> HttpResponse:
    _community, item = line_or_404(request, slug, meeting_id, harvest_id)
    actions.remove_harvest(item=item, by=signed_in_person(request))
    place = {"slug": slug, "meeting_id": meeting_id, "harvest_id": harvest_id}
    toasts.say(request, _("Line removed."), undo=reverse("insights:line_restore", kwargs=place))
    return redirect("insights:harvest_page", slug=slug, meeting_id=meeting_id)


@admits(Admission.LEADERS, post=302)
@require_POST
def line_restore(request: HttpRequest, slug: str, meeting_id: int, harvest_id: int) -> HttpResponse:
    _community, item = line_or_404(request, slug, meeting_id, harvest_id)
    actions.restore_harvest(item=item, by=signed_in_person(request))
    return redirect(_at(slug, meeting_id, harvest_id))


@admits(Admission.LEADERS, post=302)
@require_POST
def harvest_finish(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """The harvest is in."""
    _community, meeting = meeting_or_404(request, slug, meeting_id)
    place: dict[str, Any] = {"slug": slug, "meeting_id": meeting_id}
    try:
        actions.finish_harvest(meeting=meeting, by=signed_in_person(request))
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
        return redirect("insights:harvest_page", **place)
    toasts.say(request, _("The harvest is in."), undo=reverse("insights:harvest_reopen", kwargs=place))
    return redirect("meetings:meeting_page", **place)


@admits(Admission.LEADERS, post=302)
@require_POST
def harvest_reopen(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """Undo finishing."""
    _community, meeting = meeting_or_404(request, slug, meeting_id)
    try:
        actions.reopen_harvest(meeting=meeting, by=signed_in_person(request))
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
    return redirect("insights:harvest_page", slug=slug, meeting_id=meeting_id)
