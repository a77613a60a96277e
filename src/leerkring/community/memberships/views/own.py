"""What somebody does about the own membership: choose a level, say where one works, leave, come back."""

from __future__ import annotations

from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerkring.community.memberships import actions, queries
from leerkring.community.memberships.enums import Level
from leerkring.community.memberships.forms import LevelForm, PlaceForm
from leerkring.community.memberships.models import Community, Membership
from leerkring.community.memberships.requests import community_or_404, signed_in_person
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts


@admits(Admission.FOLLOWERS, get=200)
@require_GET
def membership_page(request: HttpRequest, slug: str) -> HttpResponse:
    """How far one takes part, and where one works."""
    community, membership = _own(request, slug)
    return _page(request, community, membership)


@admits(Admission.FOLLOWERS, post=422)
@require_POST
def level_choose(request: HttpRequest, slug: str) -> HttpResponse:
    """Rule 8: the person chooses. The address may carry the level, for the way back."""
    community, membership = _own(request, slug)
    form = LevelForm(request.POST if "level" in request.POST else request.GET)
    if not form.is_valid():
        return _page(request, community, membership, level_form=form, status=422)
    before = Level(membership.level)
    try:
        actions.choose_level(
            membership=membership, level=Level(form.cleaned_data["level"]), by=signed_in_person(request)
        )
    except Refused as refusal:
        form.add_error("level", refusal.message)
        return _page(request, community, membership, level_form=form, status=422)
    undo = f"{reverse('memberships:level_choose', args=[slug])}?level={before}" if before != membership.level else ""
    toasts.say(request, _told(Level(membership.level)), undo=undo)
    return redirect("memberships:membership_page", slug)


@admits(Admission.FOLLOWERS, post=302)
@require_POST
def level_confirm(request: HttpRequest, slug: str) -> HttpResponse:
    """What the team stated is right."""
    _community, membership = _own(request, slug)
    actions.confirm_level(membership=membership, by=signed_in_person(request))
    toasts.say(request, _("Thank you. Your level stands."))
    return redirect("memberships:membership_page", slug)


@admits(Admission.FOLLOWERS, post=422)
@require_POST
def place_choose(request: HttpRequest, slug: str) -> HttpResponse:
    community, membership = _own(request, slug)
    form = PlaceForm(request.POST, community=community, auto_id="place_%s")
    if not form.is_valid():
        return _page(request, community, membership, place_form=form, status=422)
    chosen, person = form.cleaned_data, signed_in_person(request)
    try:
        actions.place(membership=membership, organisation=chosen["organisation"], unit=chosen["unit"], by=person)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return _page(request, community, membership, place_form=form, status=422)
    toasts.say(request, _("Saved. Earlier figures keep counting you where you worked then."))
    return redirect("memberships:membership_page", slug)


@admits(Admission.FOLLOWERS, post=302)
@require_POST
def membership_leave(request: HttpRequest, slug: str) -> HttpResponse:
    community, membership = _own(request, slug)
    try:
        actions.leave_community(membership=membership, by=signed_in_person(request))
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
        return redirect("memberships:membership_page", slug)
    toasts.say(
        request,
        _("You left %(name)s. No need to explain.") % {"name": community.name},
        undo=reverse("memberships:membership_return", kwargs={"membership_id": membership.pk}),
    )
    return redirect("people:profile_page")


@admits(Admission.SELF, post=302)
@require_POST
def membership_return(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Undo the end of a membership."""
    person = signed_in_person(request)
    membership = queries.membership_numbered(membership_id)
    if membership is None or membership.person_id != person.pk:
        raise Http404
    try:
        actions.come_back(membership=membership, by=person)
        toasts.say(request, _("Everything stands as before, except for roles: the team gives those."))
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
    return redirect("people:profile_page")


@admits(Admission.SIGNED_IN, get=200, post=302)
@require_http_methods(["GET", "HEAD", "POST"])
def leave_page(request: HttpRequest) -> HttpResponse:
    """Leave the product: what goes and what stays, and one button."""
    person = signed_in_person(request)
    if request.method != "POST":
        return render(request, "memberships/leave_page.html", {"memberships": queries.programmes_of(person)})
    try:
        actions.leave_everything(person=person, by=person)
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
        return redirect("memberships:leave_page")
    logout(request)
    toasts.say(request, _("Your name and addresses are gone. Thank you for learning along."))
    return redirect("/")


def _own(request: HttpRequest, slug: str) -> tuple[Community, Membership]:
    community = community_or_404(request, slug)
    membership = queries.membership_of(signed_in_person(request), community)
    if membership is None:
        raise PermissionDenied
    return community, membership


def _told(level: Level) -> str:
    if level == Level.FOLLOWER:
        return _("You are a follower now. No need to explain.")
    return _("From now on: %(level)s.") % {"level": level.label}


def _page(
    request: HttpRequest,
    community: Community,
    membership: Membership,
    *,
    level_form: LevelForm | None = None,
    place_form: PlaceForm | None = None,
    status: int = 200,
) -> HttpResponse:
    membership = queries.membership_of(signed_in_person(request), community) or membership
    places = list(queries.places_of(membership))
    now = next((place for place in places if place.until_on is None), None)
    form = place_form or PlaceForm(community=community, place=now, auto_id="place_%s")
    context = {
        "community": community,
        "membership": membership,
        "level_form": level_form or LevelForm(initial={"level": membership.level}),
        "place_form": form,
        "place": now,
        "places": places,
        "roles": queries.roles_in(community, membership.person),
    }
    return render(request, "memberships/membership_page.html", context, status=status)
