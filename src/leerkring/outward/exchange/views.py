from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_POST

from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import community_or_404, signed_in_person
from leerkring.community.people.models import Person
from leerkring.outward.exchange import access, actions, calendars, queries, reports, sheets
from leerkring.outward.exchange.enums import ImportKind
from leerkring.outward.exchange.forms import ReviewForm, UploadForm
from leerkring.outward.exchange.looking import Choices, Look, decide, look_at
from leerkring.outward.exchange.models import ImportBatch, WaitingFile
from leerkring.outward.exchange.sheets import Unreadable
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts

FORM_AROUND_FILE = 64 * 1024
PATIENCE = 64 * 1024 * 1024
PAGE_SIZE = 50
CALENDAR = "text/calendar; charset=utf-8"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _team(request: HttpRequest, slug: str) -> tuple[Community, Person]:
    """The programme and who asks, if that is somebody of its team."""
    community = community_or_404(request, slug)
    person = signed_in_person(request)
    if not access.may_import(person, community):
        raise PermissionDenied(_("Lists come in by the programme team. Ask them."))
    return community, person


def _waiting(request: HttpRequest, slug: str, waiting_id: int) -> tuple[Community, Person, WaitingFile]:
    community, person = _team(request, slug)
    waiting = get_object_or_404(queries.waiting_files_of(person, community), pk=waiting_id)
    return community, person, waiting


def _batch(request: HttpRequest, slug: str, batch_id: int) -> tuple[Community, Person, ImportBatch]:
    community, person = _team(request, slug)
    return community, person, get_object_or_404(queries.batches_of(community), pk=batch_id)


@admits(Admission.TEAM, get=200)
@require_GET
def import_page(request: HttpRequest, slug: str) -> HttpResponse:
    community, person = _team(request, slug)
    kind = request.GET.get("kind")
    initial = {"kind": kind} if kind in ImportKind.values else {}
    return _import_page(request, community, person, UploadForm(initial=initial))


def _import_page(
    request: HttpRequest, community: Community, person: Person, form: UploadForm, status: int = 200
) -> HttpResponse:
    context = {
        "community": community,
        "form": form,
        "waiting": queries.waiting_names_of(person, community),
        "page": Paginator(queries.batches_of(community), PAGE_SIZE).get_page(request.GET.get("page")),
    }
    return render(request, "exchange/import_page.html", context, status=status)


@admits(Admission.TEAM, post=422)
@csrf_exempt
@require_POST
def list_upload(request: HttpRequest, slug: str) -> HttpResponse:
    """Turns a file that is too large away before it is taken in; the token is checked right after."""
    size = int(request.META.get("CONTENT_LENGTH") or 0)
    if size <= sheets.MAX_BYTES + FORM_AROUND_FILE:
        return _list_upload(request, slug)
    community, person = _team(request, slug)
    _let_pass(request)
    form = UploadForm({}, {})
    form.errors.clear()
    try:
        sheets.check_size(size)
    except Unreadable as unreadable:
        form.add_error("list", unreadable.message)
    return _import_page(request, community, person, form, status=413)


def _let_pass(request: HttpRequest) -> None:
    """Browsers show an answer only after they have sent everything: let it run by, kept nowhere, up to a point."""
    left = PATIENCE
    try:
        while left > 0 and (piece := request.read(64 * 1024)):
            left -= len(piece)
    except (UnreadablePostError, OSError):
        return


@csrf_protect
def _list_upload(request: HttpRequest, slug: str) -> HttpResponse:
    community, person = _team(request, slug)
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        uploaded = form.cleaned_data["list"]
        try:
            waiting = actions.keep_file(
                community=community,
                kind=ImportKind(form.cleaned_data["kind"]),
                file_name=uploaded.name,
                content=uploaded.read(),
                by=person,
            )
        except Refused as refused:
            form.add_error("list", refused.message)
        else:
            return redirect("exchange:list_page", slug=slug, waiting_id=waiting.pk)
    return _import_page(request, community, person, form, status=422)


def _look(waiting: WaitingFile, person: Person) -> Look:
    return look_at(
        content=bytes(waiting.content),
        file_name=waiting.file_name,
        kind=ImportKind(waiting.kind),
        community=waiting.community,
        choices=Choices.of(waiting.choices),
        by=person,
    )


def _list_page(
    request: HttpRequest, waiting: WaitingFile, look: Look, form: ReviewForm, status: int = 200
) -> HttpResponse:
    context = {"community": waiting.community, "waiting": waiting, "look": look, "form": form}
    template = "exchange/people_list.html" if waiting.kind == ImportKind.PEOPLE else "exchange/activities_list.html"
    return render(request, template, context, status=status)


@admits(Admission.TEAM, get=200)
@require_GET
def list_page(request: HttpRequest, slug: str, waiting_id: int) -> HttpResponse:
    """What is in the list and what would happen. Nothing has changed yet."""
    _community, person, waiting = _waiting(request, slug, waiting_id)
    try:
        look = _look(waiting, person)
    except Unreadable as unreadable:
        return _unreadable(request, waiting, unreadable)
    return _list_page(request, waiting, look, ReviewForm(look, waiting.choices, may_add=True))


def _unreadable(request: HttpRequest, waiting: WaitingFile, unreadable: Unreadable) -> HttpResponse:
    context = {"community": waiting.community, "waiting": waiting, "reason": unreadable.message}
    return render(request, "exchange/unreadable.html", context)


@admits(Admission.TEAM, post=302)
@require_POST
def list_look(request: HttpRequest, slug: str, waiting_id: int) -> HttpResponse:
    """Keep what was decided, and look at the list again."""
    _community, person, waiting = _waiting(request, slug, waiting_id)
    look = _look_or_404(waiting, person)
    form = ReviewForm(look, waiting.choices, may_add=True, data=request.POST)
    if not form.is_valid():
        return _list_page(request, waiting, look, form, status=422)
    actions.keep_choices(waiting=waiting, choices=form.choices(), by=person)
    return redirect("exchange:list_page", slug=slug, waiting_id=waiting_id)


def _look_or_404(waiting: WaitingFile, person: Person) -> Look:
    try:
        return _look(waiting, person)
    except Unreadable as unreadable:
        raise Http404(unreadable.message) from None


@admits(Admission.TEAM, post=302)
@require_POST
def list_bring_in(request: HttpRequest, slug: str, waiting_id: int) -> HttpResponse:
    """Bring the list in, as decided on the page; a second click leads to what the first one did."""
    community, person = _team(request, slug)
    done = queries.batch_of_waiting(community, waiting_id)
    if done is not None:
        return redirect("exchange:batch_page", slug=slug, batch_id=done.pk)
    waiting = get_object_or_404(queries.waiting_files_of(person, community), pk=waiting_id)
    look = _look_or_404(waiting, person)
    form = ReviewForm(look, waiting.choices, may_add=True, data=request.POST)
    if not form.is_valid():
        return _list_page(request, waiting, look, form, status=422)
    reads_otherwise = form.reads_otherwise()
    actions.keep_choices(waiting=waiting, choices=form.choices(), by=person)
    if reads_otherwise:
        toasts.warn(request, _("The list reads differently now. Look once more, then bring it in."))
        return redirect("exchange:list_page", slug=slug, waiting_id=waiting_id)
    try:
        batch = _bring_in(waiting, look, person)
    except Refused as refused:
        toasts.refuse(request, refused.message)
        return redirect("exchange:list_page", slug=slug, waiting_id=waiting_id)
    return redirect("exchange:batch_page", slug=slug, batch_id=batch.pk)


def _bring_in(waiting: WaitingFile, look: Look, person: Person) -> ImportBatch:
    """Raises Refused when nothing can come in."""
    look = decide(look=look, community=waiting.community, choices=Choices.of(waiting.choices), by=person)
    about: dict[str, Any] = {
        "community": waiting.community,
        "by": person,
        "file_name": waiting.file_name,
        "sheet_name": look.sheet,
        "waiting": waiting,
    }
    if look.people is not None:
        return actions.import_people(plan=look.people, **about)
    if look.activities is not None:
        label = Label(waiting.choices.get("label", Label.PROGRAMME))
        return actions.import_activities(plan=look.activities, label=label, **about)
    raise Refused(_("Say first which column has the e-mail addresses or the activities."))


@admits(Admission.TEAM, post=302)
@require_POST
def list_remove(request: HttpRequest, slug: str, waiting_id: int) -> HttpResponse:
    _community, person, waiting = _waiting(request, slug, waiting_id)
    actions.send_back(waiting=waiting, by=person)
    toasts.say(request, _("The list is thrown away. Nothing has come in."))
    return redirect("exchange:import_page", slug=slug)


@admits(Admission.TEAM, get=200)
@require_GET
def list_to_mend(request: HttpRequest, slug: str, waiting_id: int) -> HttpResponse:
    """The rows to mend, with what stands in them."""
    _community, person, waiting = _waiting(request, slug, waiting_id)
    look = _look_or_404(waiting, person)
    plan = look.people or look.activities
    return _spreadsheet(reports.as_sheet(plan.rejected, plan.remarks) if plan else reports.as_sheet([], []))


@admits(Admission.TEAM, get=200)
@require_GET
def batch_page(request: HttpRequest, slug: str, batch_id: int) -> HttpResponse:
    """What an import did, and the way back."""
    community, _person, batch = _batch(request, slug, batch_id)
    context = {
        "community": community,
        "batch": batch,
        "rejected": reports.kept_remarks(batch.report, "rejected"),
        "remarks": reports.kept_remarks(batch.report, "remarks"),
        "kept": queries.kept_of(batch),
    }
    return render(request, "exchange/batch_page.html", context)


@admits(Admission.TEAM, post=302)
@require_POST
def batch_undo(request: HttpRequest, slug: str, batch_id: int) -> HttpResponse:
    _community, person, batch = _batch(request, slug, batch_id)
    try:
        actions.undo_import(batch=batch, by=person)
    except Refused as refused:
        toasts.refuse(request, refused.message)
    return redirect("exchange:batch_page", slug=slug, batch_id=batch_id)


@admits(Admission.TEAM, get=200)
@require_GET
def batch_to_mend(request: HttpRequest, slug: str, batch_id: int) -> HttpResponse:
    _community, _person, batch = _batch(request, slug, batch_id)
    rejected, remarks = (reports.kept_remarks(batch.report, part) for part in ("rejected", "remarks"))
    return _spreadsheet(reports.as_sheet(rejected, remarks))


def _spreadsheet(content: bytes) -> HttpResponse:
    name = _("to-mend")
    return HttpResponse(
        content,
        content_type=SPREADSHEET,
        headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"', "Cache-Control": "no-store"},
    )


@admits(Admission.EVERYONE, get=200)
@require_GET
def calendar_feed(request: HttpRequest, feed: str) -> HttpResponse:
    """For a calendar program, that cannot sign in: the address is the key."""
    person = queries.calendar_reader(feed)
    if person is None:
        raise Http404(_("There is no calendar at this address. Look on your profile for the right one."))
    content = calendars.feed_of(person)
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, CALENDAR)
    response["Content-Disposition"] = 'inline; filename="leerkring.ics"'
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = etag
    response["X-Robots-Tag"] = "noindex"
    return get_conditional_response(request, etag=etag, response=response) or response


@admits(Admission.SIGNED_IN, get=200)
@require_GET
def calendar_page(request: HttpRequest) -> HttpResponse:
    """One's own meetings in one's own calendar: the address, and what to do with it."""
    feed = queries.calendar_of(signed_in_person(request).pk).first()
    address = settings.BASE_URL + reverse("exchange:calendar_feed", args=[feed.token]) if feed else ""
    context = {"feed": feed, "address": address, "webcal": f"webcal:{address.partition(':')[2]}"}
    return render(request, "exchange/calendar_page.html", context)


@admits(Admission.SIGNED_IN, post=302)
@require_POST
def calendar_open(request: HttpRequest) -> HttpResponse:
    person = signed_in_person(request)
    had_one = queries.calendar_of(person.pk).exists()
    actions.open_calendar(person=person, by=person)
    if had_one:
        toasts.say(request, _("You have a new address. The one before no longer works."))
    else:
        toasts.say(request, _("This is your address. Copy it into your calendar."))
    return redirect("exchange:calendar_page")


@admits(Admission.SIGNED_IN, post=302)
@require_POST
def calendar_close(request: HttpRequest) -> HttpResponse:
    person = signed_in_person(request)
    actions.close_calendar(person=person, by=person)
    toasts.say(request, _("The address no longer works. Your calendar lets the meetings go by itself."))
    return redirect("exchange:calendar_page")
