from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import community_or_404, person_of, signed_in_person
from leerkring.direction.programmes import access, actions, queries
from leerkring.direction.programmes.cycle_path import steps_of
from leerkring.direction.programmes.enums import Completion, EditionState
from leerkring.direction.programmes.forms import CycleForm, EditionForm, MeetingsForm, NewEditionForm
from leerkring.direction.programmes.models import Edition
from leerkring.direction.programmes.views import showing
from leerkring.direction.programmes.views.fetch import attempt, edition_or_404, led_edition, led_programme
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts


@admits(Admission.READERS, get=200)
@require_GET
def editions_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The course of a programme: its editions, and its cycles from werkplaats to werkplaats."""
    community = community_or_404(request, slug)
    return _course_page(request, community)


@admits(Admission.TEAM, post=422)
@require_POST
def cycle_open(request: HttpRequest, slug: str) -> HttpResponse:
    community, programme = led_programme(request, slug)
    form = CycleForm(request.POST, meetings=queries.werkplaatsen_to_open_with(community))
    person = signed_in_person(request)
    if form.is_valid() and attempt(
        form, lambda: actions.open_cycle(programme=programme, meeting=form.cleaned_data["meeting"], by=person)
    ):
        toasts.say(request, _("A new cycle has begun."))
        return redirect("programmes:editions_page", slug)
    return _course_page(request, community, form)


@admits(Admission.TEAM, get=200, post=422)
@require_http_methods(["GET", "POST"])
def edition_open(request: HttpRequest, slug: str) -> HttpResponse:
    community, programme = led_programme(request, slug)
    form = NewEditionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            edition = actions.open_edition(programme=programme, by=signed_in_person(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("programmes:edition_page", slug, edition.pk)
    return _form_page(request, community, None, form)


@admits(Admission.READERS, get=200)
@require_GET
def edition_page(request: HttpRequest, slug: str, edition_id: int) -> HttpResponse:
    community, edition = edition_or_404(request, slug, edition_id)
    return showing.page(request, community, edition)


@admits(Admission.TEAM, get=200, post=422)
@require_http_methods(["GET", "POST"])
def edition_change(request: HttpRequest, slug: str, edition_id: int) -> HttpResponse:
    community, edition = led_edition(request, slug, edition_id)
    if request.method == "GET":
        return _form_page(request, community, edition, EditionForm(initial=EditionForm.initial_of(edition)))
    form = EditionForm(request.POST)
    person = signed_in_person(request)
    if form.is_valid() and attempt(
        form, lambda: actions.change_edition(edition=edition, by=person, **form.cleaned_data)
    ):
        toasts.say(request, _("Saved."))
        return redirect("programmes:edition_page", slug, edition.pk)
    return _form_page(request, community, edition, form)


@admits(Admission.TEAM, get=200, post=302)
@require_http_methods(["GET", "POST"])
def edition_meetings(request: HttpRequest, slug: str, edition_id: int) -> HttpResponse:
    """Which meetings count for the edition."""
    community, edition = led_edition(request, slug, edition_id)
    choices = queries.meetings_to_choose(edition)
    form = MeetingsForm(request.POST if request.method == "POST" else None, meetings=choices)
    person = signed_in_person(request)
    if form.is_valid() and attempt(
        form, lambda: actions.set_meetings(edition=edition, meetings=form.cleaned_data["meetings"], by=person)
    ):
        toasts.say(request, _("Saved."))
        return redirect("programmes:edition_page", slug, edition.pk)
    ticked = {meeting.pk for meeting in queries.meetings_of_edition(edition)}
    context = {"community": community, "edition": edition, "form": form, "choices": choices, "ticked": ticked}
    return render(request, "programmes/edition_meetings.html", context, status=422 if form.is_bound else 200)


@admits(Admission.TEAM, post=422)
@require_POST
def edition_move(request: HttpRequest, slug: str, edition_id: int) -> HttpResponse:
    """One step ahead: `state` says to where."""
    community, edition = led_edition(request, slug, edition_id)
    asked = request.POST.get("state", "")
    if asked not in EditionState.values:
        toasts.refuse(request, _("Choose what has to happen."))
        return showing.page(request, community, edition, status=422)
    try:
        actions.move_edition(edition=edition, state=EditionState(asked), by=signed_in_person(request))
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
        return showing.page(request, community, edition, status=422)
    toasts.say(request, _("The edition is now: %(state)s.") % {"state": EditionState(asked).label})
    return redirect("programmes:edition_page", slug, edition.pk)


@admits(Admission.TEAM, post=302)
@require_POST
def edition_complete(request: HttpRequest, slug: str, edition_id: int) -> HttpResponse:
    """Count for everybody at once what they attended."""
    _community, edition = led_edition(request, slug, edition_id)
    try:
        counts = actions.complete_enrolments(edition=edition, by=signed_in_person(request))
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
    else:
        said = {"fully": counts[Completion.FULLY], "partly": counts[Completion.PARTLY], "left": counts[None]}
        toasts.say(request, _("%(fully)d completed fully, %(partly)d partly, %(left)d were at no meeting.") % said)
    return redirect("programmes:edition_page", slug, edition.pk)


def _course_page(request: HttpRequest, community: Community, form: CycleForm | None = None) -> HttpResponse:
    person = person_of(request)
    cycles = list(queries.cycles_of(community))
    current = cycles[-1] if cycles else None
    may_change = access.may_open_editions(person, community)
    openers = queries.werkplaatsen_to_open_with(community)
    return render(
        request,
        "programmes/editions_page.html",
        {
            "community": community,
            "editions": list(queries.editions_visible_to(person, community)),
            "cycles": [cycle for cycle in reversed(cycles) if cycle is not current],
            "current": current,
            "steps": steps_of(current, queries.meetings_to_come(person, community), community.slug or "")
            if current and current.is_open
            else [],
            "form": form or (CycleForm(meetings=openers) if may_change and openers else None),
            "may_change": may_change,
        },
        status=422 if form else 200,
    )


def _form_page(request: HttpRequest, community: Community, edition: Edition | None, form: EditionForm) -> HttpResponse:
    context = {
        "community": community,
        "edition": edition,
        "form": form,
        "back": reverse("programmes:edition_page", args=[community.slug, edition.pk])
        if edition
        else reverse("programmes:editions_page", args=[community.slug]),
    }
    return render(request, "programmes/edition_form.html", context, status=422 if form.is_bound else 200)
