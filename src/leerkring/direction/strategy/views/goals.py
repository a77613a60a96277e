from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import community_or_404, person_of, signed_in_person
from leerkring.direction.strategy import access, actions, queries
from leerkring.direction.strategy.forms import GoalForm, MeasureForm
from leerkring.direction.strategy.models import Goal
from leerkring.direction.strategy.picture import GoalPicture, shares_of
from leerkring.direction.strategy.views.fetch import goal_or_404, posted_again, require_team
from leerkring.platform import clock
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import EditedMeanwhile, Refused
from leerkring.platform.ui import toasts

ON_GOAL_PAGE = 12


@admits(Admission.READERS, get=200)
@require_GET
def goals_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Where all of it is for, and how far it is."""
    community = community_or_404(request, slug)
    person = person_of(request)
    goals = list(queries.goals_visible_to(person, community))
    activities = queries.activities_visible_to(person, community)
    counts = queries.counts_by_goal(activities)
    return render(
        request,
        "strategy/goals_page.html",
        {
            "community": community,
            "goals": [(goal, GoalPicture(goal), counts.get(goal.pk, 0)) for goal in goals],
            "next": next((goal for goal in goals if goal.target_year >= clock.today().year), None),
            "this_year": clock.today().year,
            "activities_count": queries.number_of(activities),
            "may_set": access.may_set_goals(person, community),
        },
    )


@admits(Admission.READERS, get=200)
@require_GET
def goal_page(request: HttpRequest, slug: str, goal_id: int) -> HttpResponse:
    community, goal = goal_or_404(request, slug, goal_id)
    return _page(request, community, goal, MeasureForm(initial={"measured_on": clock.today()}))


@admits(Admission.TEAM, get=200, post=422)
@require_http_methods(["GET", "POST"])
def goal_set(request: HttpRequest, slug: str) -> HttpResponse:
    community = community_or_404(request, slug)
    require_team(request, community)
    form = GoalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            goal = actions.set_goal(community=community, by=signed_in_person(request), **form.values())
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("strategy:goal_page", slug, goal.pk)
    return _form_page(request, community, None, form)


@admits(Admission.TEAM, get=200, post=422)
@require_http_methods(["GET", "POST"])
def goal_change(request: HttpRequest, slug: str, goal_id: int) -> HttpResponse:
    community, goal = goal_or_404(request, slug, goal_id)
    require_team(request, community)
    if request.method == "GET":
        return _form_page(request, community, goal, GoalForm(initial=GoalForm.initial_of(goal)))
    form = GoalForm(request.POST)
    conflict = None
    if form.is_valid():
        by, revision = signed_in_person(request), form.cleaned_data["revision"]
        try:
            actions.change_goal(goal=goal, revision=revision, by=by, **form.values())
        except EditedMeanwhile as edited:
            form, conflict = GoalForm(posted_again(request, edited)), edited
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            toasts.say(request, _("Saved."))
            return redirect("strategy:goal_page", slug, goal.pk)
    return _form_page(request, community, goal, form, conflict)


@admits(Admission.TEAM, post=422)
@require_POST
def goal_measure(request: HttpRequest, slug: str, goal_id: int) -> HttpResponse:
    """Keep a measured value."""
    community, goal = goal_or_404(request, slug, goal_id)
    require_team(request, community)
    form = MeasureForm(request.POST)
    if form.is_valid():
        try:
            actions.measure_goal(goal=goal, by=signed_in_person(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            toasts.say(request, _("The value is saved."))
            return redirect("strategy:goal_page", slug, goal.pk)
    return _page(request, community, goal, form, status=422)


def _page(request: HttpRequest, community: Community, goal: Goal, form: MeasureForm, status: int = 200) -> HttpResponse:
    person = person_of(request)
    activities = queries.activities_of_goal(queries.activities_visible_to(person, community), goal)
    counts = queries.counts_by_state(activities)
    return render(
        request,
        "strategy/goal_page.html",
        {
            "community": community,
            "goal": goal,
            "picture": GoalPicture(goal),
            "activities": activities[:ON_GOAL_PAGE],
            "shares": shares_of(counts),
            "activities_count": sum(counts.values()),
            "form": form,
            "may_set": access.may_set_goals(person, community),
        },
        status=status,
    )


def _form_page(
    request: HttpRequest,
    community: Community,
    goal: Goal | None,
    form: GoalForm,
    conflict: EditedMeanwhile | None = None,
) -> HttpResponse:
    return render(
        request,
        "strategy/goal_form.html",
        {"community": community, "goal": goal, "form": form, "conflict": conflict},
        status=422 if form.is_bound else 200,
    )
