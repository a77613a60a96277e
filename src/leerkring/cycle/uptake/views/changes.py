from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import community_or_404, person_of, signed_in_person
from leerkring.community.people.models import Person
from leerkring.cycle.uptake import access, actions, queries
from leerkring.cycle.uptake.enums import AnchorKind, ChangeKind, Step
from leerkring.cycle.uptake.forms import ActivityLinkForm, ChangeForm, GoalLinkForm, InsightLinkForm, StartForm
from leerkring.cycle.uptake.models import Change
from leerkring.cycle.uptake.views.fetch import attempt, carried_change, change_or_404, must_carry
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import EditedMeanwhile
from leerkring.platform.ui import toasts


@admits(Admission.MEMBERS, get=200, post=422)
@require_http_methods(["GET", "POST"])
def change_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a way of working that is to change."""
    community = community_or_404(request, slug)
    person = signed_in_person(request)
    if not access.may_put_change(person, community):
        raise PermissionDenied(_("Whoever takes part can add a change. Join the programme first."))
    form = _change_form(
        request, community, person, {"insight": request.GET.get("insight", ""), "carrier": person.pk}, with_insight=True
    )
    if form.is_bound and form.is_valid():
        change = attempt(form, lambda: _put(form.cleaned_data, community, person))
        if change is not None:
            toasts.say(request, _("The change is added. Now say in which units it starts."))
            return redirect("uptake:change_page", slug, change.pk)
    status = 422 if form.is_bound else 200
    return render(request, "uptake/change_form.html", {"community": community, "form": form}, status=status)


@admits(Admission.READERS, get=200)
@require_GET
def change_page(request: HttpRequest, slug: str, change_id: int) -> HttpResponse:
    """What is done differently, on what it rests, and where it stands in each unit."""
    community, change = change_or_404(request, slug, change_id)
    return _change_page(request, community, change)


@admits(Admission.CARRIERS, get=200, post=422)
@require_http_methods(["GET", "POST"])
def change_edit(request: HttpRequest, slug: str, change_id: int) -> HttpResponse:
    """Say a change differently; who edits at the same time sees both texts."""
    community, change = carried_change(request, slug, change_id)
    person = signed_in_person(request)
    form = _change_form(request, community, person, ChangeForm.initial_of(change))
    conflict = None
    if form.is_bound and form.is_valid():
        try:
            saved = _edit(form, change, person)
        except EditedMeanwhile as edited:
            conflict, saved = edited, None
            form.stand_on(edited.revision)
        if saved is not None:
            toasts.say(request, _("The change is saved."))
            return redirect("uptake:change_page", slug, change.pk)
    return render(
        request,
        "uptake/change_form.html",
        {"community": community, "form": form, "change": change, "conflict": conflict},
        status=422 if form.is_bound else 200,
    )


@admits(Admission.CARRIERS, post=422)
@require_POST
def uptake_start(request: HttpRequest, slug: str, change_id: int) -> HttpResponse:
    """Begin to follow the change in one more unit."""
    community, change = carried_change(request, slug, change_id)
    person = signed_in_person(request)
    form = StartForm(request.POST, units=queries.units_to_start_in(change))
    if form.is_valid():
        uptake = attempt(
            form,
            lambda: actions.start_uptake(
                change=change,
                unit=form.cleaned_data["unit"],
                recipient_name=form.cleaned_data["recipient_name"],
                by=person,
            ),
        )
        if uptake is not None:
            toasts.say(request, _("Begun in %(unit)s.") % {"unit": uptake.unit.name})
            return redirect("uptake:uptake_page", slug, uptake.pk)
    return _change_page(request, community, change, start=form)


@admits(Admission.CARRIERS, get=200)
@require_GET
def change_links(request: HttpRequest, slug: str, change_id: int) -> HttpResponse:
    """On which insights it rests, and which goals and activities it serves."""
    community, change = carried_change(request, slug, change_id)
    return _links_page(request, community, change)


@admits(Admission.CARRIERS, post=422)
@require_POST
def insight_link(request: HttpRequest, slug: str, change_id: int) -> HttpResponse:
    community, change = carried_change(request, slug, change_id)
    person = signed_in_person(request)
    form = InsightLinkForm(request.POST, insights=queries.insights_in(person, community))
    if form.is_valid():
        insight = form.cleaned_data["insight"]
        actions.link_insight(change=change, insight=insight, by=person)
        undo = reverse("uptake:insight_loosen", args=[slug, change.pk, insight.pk])
        toasts.say(request, _("The insight is linked."), undo=undo)
        return redirect("uptake:change_links", slug, change.pk)
    return _links_page(request, community, change, insight=form)


@admits(Admission.CARRIERS, post=302)
@require_POST
def insight_loosen(request: HttpRequest, slug: str, change_id: int, insight_id: int) -> HttpResponse:
    community, change = change_or_404(request, slug, change_id)
    person = signed_in_person(request)
    insight = get_object_or_404(queries.insights_in(person, community), pk=insight_id)
    must_carry(request, change)
    actions.loosen_link(change=change, insight=insight, by=person)
    toasts.say(request, _("The link is gone."))
    return redirect("uptake:change_links", slug, change.pk)


@admits(Admission.CARRIERS, post=422)
@require_POST
def goal_link(request: HttpRequest, slug: str, change_id: int) -> HttpResponse:
    community, change = carried_change(request, slug, change_id)
    person = signed_in_person(request)
    form = GoalLinkForm(request.POST, goals=queries.goals_in(person, community))
    if form.is_valid():
        goal = form.cleaned_data["goal"]
        actions.link_goal(change=change, goal=goal, by=person)
        undo = reverse("uptake:goal_loosen", args=[slug, change.pk, goal.pk])
        toasts.say(request, _("The goal is linked."), undo=undo)
        return redirect("uptake:change_links", slug, change.pk)
    return _links_page(request, community, change, goal=form)


@admits(Admission.CARRIERS, post=302)
@require_POST
def goal_loosen(request: HttpRequest, slug: str, change_id: int, goal_id: int) -> HttpResponse:
    community, change = change_or_404(request, slug, change_id)
    person = signed_in_person(request)
    goal = get_object_or_404(queries.goals_in(person, community), pk=goal_id)
    must_carry(request, change)
    actions.loosen_link(change=change, goal=goal, by=person)
    toasts.say(request, _("The link is gone."))
    return redirect("uptake:change_links", slug, change.pk)


@admits(Admission.CARRIERS, post=422)
@require_POST
def activity_link(request: HttpRequest, slug: str, change_id: int) -> HttpResponse:
    community, change = carried_change(request, slug, change_id)
    person = signed_in_person(request)
    form = ActivityLinkForm(request.POST, activities=queries.activities_in(person, community))
    if form.is_valid():
        activity = form.cleaned_data["activity"]
        actions.link_activity(change=change, activity=activity, by=person)
        undo = reverse("uptake:activity_loosen", args=[slug, change.pk, activity.pk])
        toasts.say(request, _("The activity is linked."), undo=undo)
        return redirect("uptake:change_links", slug, change.pk)
    return _links_page(request, community, change, activity=form)


@admits(Admission.CARRIERS, post=302)
@require_POST
def activity_loosen(request: HttpRequest, slug: str, change_id: int, activity_id: int) -> HttpResponse:
    community, change = change_or_404(request, slug, change_id)
    person = signed_in_person(request)
    activity = get_object_or_404(queries.activities_in(person, community), pk=activity_id)
    must_carry(request, change)
    actions.loosen_link(change=change, activity=activity, by=person)
    toasts.say(request, _("The link is gone."))
    return redirect("uptake:change_links", slug, change.pk)


def _change_form(
    request: HttpRequest,
    community: Community,
    person: Person,
    initial: dict[str, Any],
    with_insight: bool = False,
) -> ChangeForm:
    may_name = access.may_name_carriers(person, community)
    return ChangeForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        themes=queries.themes_of(community),
        people=queries.people_who_may_carry(community) if may_name else None,
        insights=queries.insights_in(person, community) if with_insight else None,
    )


def _put(said: dict[str, Any], community: Community, person: Person) -> Change:
    insight = said.get("insight")
    return actions.put_change(
        community=community,
        title=said["title"],
        kind=ChangeKind(said["kind"]),
        explanation=said["explanation"],
        anchor_kind=said["anchor_kind"],
        anchor=said["anchor"],
        carrier=said.get("carrier", person),
        theme=said["theme"],
        label=Label(said["label"]),
        insights=[insight] if insight else [],
        by=person,
    )


def _edit(form: ChangeForm, change: Change, person: Person) -> Change | None:
    said = form.cleaned_data
    return attempt(
        form,
        lambda: actions.change_change(
            change=change,
            revision=said["revision"] or 0,
            title=said["title"],
            kind=ChangeKind(said["kind"]),
            explanation=said["explanation"],
            anchor_kind=AnchorKind(said["anchor_kind"]) if said["anchor_kind"] else "",
            anchor=said["anchor"],
            carrier=said.get("carrier", change.carrier),
            theme=said["theme"],
            label=Label(said["label"]),
            by=person,
        ),
    )


def _change_page(request: HttpRequest, community: Community, change: Change, **forms: Any) -> HttpResponse:
    """The page of a change; a form that came back with errors stands in the place of an empty one."""
    person = person_of(request)
    may_carry = access.may_carry(person, change)
    uptakes = list(queries.uptakes_of_change(change))
    living = [uptake for uptake in uptakes if not uptake.is_given_up]
    context: dict[str, Any] = {
        "community": community,
        "change": change,
        "uptakes": uptakes,
        "fixed_count": sum(uptake.step >= Step.ANCHORED for uptake in living),
        "norm_count": sum(uptake.step == Step.NORM for uptake in living),
        "blocked_count": sum(bool(uptake.open_blocks) for uptake in living),
        "insights": queries.insights_of(change, person),
        "goals": queries.goals_of(change, person),
        "activities": queries.activities_of(change, person),
        "may_carry": may_carry,
        "names": access.may_see_names(person, community),
    }
    if may_carry:
        context["start"] = StartForm(units=queries.units_to_start_in(change))
    return render(request, "uptake/change_page.html", {**context, **forms}, status=422 if forms else 200)


def _links_page(request: HttpRequest, community: Community, change: Change, **forms: Any) -> HttpResponse:
    person = person_of(request)
    context: dict[str, Any] = {
        "community": community,
        "change": change,
        "insights": queries.insights_of(change, person),
        "goals": queries.goals_of(change, person),
        "activities": queries.activities_of(change, person),
        "insight": InsightLinkForm(insights=queries.insights_in(person, community)),
        "goal": GoalLinkForm(goals=queries.goals_in(person, community)),
        "activity": ActivityLinkForm(activities=queries.activities_in(person, community)),
    }
    return render(request, "uptake/change_links.html", {**context, **forms}, status=422 if forms else 200)
