from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import community_or_404, signed_in_person
from leerkring.cycle.groups import access, actions, queries
from leerkring.cycle.groups.forms import OneRoleForm, RoleForm
from leerkring.cycle.groups.models import TransitionRole
from leerkring.cycle.groups.views.doors import require
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts


def _page(request: HttpRequest, community: Community, form: RoleForm, status: int = 200) -> HttpResponse:
    roles = list(queries.transition_roles_of(community))
    return render(
        request,
        "groups/roles.html",
        {"community": community, "roles": roles, "form": form, "in_use": any(not role.is_retired for role in roles)},
        status=status,
    )


@admits(Admission.TEAM, get=200, post=422)
@require_http_methods(["GET", "POST"])
def roles_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The programme's own set of transition roles; POST adds one."""
    community, person = community_or_404(request, slug), signed_in_person(request)
    require(access.may_edit_roles(person, community))
    form = RoleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.put_transition_role(community=community, by=person, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            toasts.say(request, _("The role can be taken up from now on."))
            return redirect("groups:roles_page", slug=slug)
    return _page(request, community, form, status=422 if form.errors else 200)


@admits(Admission.TEAM, post=302)
@require_POST
def roles_start(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin with the three usual roles."""
    community, person = community_or_404(request, slug), signed_in_person(request)
    actions.start_transition_roles(community=community, by=person)
    return redirect("groups:roles_page", slug=slug)


@admits(Admission.TEAM, post=422)
@require_POST
def role_change(request: HttpRequest, slug: str) -> HttpResponse:
    """Word a role anew; `role` says which."""
    community, person = community_or_404(request, slug), signed_in_person(request)
    role = _role_of(request, community)
    form = RoleForm(request.POST)
    if role is None or not form.is_valid():
        require(access.may_edit_roles(person, community))
        return _page(request, community, form, status=422)
    try:
        actions.change_transition_role(role=role, by=person, **form.cleaned_data)
    except Refused as refusal:
        form.add_error("name", refusal.message)
        return _page(request, community, form, status=422)
    toasts.say(request, _("Kept."))
    return redirect("groups:roles_page", slug=slug)


@admits(Admission.TEAM, post=422)
@require_POST
def role_retire(request: HttpRequest, slug: str) -> HttpResponse:
    community, person = community_or_404(request, slug), signed_in_person(request)
    role = _role_of(request, community)
    if role is None:
        require(access.may_edit_roles(person, community))
        return _page(request, community, RoleForm(), status=422)
    actions.retire_transition_role(role=role, by=person)
    toasts.say(request, _("%(name)s is no longer offered. Who has the role keeps it.") % {"name": role.name})
    return redirect("groups:roles_page", slug=slug)


@admits(Admission.TEAM, post=422)
@require_POST
def role_bring_back(request: HttpRequest, slug: str) -> HttpResponse:
    community, person = community_or_404(request, slug), signed_in_person(request)
    role = _role_of(request, community)
    if role is None:
        require(access.may_edit_roles(person, community))
        return _page(request, community, RoleForm(), status=422)
    actions.bring_back_transition_role(role=role, by=person)
    return redirect("groups:roles_page", slug=slug)


def _role_of(request: HttpRequest, community: Community) -> TransitionRole | None:
    """The role that the form names; None for none, or one of another programme."""
    form = OneRoleForm(request.POST, community=community)
    return form.cleaned_data["role"] if form.is_valid() else None
