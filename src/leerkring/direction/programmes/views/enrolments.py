from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from leerkring.community.meetings import queries as meetings
from leerkring.community.memberships.requests import person_of, signed_in_person
from leerkring.direction.programmes import access, actions, queries
from leerkring.direction.programmes.enums import EnrolmentState
from leerkring.direction.programmes.forms import EnrolForm
from leerkring.direction.programmes.views import showing
from leerkring.direction.programmes.views.fetch import attempt, edition_or_404, led_edition
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts
from leerkring.platform.ui.ticking import ticked


@admits(Admission.TEAM, get=200, post=422)
@require_http_methods(["GET", "POST"])
def people_enrol(request: HttpRequest, slug: str, edition_id: int) -> HttpResponse:
    """Choose people of the programme; each is enrolled from where they work now."""
    community, edition = led_edition(request, slug, edition_id)
    candidates = queries.people_to_enrol(edition)
    form = EnrolForm(request.POST if request.method == "POST" else None, people=candidates)
    person = signed_in_person(request)
    if form.is_valid():
        chosen = form.cleaned_data["people"]
        state = EnrolmentState(form.cleaned_data["state"]) if form.cleaned_data["state"] else None
        if attempt(form, lambda: actions.enrol_people(edition=edition, people=chosen, state=state, by=person)):
            said = ngettext("%(count)d person is in.", "%(count)d people are in.", len(chosen))
            toasts.say(request, said % {"count": len(chosen)})
            return redirect("programmes:edition_page", slug, edition.pk)
    placed = meetings.with_placements(candidates, community)
    context = {
        "community": community,
        "edition": edition,
        "form": form,
        "people": placed,
        "ticked": ticked(request, "people", [each.pk for each, _place in placed]),
    }
    return render(request, "programmes/people_enrol.html", context, status=422 if form.is_bound else 200)


@admits(Admission.TEAM, post=422)
@require_POST
def enrolment_move(request: HttpRequest, slug: str, edition_id: int, enrolment_id: int) -> HttpResponse:
    """One step of one enrolment: by the team, and by the person to say yes or to step out."""
    community, edition = edition_or_404(request, slug, edition_id)
    person = person_of(request)
    asked = request.POST.get("state", "")
    enrolment = get_object_or_404(queries.enrolments_of(edition), pk=enrolment_id)
    state, before = EnrolmentState(asked) if asked in EnrolmentState.values else None, enrolment.state
    if not access.may_move_enrolment(person, enrolment, state or EnrolmentState.LEFT):
        raise PermissionDenied(_("This is for the programme team. Ask one of them."))
    if state is None:
        toasts.refuse(request, _("Choose what has to happen."))
        return showing.page(request, community, edition, status=422)
    try:
        actions.move_enrolment(enrolment=enrolment, state=state, by=signed_in_person(request))
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
        return showing.page(request, community, edition, status=422)
    if state == EnrolmentState.LEFT and before in queries.UNDER_WAY and enrolment.person != person:
        undo = reverse("programmes:enrolment_restore", args=[slug, edition.pk, enrolment.pk])
        toasts.say(request, _("%(name)s no longer takes part.") % {"name": enrolment.person.name}, undo=undo)
    else:
        toasts.say(request, _("Saved."))
    return redirect("programmes:edition_page", slug, edition.pk)


@admits(Admission.TEAM, post=302)
@require_POST
def enrolment_restore(request: HttpRequest, slug: str, edition_id: int, enrolment_id: int) -> HttpResponse:
    """Somebody who was taken out, or stepped out, gets a place again, or waits for one."""
    community, edition = led_edition(request, slug, edition_id)
    enrolment = get_object_or_404(queries.enrolments_of(edition), pk=enrolment_id)
    try:
        actions.put_back(enrolment=enrolment, by=signed_in_person(request))
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
        return showing.page(request, community, edition, status=422)
    name = {"name": enrolment.person.name}
    if enrolment.state == EnrolmentState.WAITING:
        toasts.warn(request, _("All places are taken: %(name)s is on the waiting list, and has been told.") % name)
    else:
        toasts.say(request, _("%(name)s takes part now.") % name)
    return redirect("programmes:edition_page", slug, edition.pk)
