from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from leerkring.community.memberships import access, actions, queries, rosters, spread
from leerkring.community.memberships.enums import Level, Role
from leerkring.community.memberships.forms import LevelForm, PeopleFilter, PlaceForm, RoleForm
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import standing_of
from leerkring.community.memberships.requests import community_or_404, signed_in_person
from leerkring.community.people.models import Person
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts

A_PAGE = 25


@admits(Admission.FOLLOWERS, get=200)
@require_GET
def people_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Who learns here: a list to search, and how the people are spread."""
    community = community_or_404(request, slug)
    person = signed_in_person(request)
    if not access.may_see_people(person, community):
        raise PermissionDenied
    is_team = standing_of(person).is_team(community)
    narrowed = PeopleFilter(request.GET, community=community, sees_levels=is_team)
    narrowed.is_valid()
    page = Paginator(rosters.narrowed(community, narrowed.cleaned_data), A_PAGE).get_page(request.GET.get("page"))
    grants = list(queries.roles_in(community))
    places = spread.over_places(community, narrowed.units, is_whole=is_team)
    context = {
        "community": community,
        "filter": narrowed,
        "is_narrowed": any(narrowed.cleaned_data.values()),
        "page": page,
        "rows": rosters.rows(page, grants),
        "roles": rosters.by_role(grants),
        "places": places,
        "fields": spread.over_policy_fields(community, is_whole=is_team),
        "is_team": is_team,
    }
    return render(request, "memberships/people_page.html", context)


@admits(Admission.FOLLOWERS, get=200)
@require_GET
def person_page(request: HttpRequest, slug: str, person_id: int) -> HttpResponse:
    """Somebody of the programme; what the team may do stands below."""
    community, shown = _shown(request, slug, person_id)
    return _person_page(request, community, shown)


@admits(Admission.TEAM, post=422)
@require_POST
def role_grant(request: HttpRequest, slug: str, person_id: int) -> HttpResponse:
    community, shown = _shown(request, slug, person_id)
    person = _team(request, community)
    form = RoleForm(request.POST)
    if form.is_valid():
        last_day = form.cleaned_data["until_on"]
        try:
            grant = actions.grant_role(
                community=community,
                person=shown,
                role=Role(form.cleaned_data["role"]),
                until_on=rosters.day_after(last_day),
                by=person,
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            said = _("%(name)s is now: %(role)s.") % {"name": shown.name, "role": grant.get_role_display()}
            toasts.say(request, said, undo=_url("role_end", slug, person_id, grant_id=grant.pk))
            return redirect("memberships:person_page", slug, person_id)
    return _person_page(request, community, shown, role_form=form, status=422)


@admits(Admission.TEAM, post=302)
@require_POST
def role_end(request: HttpRequest, slug: str, person_id: int, grant_id: int) -> HttpResponse:
    community, shown = _shown(request, slug, person_id)
    grant = queries.grant_in(community, person_id, grant_id)
    if grant is None:
        raise Http404
    try:
        actions.end_role(grant=grant, by=signed_in_person(request))
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
    else:
        said = _("%(name)s is no longer: %(role)s.") % {"name": shown.name, "role": grant.get_role_display()}
        undo = _url("role_give_back", slug, person_id, grant_id=grant.pk)
        toasts.say(request, said, undo=undo if standing_of(signed_in_person(request)).is_team(community) else "")
    still_here = queries.person_in(person_id, community) is not None
    return redirect(
        _url("person_page", slug, person_id) if still_here else reverse("memberships:people_page", args=[slug])
    )


@admits(Admission.TEAM, post=302)
@require_POST
def role_give_back(request: HttpRequest, slug: str, person_id: int, grant_id: int) -> HttpResponse:
    """Undo the end of a role."""
    community = community_or_404(request, slug)
    person = _team(request, community)
    grant = queries.grant_in(community, person_id, grant_id)
    if grant is None:
        raise Http404
    try:
        actions.grant_role(community=community, person=grant.person, role=Role(grant.role), by=person)
        said = _("%(name)s is again: %(role)s.") % {"name": grant.person.name, "role": grant.get_role_display()}
        toasts.say(request, said)
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
    return redirect("memberships:person_page", slug, person_id)


@admits(Admission.TEAM, post=422)
@require_POST
def member_place(request: HttpRequest, slug: str, person_id: int) -> HttpResponse:
    community, shown = _shown(request, slug, person_id)
    person = _team(request, community)
    membership = _membership_or_404(shown, community)
    form = PlaceForm(request.POST, community=community)
    if form.is_valid():
        placement = actions.place(
            membership=membership,
            organisation=form.cleaned_data["organisation"],
            unit=form.cleaned_data["unit"],
            by=person,
        )
        toasts.say(request, _("%(name)s works at %(place)s.") % {"name": shown.name, "place": placement})
        return redirect("memberships:person_page", slug, person_id)
    return _person_page(request, community, shown, place_form=form, status=422)


@admits(Admission.TEAM, post=422)
@require_POST
def level_state(request: HttpRequest, slug: str, person_id: int) -> HttpResponse:
    """The team writes a level down as long as the person has said nothing (rule 8)."""
    community, shown = _shown(request, slug, person_id)
    person = _team(request, community)
    membership = _membership_or_404(shown, community)
    form = LevelForm(request.POST)
    if form.is_valid():
        actions.state_level(membership=membership, level=Level(form.cleaned_data["level"]), by=person)
        toasts.say(
            request, _("Written down. It counts as stated by the team until %(name)s says so.") % {"name": shown}
        )
        return redirect("memberships:person_page", slug, person_id)
    return _person_page(request, community, shown, level_form=form, status=422)


@admits(Admission.TEAM, post=302)
@require_POST
def member_remove(request: HttpRequest, slug: str, person_id: int) -> HttpResponse:
    community, shown = _shown(request, slug, person_id)
    person = _team(request, community)
    membership = _membership_or_404(shown, community)
    try:
        actions.leave_community(membership=membership, by=person)
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
        return redirect("memberships:person_page", slug, person_id)
    undo = _url("member_put_back", slug, person_id)
    toasts.say(request, _("%(name)s no longer takes part.") % {"name": shown.name}, undo=undo)
    return redirect("memberships:people_page", slug)


@admits(Admission.TEAM, post=302)
@require_POST
def member_put_back(request: HttpRequest, slug: str, person_id: int) -> HttpResponse:
    """Undo the end of a membership."""
    community = community_or_404(request, slug)
    person = _team(request, community)
    membership = queries.last_membership_of(person_id, community)
    if membership is None:
        raise Http404
    try:
        actions.come_back(membership=membership, by=person)
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
        return redirect("memberships:people_page", slug)
    toasts.say(request, _("Everything stands as before, except for roles: the team gives those."))
    return redirect("memberships:person_page", slug, person_id)


def _shown(request: HttpRequest, slug: str, person_id: int) -> tuple[Community, Person]:
    """The programme and the person in it, as far as both exist for who asks."""
    community = community_or_404(request, slug)
    person = signed_in_person(request)
    if not access.may_see_people(person, community):
        raise PermissionDenied
    shown = queries.person_in(person_id, community)
    if shown is None:
        raise Http404
    return community, shown


def _team(request: HttpRequest, community: Community) -> Person:
    person = signed_in_person(request)
    if not standing_of(person).is_team(community):
        raise PermissionDenied
    return person


def _membership_or_404(shown: Person, community: Community) -> queries.Membership:
    membership = queries.membership_of(shown, community)
    if membership is None:
        raise Http404
    return membership


def _url(name: str, slug: str, person_id: int, **more: int) -> str:
    return reverse(f"memberships:{name}", kwargs={"slug": slug, "person_id": person_id, **more})


def _person_page(
    request: HttpRequest, community: Community, shown: Person, *, status: int = 200, **forms: Any
) -> HttpResponse:
    person = signed_in_person(request)
    is_team = standing_of(person).is_team(community)
    membership = queries.membership_of(shown, community)
    context: dict[str, Any] = {
        "community": community,
        "shown": shown,
        "membership": membership,
        "place": queries.places_of(membership).first() if membership else None,
        "roles": queries.roles_in(community, shown),
        "is_own": person.pk == shown.pk,
        "is_team": is_team,
    }
    if membership is not None and access.may_see_level(person, membership):
        context["levels"] = queries.levels_of(membership)
        context["places"] = queries.places_of(membership)
    if is_team:
        context |= _team_part(community, shown, membership)
    return render(request, "memberships/person_page.html", context | forms, status=status)


def _team_part(community: Community, shown: Person, membership: queries.Membership | None) -> dict[str, Any]:
    part: dict[str, Any] = {"address": rosters.address_of(shown), "role_form": RoleForm()}
    if membership is not None:
        place = queries.places_of(membership).first()
        part["place_form"] = PlaceForm(community=community, place=place, auto_id="place_%s")
        if membership.level_stated_by_team:
            part["level_form"] = LevelForm(initial={"level": membership.level}, auto_id="level_%s")
    return part
