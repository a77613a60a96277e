"""For the programme team: links to invite with, who may come in by themselves, and which organisations take part."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from leerkring.community.memberships import access, actions, queries, rosters
from leerkring.community.memberships.enums import Door, Level
from leerkring.community.memberships.forms import DoorForm, InvitationForm, OrganisationsForm, OwnUnitForm
from leerkring.community.memberships.models import Community, Invitation
from leerkring.community.memberships.requests import community_or_404, signed_in_person
from leerkring.community.people.models import Person
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts


@admits(Admission.TEAM, get=200)
@require_GET
def invitations_page(request: HttpRequest, slug: str) -> HttpResponse:
    community, _person = _team(request, slug)
    return _invitations_page(request, community)


@admits(Admission.TEAM, post=422)
@require_POST
def invitation_make(request: HttpRequest, slug: str) -> HttpResponse:
    community, person = _team(request, slug)
    form = InvitationForm(request.POST, community=community)
    if not form.is_valid():
        return _invitations_page(request, community, form=form, status=422)
    chosen = form.cleaned_data
    try:
        actions.invite(
            community=community,
            level=Level(chosen["level"]),
            organisation=chosen["organisation"],
            expires_on=rosters.day_after(chosen["expires_on"]),
            max_uses=chosen["max_uses"],
            by=person,
        )
    except Refused as refusal:
        form.add_error("expires_on", refusal.message)
        return _invitations_page(request, community, form=form, status=422)
    toasts.say(request, _("The link is ready. Copy it into a mail of your own."))
    return redirect("memberships:invitations_page", slug)


@admits(Admission.TEAM, post=302)
@require_POST
def invitation_close(request: HttpRequest, slug: str, invitation_id: int) -> HttpResponse:
    community, person = _team(request, slug)
    actions.close_invitation(invitation=_invitation_or_404(community, invitation_id), by=person)
    undo = reverse("memberships:invitation_reopen", kwargs={"slug": slug, "invitation_id": invitation_id})
    toasts.say(request, _("The link no longer works. Who came in stays."), undo=undo)
    return redirect("memberships:invitations_page", slug)


@admits(Admission.TEAM, post=302)
@require_POST
def invitation_reopen(request: HttpRequest, slug: str, invitation_id: int) -> HttpResponse:
    community, person = _team(request, slug)
    actions.reopen_invitation(invitation=_invitation_or_404(community, invitation_id), by=person)
    toasts.say(request, _("The link works again."))
    return redirect("memberships:invitations_page", slug)


@admits(Admission.TEAM, post=422)
@require_POST
def doors_choose(request: HttpRequest, slug: str) -> HttpResponse:
    community, person = _team(request, slug)
    form = DoorForm(request.POST)
    if not form.is_valid():
        return _invitations_page(request, community, door_form=form, status=422)
    actions.edit_community(
        community=community,
        follow_door=Door(form.cleaned_data["follow_door"]),
        member_door=Door(form.cleaned_data["member_door"]),
        by=person,
    )
    toasts.say(request, _("Saved. Who is in stays in."))
    return redirect("memberships:invitations_page", slug)


@admits(Admission.TEAM, get=200)
@require_GET
def organisations_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Which organisations take part, with their parts."""
    community, _person = _team(request, slug)
    return _organisations_page(request, community)


@admits(Admission.TEAM, post=422)
@require_POST
def organisation_bring_in(request: HttpRequest, slug: str) -> HttpResponse:
    community, person = _team(request, slug)
    form = OrganisationsForm(request.POST)
    if not form.is_valid():
        return _organisations_page(request, community, form=form, status=422)
    organisation = actions.bring_in_organisation(community=community, name=form.cleaned_data["name"], by=person)
    toasts.say(request, _("%(name)s takes part.") % {"name": organisation.name})
    return redirect("memberships:organisations_page", slug)


@admits(Admission.TEAM, post=302)
@require_POST
def organisation_take_out(request: HttpRequest, slug: str, organisation_id: int) -> HttpResponse:
    community, person = _team(request, slug)
    organisation = queries.organisation_in(community, organisation_id)
    if organisation is None:
        raise Http404
    actions.take_organisation_out(community=community, organisation=organisation, by=person)
    undo = reverse("memberships:organisation_put_back", kwargs={"slug": slug, "organisation_id": organisation_id})
    toasts.say(request, _("%(name)s no longer takes part.") % {"name": organisation.name}, undo=undo)
    return redirect("memberships:organisations_page", slug)


@admits(Admission.TEAM, post=302)
@require_POST
def organisation_put_back(request: HttpRequest, slug: str, organisation_id: int) -> HttpResponse:
    community, person = _team(request, slug)
    organisation = queries.organisation_in(community, organisation_id) or queries.organisation_taken_out(
        community, organisation_id
    )
    if organisation is None:
        raise Http404
    actions.bring_in_organisation(community=community, organisation=organisation, by=person)
    toasts.say(request, _("%(name)s takes part.") % {"name": organisation.name})
    return redirect("memberships:organisations_page", slug)


@admits(Admission.TEAM, post=422)
@require_POST
def own_unit_add(request: HttpRequest, slug: str) -> HttpResponse:
    community, person = _team(request, slug)
    form = OwnUnitForm(request.POST, community=community)
    if not form.is_valid():
        return _organisations_page(request, community, unit_form=form, status=422)
    chosen = form.cleaned_data
    try:
        unit = actions.add_own_unit(
            community=community, organisation=chosen["organisation"], name=chosen["name"], by=person
        )
    except Refused as refusal:
        form.add_error("name", refusal.message)
        return _organisations_page(request, community, unit_form=form, status=422)
    toasts.say(request, _("%(name)s is added.") % {"name": unit.name})
    return redirect("memberships:organisations_page", slug)


def _team(request: HttpRequest, slug: str) -> tuple[Community, Person]:
    community, person = community_or_404(request, slug), signed_in_person(request)
    if not access.may_invite(person, community):
        raise PermissionDenied
    return community, person


def _invitation_or_404(community: Community, invitation_id: int) -> Invitation:
    invitation = queries.invitation_in(community, invitation_id)
    if invitation is None:
        raise Http404
    return invitation


def _invitations_page(
    request: HttpRequest,
    community: Community,
    *,
    form: InvitationForm | None = None,
    door_form: DoorForm | None = None,
    status: int = 200,
) -> HttpResponse:
    invitations = [
        (invitation, request.build_absolute_uri(reverse("memberships:join_page", args=[invitation.token])))
        for invitation in queries.invitations_of(community)
    ]
    doors = {"follow_door": community.follow_door, "member_door": community.member_door}
    context = {
        "community": community,
        "open": [row for row in invitations if row[0].is_open],
        "closed": [row for row in invitations if not row[0].is_open],
        "form": form or InvitationForm(community=community),
        "door_form": door_form or DoorForm(initial=doors),
    }
    return render(request, "memberships/invitations_page.html", context, status=status)


def _organisations_page(
    request: HttpRequest,
    community: Community,
    *,
    form: OrganisationsForm | None = None,
    unit_form: OwnUnitForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "community": community,
        "organisations": queries.organisations_with_units(community),
        "form": form or OrganisationsForm(auto_id="organisation_%s"),
        "unit_form": unit_form or OwnUnitForm(community=community),
    }
    return render(request, "memberships/organisations_page.html", context, status=status)
