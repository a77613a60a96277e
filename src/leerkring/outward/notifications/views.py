from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerkring.community.meetings import actions as meetings
from leerkring.community.meetings.enums import Presence
from leerkring.community.meetings.models import Meeting
from leerkring.community.meetings.sentences import when_of
from leerkring.community.memberships.requests import community_or_404, signed_in_person
from leerkring.community.people.models import Person
from leerkring.outward.notifications import access, actions, kinds, links, queries
from leerkring.outward.notifications.forms import MailForm
from leerkring.outward.notifications.kinds import Kind
from leerkring.platform import clock
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts

PAGE_SIZE = 50


@admits(Admission.SIGNED_IN, get=200, post=302)
@require_http_methods(["GET", "POST"])
def mail_page(request: HttpRequest) -> HttpResponse:
    """Which letters one wants."""
    person = signed_in_person(request)
    form = MailForm(request.POST or None, muted=queries.muted_by(person))
    if request.method == "POST":
        form = MailForm(request.POST)
        if form.is_valid():
            actions.choose_mail(person=person, wanted=form.cleaned_data["wanted"], by=person)
            toasts.say(request, _("Saved."))
            return redirect("notifications:mail_page")
    context = {"form": form, "always": kinds.always()}
    return render(request, "notifications/mail_page.html", context, status=422 if form.errors else 200)


@admits(Admission.EVERYONE, get=200, post=200)
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def mail_stop(request: HttpRequest, stop_token: str) -> HttpResponse:
    """The link of a letter, without signing in. GET shows; POST, also by the button of a mail program, stops."""
    person, kind = _stop_or_404(stop_token)
    is_done = request.method == "POST"
    if is_done:
        actions.stop_mail(person=person, kind=kind)
    return _stop_page(request, stop_token, kind, is_muted=is_done or queries.is_muted(person, kind))


@admits(Admission.EVERYONE, post=200)
@csrf_exempt
@never_cache
@require_POST
def mail_start(request: HttpRequest, stop_token: str) -> HttpResponse:
    person, kind = _stop_or_404(stop_token)
    actions.start_mail(person=person, kind=kind)
    return _stop_page(request, stop_token, kind, is_muted=False)


def _stop_or_404(token: str) -> tuple[Person, Kind]:
    stop = links.read_stop(token)
    person = queries.person_here(stop.person_id) if stop else None
    kind = kinds.named(stop.kind) if stop else None
    if person is None or kind is None or not kind.may_be_muted:
        raise Http404(_("This link does not work any more. Sign in and choose your mail on your profile."))
    return person, kind


def _stop_page(request: HttpRequest, token: str, kind: Kind, *, is_muted: bool) -> HttpResponse:
    context = {"token": token, "kind": kind, "is_muted": is_muted}
    return render(request, "notifications/stop_page.html", context)


@admits(Admission.EVERYONE, get=200, post=422)
@never_cache
@require_http_methods(["GET", "POST"])
def answer_page(request: HttpRequest, answer_token: str) -> HttpResponse:
    """Coming or not, from a letter and without signing in. GET shows, POST answers."""
    person, meeting = _answer_or_404(answer_token)
    refusal = ""
    if request.method == "POST":
        refusal = _answer(person, meeting, request.POST.get("comes", ""))
        if not refusal:
            return redirect("notifications:answer_page", answer_token)
    own = queries.own_attendance(person, meeting)
    context = {
        "meeting": meeting,
        "when": when_of(meeting),
        "is_open": meeting.takes_sign_ups and meeting.starts_at > clock.now(),
        "comes": own is not None and own.presence == Presence.EXPECTED,
        "stays_away": own is not None and own.presence == Presence.EXCUSED,
        "refusal": refusal,
    }
    return render(request, "notifications/answer_page.html", context, status=422 if refusal else 200)


def _answer(person: Person, meeting: Meeting, comes: str) -> str:
    """What stands in the way of this answer; empty when it is noted."""
    if comes not in ("yes", "no"):
        return _("Choose one of the answers.")
    try:
        if comes == "yes":
            meetings.sign_up(meeting=meeting, by=person)
        else:
            meetings.sign_off(meeting=meeting, by=person)
    except Refused as refused:
        return refused.message
    return ""


def _answer_or_404(token: str) -> tuple[Person, Meeting]:
    answer = links.read_answer(token)
    person = queries.person_here(answer.person_id) if answer else None
    meeting = queries.meeting_numbered(answer.meeting_id) if answer else None
    if person is None or meeting is None or not access.may_answer(person, meeting):
        raise Http404(_("This link does not work any more. Sign in and look at the meeting itself."))
    return person, meeting


@admits(Admission.TEAM, get=200)
@require_GET
def notices_page(request: HttpRequest, slug: str) -> HttpResponse:
    """What went to whom and why; first what did not arrive."""
    community = community_or_404(request, slug)
    if not access.may_see_notices(signed_in_person(request), community):
        raise PermissionDenied(_("Who got which mail is for the programme team."))
    notices = queries.notices_of(community)
    context = {
        "community": community,
        "not_arrived": list(queries.not_arrived(notices)[:PAGE_SIZE]),
        "page": Paginator(notices, PAGE_SIZE).get_page(request.GET.get("page")),
    }
    return render(request, "notifications/notices_page.html", context)
