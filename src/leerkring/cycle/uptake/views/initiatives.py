from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import community_or_404, person_of, signed_in_person
from leerkring.community.people.models import Person
from leerkring.cycle.questions.enums import Size
from leerkring.cycle.uptake import access, actions, queries
from leerkring.cycle.uptake.field import field_of, spread_of
from leerkring.cycle.uptake.forms import InitiativeForm, InitiativeLinkForm, JudgeForm, OrganisationForm
from leerkring.cycle.uptake.judging import FEWEST, judged_together
from leerkring.cycle.uptake.models import Initiative
from leerkring.cycle.uptake.views.fetch import attempt, initiative_or_404
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import EditedMeanwhile
from leerkring.platform.ui import toasts


@admits(Admission.READERS, get=200)
@require_GET
def initiatives_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Promising plans, by effort and impact."""
    community = community_or_404(request, slug)
    person = person_of(request)
    initiatives = list(queries.initiatives_visible_to(person, community))
    judged = judged_together(queries.judgements_of(initiatives))
    is_drawn = any(judged[initiative.pk].is_shown for initiative in initiatives)
    return render(
        request,
        "uptake/initiatives_page.html",
        {
            "community": community,
            "initiatives": initiatives,
            "rows": [(initiative, judged[initiative.pk]) for initiative in initiatives],
            "field": field_of(initiatives, judged, slug) if is_drawn else "",
            "sees_commitments": access.may_see_commitments(person, community),
            "may_put": access.may_put_initiative(person, community),
            "names": access.may_see_names(person, community),
        },
    )


@admits(Admission.MEMBERS, get=200, post=422)
@require_http_methods(["GET", "POST"])
def initiative_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a promising plan."""
    community = community_or_404(request, slug)
    person = signed_in_person(request)
    if not access.may_put_initiative(person, community):
        raise PermissionDenied(_("Whoever takes part can add an initiative. Join the programme first."))
    form = _form(request, community, {})
    if form.is_bound and form.is_valid():
        initiative = attempt(
            form, lambda: actions.put_initiative(community=community, by=person, **_said(form.cleaned_data))
        )
        if initiative is not None:
            toasts.say(request, _("The initiative is added."))
            return redirect("uptake:initiative_page", slug, initiative.pk)
    return _form_page(request, community, form)


@admits(Admission.READERS, get=200)
@require_GET
def initiative_page(request: HttpRequest, slug: str, initiative_id: int) -> HttpResponse:
    """One promising plan: what it is, who joins, what comes next."""
    community, initiative = initiative_or_404(request, slug, initiative_id)
    return _initiative_page(request, community, initiative)


@admits(Admission.CARRIERS, get=200, post=422)
@require_http_methods(["GET", "POST"])
def initiative_edit(request: HttpRequest, slug: str, initiative_id: int) -> HttpResponse:
    """Say an initiative differently; who edits at the same time sees both texts."""
    community, initiative = initiative_or_404(request, slug, initiative_id)
    person = signed_in_person(request)
    if not access.may_change_initiative(person, initiative):
        raise PermissionDenied(_("This initiative is carried by somebody else. Ask its carrier."))
    form = _form(request, community, InitiativeForm.initial_of(initiative))
    conflict = None
    if form.is_bound and form.is_valid():
        try:
            saved = attempt(form, lambda: _change(form.cleaned_data, initiative, person))
        except EditedMeanwhile as edited:
            conflict, saved = edited, None
            form.stand_on(edited.revision)
        if saved is not None:
            toasts.say(request, _("The initiative is saved."))
            return redirect("uptake:initiative_page", slug, initiative.pk)
    return _form_page(request, community, form, initiative=initiative, conflict=conflict)


@admits(Admission.MEMBERS, post=422)
@require_POST
def initiative_join(request: HttpRequest, slug: str, initiative_id: int) -> HttpResponse:
    """Say that an organisation joins in."""
    community, initiative = initiative_or_404(request, slug, initiative_id)
    person = signed_in_person(request)
    if not access.may_put_initiative(person, community):
        raise PermissionDenied(_("Whoever takes part can join in."))
    form = OrganisationForm(request.POST, organisations=queries.organisations_to_join(person, initiative))
    if form.is_valid():
        organisation = form.cleaned_data["organisation"]
        actions.join_initiative(initiative=initiative, organisation=organisation, by=person)
        undo = reverse("uptake:initiative_leave", args=[slug, initiative.pk]) + f"?organisation={organisation.pk}"
        toasts.say(request, _("%(name)s joins in.") % {"name": organisation.name}, undo=undo)
        return redirect("uptake:initiative_page", slug, initiative.pk)
    return _initiative_page(request, community, initiative, join=form)


@admits(Admission.MEMBERS, post=422)
@require_POST
def initiative_leave(request: HttpRequest, slug: str, initiative_id: int) -> HttpResponse:
    """Say that an organisation no longer joins in."""
    community, initiative = initiative_or_404(request, slug, initiative_id)
    person = signed_in_person(request)
    if not access.may_put_initiative(person, community):
        raise PermissionDenied(_("Whoever takes part can step out again."))
    asked = request.POST if "organisation" in request.POST else request.GET
    form = OrganisationForm(asked, organisations=queries.organisations_to_leave(person, initiative))
    if form.is_valid():
        organisation = form.cleaned_data["organisation"]
        actions.leave_initiative(initiative=initiative, organisation=organisation, by=person)
        toasts.say(request, _("%(name)s no longer joins in.") % {"name": organisation.name})
        return redirect("uptake:initiative_page", slug, initiative.pk)
    return _initiative_page(request, community, initiative, join=form)


@admits(Admission.MEMBERS, post=422)
@require_POST
def initiative_judge(request: HttpRequest, slug: str, initiative_id: int) -> HttpResponse:
    """Say what it asks and what it brings."""
    community, initiative = initiative_or_404(request, slug, initiative_id)
    person = signed_in_person(request)
    if not access.may_judge_initiative(person, initiative):
        raise PermissionDenied(_("Whoever takes part can judge an initiative."))
    form = JudgeForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        actions.judge_initiative(
            initiative=initiative, effort=Size(said["effort"]), impact=Size(said["impact"]), by=person
        )
        toasts.say(request, _("Your judgement counts."))
        return redirect("uptake:initiative_page", slug, initiative.pk)
    return _initiative_page(request, community, initiative, judge=form)


@admits(Admission.CARRIERS, post=422)
@require_POST
def initiative_link(request: HttpRequest, slug: str, initiative_id: int) -> HttpResponse:
    """To a goal that it serves, or a change that came of it."""
    community, initiative = initiative_or_404(request, slug, initiative_id)
    person = _carrier(request, initiative)
    form = _link_form(request, community, person)
    if form.is_valid():
        act = partial(actions.link_initiative, initiative=initiative, by=person, **form.cleaned_data)
        attempt(form, act)
    if form.is_valid():
        toasts.say(request, _("The link is there."))
        return redirect("uptake:initiative_page", slug, initiative.pk)
    return _initiative_page(request, community, initiative, link=form)


@admits(Admission.CARRIERS, post=422)
@require_POST
def initiative_loosen(request: HttpRequest, slug: str, initiative_id: int) -> HttpResponse:
    """Take such a link away."""
    community, initiative = initiative_or_404(request, slug, initiative_id)
    person = _carrier(request, initiative)
    form = _link_form(request, community, person)
    if form.is_valid():
        actions.loosen_initiative(initiative=initiative, by=person, **form.cleaned_data)
        toasts.say(request, _("The link is gone."))
        return redirect("uptake:initiative_page", slug, initiative.pk)
    return _initiative_page(request, community, initiative, link=form)


def _carrier(request: HttpRequest, initiative: Initiative) -> Person:
    person = signed_in_person(request)
    if not access.may_change_initiative(person, initiative):
        raise PermissionDenied(_("This initiative is carried by somebody else. Ask its carrier."))
    return person


def _link_form(request: HttpRequest, community: Community, person: Person | None) -> InitiativeLinkForm:
    return InitiativeLinkForm(
        request.POST,
        goals=queries.goals_in(person, community),
        changes=queries.changes_to_link(person, community),
    )


def _blank_link_form(community: Community, person: Person | None) -> InitiativeLinkForm | None:
    form = InitiativeLinkForm(
        goals=queries.goals_in(person, community),
        changes=queries.changes_to_link(person, community),
    )
    fields = (form.fields["goal"], form.fields["change"])
    return form if any(getattr(field, "has_rows", False) for field in fields) else None


def _form(request: HttpRequest, community: Community, initial: dict[str, Any]) -> InitiativeForm:
    data = request.POST if request.method == "POST" else None
    return InitiativeForm(data, initial=initial, people=queries.people_who_may_carry(community))


def _form_page(request: HttpRequest, community: Community, form: InitiativeForm, **more: Any) -> HttpResponse:
    context = {"community": community, "form": form, **more}
    return render(request, "uptake/initiative_form.html", context, status=422 if form.is_bound else 200)


def _said(said: dict[str, Any]) -> dict[str, Any]:
    words = {key: said[key] for key in ("title", "description", "partners", "next_step", "carrier")}
    words |= {key: said[key] for key in ("next_step_by", "next_step_on")}
    return words | {
        "effort": Size(said["effort"]),
        "impact": Size(said["impact"]),
        "label": Label(said["label"]),
    }


def _change(said: dict[str, Any], initiative: Initiative, person: Person) -> Initiative:
    return actions.change_initiative(initiative=initiative, revision=said["revision"] or 0, by=person, **_said(said))


def _initiative_page(request: HttpRequest, community: Community, initiative: Initiative, **forms: Any) -> HttpResponse:
    person = person_of(request)
    joinable = queries.organisations_to_join(person, initiative)
    judged = judged_together(queries.judgements_of([initiative]))[initiative.pk]
    may_change = access.may_change_initiative(person, initiative)
    own = queries.judgement_by(person, initiative)
    context: dict[str, Any] = {
        "community": community,
        "initiative": initiative,
        "leavable": {organisation.pk for organisation in queries.organisations_to_leave(person, initiative)},
        "meeting": queries.readable_meeting(person, initiative),
        "goals": queries.goals_of_initiative(initiative, person),
        "join": OrganisationForm(organisations=joinable) if joinable else None,
        "may_change": may_change,
        "joinings": queries.joinings_of(initiative),
        "changes": queries.changes_of_initiative(initiative, person),
        "judged": judged,
        "fewest": FEWEST,
        "spread": spread_of(judged) if judged.is_shown else "",
        "own": own,
        "judge": JudgeForm(initial={"effort": own.effort, "impact": own.impact} if own else None)
        if access.may_judge_initiative(person, initiative)
        else None,
        "link": _blank_link_form(community, person) if may_change else None,
        "names": access.may_see_names(person, community),
    }
    return render(request, "uptake/initiative_page.html", {**context, **forms}, status=422 if forms else 200)
