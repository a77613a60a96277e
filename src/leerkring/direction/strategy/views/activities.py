from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerkring.community.memberships import queries as memberships
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import community_or_404, person_of, signed_in_person
from leerkring.direction.strategy import access, actions, queries
from leerkring.direction.strategy.enums import ACTIVITY_TRANSITIONS, ActivityState
from leerkring.direction.strategy.forms import ActivityFilterForm, ActivityForm
from leerkring.direction.strategy.models import Activity
from leerkring.direction.strategy.picture import shares_of
from leerkring.direction.strategy.views.fetch import activity_or_404, posted_again, require_team
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import EditedMeanwhile, Refused
from leerkring.platform.ui import toasts

ON_A_PAGE = 40


@admits(Admission.READERS, get=200)
@require_GET
def activities_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The activities under the goals, by value chain, as narrowed by the filter."""
    community = community_or_404(request, slug)
    person = person_of(request)
    everything = queries.activities_visible_to(person, community)
    goals = queries.goals_visible_to(person, community)
    form = ActivityFilterForm(request.GET, goals=goals, chains=queries.chains_of(everything))
    chosen = queries.narrowed(
        everything,
        goal=form.asked("goal"),
        chain=form.asked("chain") or "",
        state=form.asked("state") or "",
        words=form.asked("words") or "",
    )
    counts = queries.counts_by_state(chosen)
    return render(
        request,
        "strategy/activities_page.html",
        {
            "community": community,
            "form": form,
            "page": Paginator(queries.by_chain(chosen), ON_A_PAGE).get_page(request.GET.get("page")),
            "counts": {state.value: count for state, count in counts.items()},
            "total": sum(counts.values()),
            "shares": shares_of(counts),
            "names": access.may_see_names(person, community),
            "may_set": access.may_set_goals(person, community),
        },
    )


@admits(Admission.READERS, get=200)
@require_GET
def activity_page(request: HttpRequest, slug: str, activity_id: int) -> HttpResponse:
    community, activity = activity_or_404(request, slug, activity_id)
    return _page(request, community, activity)


@admits(Admission.TEAM, get=200, post=422)
@require_http_methods(["GET", "POST"])
def activity_put(request: HttpRequest, slug: str) -> HttpResponse:
    community = community_or_404(request, slug)
    require_team(request, community)
    form = ActivityForm(
        request.POST if request.method == "POST" else None,
        initial={"goals": request.GET.getlist("goal")},
        **_choices(request, community),
    )
    if form.is_valid():
        try:
            activity = actions.put_activity(community=community, by=signed_in_person(request), **form.values())
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("strategy:activity_page", slug, activity.pk)
    return _form_page(request, community, None, form)


@admits(Admission.TEAM, get=200, post=422)
@require_http_methods(["GET", "POST"])
def activity_change(request: HttpRequest, slug: str, activity_id: int) -> HttpResponse:
    community, activity = activity_or_404(request, slug, activity_id)
    require_team(request, community)
    choices = _choices(request, community, activity)
    if request.method == "GET":
        form = ActivityForm(initial=ActivityForm.initial_of(activity), **choices)
        return _form_page(request, community, activity, form)
    form = ActivityForm(request.POST, **choices)
    conflict = None
    if form.is_valid():
        by, revision = signed_in_person(request), form.cleaned_data["revision"]
        try:
            actions.change_activity(activity=activity, revision=revision, by=by, **form.values())
        except EditedMeanwhile as edited:
            form, conflict = ActivityForm(posted_again(request, edited), **choices), edited
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            toasts.say(request, _("Saved."))
            return redirect("strategy:activity_page", slug, activity.pk)
    return _form_page(request, community, activity, form, conflict)


@admits(Admission.TEAM, post=422)
@require_POST
def activity_move(request: HttpRequest, slug: str, activity_id: int) -> HttpResponse:
    """How far it is; the team and the owner say so."""
    community, activity = activity_or_404(request, slug, activity_id)
    if not access.may_move_activity(person_of(request), activity):
        raise PermissionDenied(_("How far an activity is, its owner and the programme team say."))
    asked = request.POST.get("state") or request.GET.get("state", "")
    before = activity.state
    if asked not in ActivityState.values:
        toasts.refuse(request, _("Choose how far it is."))
        return _page(request, community, activity, status=422)
    try:
        actions.move_activity(activity=activity, state=ActivityState(asked), by=signed_in_person(request))
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
        return _page(request, community, activity, status=422)
    undo = ""
    if before != asked and before in ACTIVITY_TRANSITIONS[ActivityState(asked)]:
        undo = reverse("strategy:activity_move", args=[slug, activity.pk]) + f"?state={before}"
    toasts.say(request, _("The activity is now: %(state)s.") % {"state": ActivityState(asked).label}, undo)
    return redirect("strategy:activity_page", slug, activity.pk)


def _choices(request: HttpRequest, community: Community, activity: Activity | None = None) -> dict[str, Any]:
    return {
        "goals": queries.goals_visible_to(person_of(request), community),
        "people": queries.possible_owners(community, activity),
        "units": memberships.units_in(community),
    }


def _page(request: HttpRequest, community: Community, activity: Activity, status: int = 200) -> HttpResponse:
    person = person_of(request)
    may_move = access.may_move_activity(person, activity)
    return render(
        request,
        "strategy/activity_page.html",
        {
            "community": community,
            "activity": activity,
            "goals": queries.goals_of_activity(queries.goals_visible_to(person, community), activity),
            "moves": [state for state in ActivityState if state in ACTIVITY_TRANSITIONS[ActivityState(activity.state)]]
            if may_move
            else [],
            "over": activity.state in (ActivityState.DONE, ActivityState.STOPPED),
            "names": access.may_see_names(person, community),
            "may_set": access.may_set_goals(person, community),
        },
        status=status,
    )


def _form_page(
    request: HttpRequest,
    community: Community,
    activity: Activity | None,
    form: ActivityForm,
    conflict: EditedMeanwhile | None = None,
) -> HttpResponse:
    return render(
        request,
        "strategy/activity_form.html",
        {"community": community, "activity": activity, "form": form, "conflict": conflict},
        status=422 if form.is_bound else 200,
    )
