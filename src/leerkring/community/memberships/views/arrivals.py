"""How people come in: by the link of an invitation, or as a follower from the public page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerkring.community.accounts import queries as accounts
from leerkring.community.accounts.actions import Asked, TicketRefused
from leerkring.community.accounts.devices import device_of, remember_device
from leerkring.community.accounts.enums import TicketPurpose, TicketState
from leerkring.community.accounts.limits import TooOften
from leerkring.community.accounts.sessions import enter
from leerkring.community.memberships import access, actions, queries
from leerkring.community.memberships.enums import Door, Level
from leerkring.community.memberships.forms import FollowerForm, JoinCodeForm, JoinForm, NewcomerForm
from leerkring.community.memberships.models import Community, Invitation, Membership
from leerkring.community.memberships.requests import community_or_404, person_of, signed_in_person
from leerkring.community.people.models import Person
from leerkring.community.people.names import parse_full_name
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts

ASKED = "join_asked"
STATUS = {TicketState.OPEN: 200, TicketState.USED: 410, TicketState.OLD: 410, TicketState.UNKNOWN: 404}


@admits(Admission.EVERYONE, get=200, post=422)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join_page(request: HttpRequest, token: str) -> HttpResponse:
    """The link of an invitation: a short form for newcomers, one button for who is signed in."""
    invitation = queries.invitation_of_token(token)
    if invitation is None or not invitation.is_open:
        context = {"invitation": invitation}
        return render(request, "memberships/join_closed.html", context, status=410 if invitation else 404)
    person = person_of(request)
    if person is None:
        return _join_as_newcomer(request, invitation)
    return _join_as_person(request, invitation, person)


@admits(Admission.EVERYONE, get=302, post=302)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join_code(request: HttpRequest) -> HttpResponse:
    """After the form: look in your mail, or type the code here."""
    asked = request.session.get(ASKED)
    if not asked:
        return redirect("accounts:sign_in_page")
    form = JoinCodeForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                membership = actions.finish_joining(
                    address=asked["address"], code=form.cleaned_data["code"], device=device_of(request)
                )
            except Refused as refusal:
                form.add_error("code", refusal.message)
                status = 429 if isinstance(refusal, TooOften) else 422
            else:
                return _welcome(request, membership)
    return render(request, "memberships/join_code.html", {"form": form, "asked": asked}, status=status)


@admits(Admission.EVERYONE, get=404, post=404)
@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def join_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the mail: GET shows a button and POST joins, so that a scanner of mail does not use it up."""
    state = accounts.state_of_link(token, TicketPurpose.JOIN)
    joining = queries.joining_of_link(token)
    if request.method == "POST" and state == TicketState.OPEN:
        try:
            return _welcome(request, actions.finish_joining(token=token))
        except TicketRefused as refusal:
            state = refusal.state
        except Refused as refusal:
            toasts.refuse(request, refusal.message)
            return redirect("accounts:sign_in_page")
    context = {"state": state, "joining": joining}
    return render(request, "memberships/join_confirm.html", context, status=STATUS[state])


@admits(Admission.EVERYONE, get=200)
@require_GET
def follow_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Follow without obligations."""
    community = community_or_404(request, slug)
    return _follow_page(request, community, FollowerForm())


@admits(Admission.SIGNED_IN, post=302)
@require_POST
def follow(request: HttpRequest, slug: str) -> HttpResponse:
    """One press for who is signed in. A closed door says so in words."""
    community, person = community_or_404(request, slug), signed_in_person(request)
    if queries.membership_of(person, community) is None and not access.may_follow(person, community):
        toasts.refuse(request, _("People follow by invitation here. Ask the programme team for a link."))
        return redirect("memberships:follow_page", slug)
    actions.follow(community=community, person=person, by=person)
    toasts.say(request, _("You follow %(name)s. You can stop at any moment.") % {"name": community.name})
    return redirect("/")


@admits(Admission.EVERYONE, post=422)
@require_POST
def follow_ask(request: HttpRequest, slug: str) -> HttpResponse:
    """A visitor follows: a link in the mail proves the address first."""
    community = community_or_404(request, slug)
    form = FollowerForm(request.POST)
    if not form.is_valid():
        return _follow_page(request, community, form, status=422)
    try:
        return _ask(request, community, None, form.cleaned_data)
    except Refused as refusal:
        form.add_error("address", refusal.message)
        return _follow_page(request, community, form, status=429 if isinstance(refusal, TooOften) else 422)


def _join_as_newcomer(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    community = invitation.community
    initial = {"level": invitation.level, "organisation": invitation.organisation_id}
    form = NewcomerForm(request.POST or None, initial=initial, community=community)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _ask(request, community, invitation, form.cleaned_data)
            except Refused as refusal:
                form.add_error("address", refusal.message)
                status = 429 if isinstance(refusal, TooOften) else 422
    context = {"community": community, "invitation": invitation, "form": form}
    return render(request, "memberships/join_page.html", context, status=status)


def _join_as_person(request: HttpRequest, invitation: Invitation, person: Person) -> HttpResponse:
    community = invitation.community
    current = queries.membership_of(person, community)
    if request.method != "POST":
        place = queries.last_place_of(person)
        initial: dict[str, Any] = {"level": invitation.level}
        if place is None and invitation.organisation_id:
            initial["organisation"] = invitation.organisation_id
        form = JoinForm(initial=initial, community=community, place=place)
        status = 200
    else:
        form, status = JoinForm(request.POST, community=community), 422
        if form.is_valid():
            chosen = form.cleaned_data
            try:
                membership = actions.accept_invitation(
                    token=invitation.token,
                    person=person,
                    level=Level(chosen["level"]),
                    organisation=chosen["organisation"],
                    unit=chosen["unit"],
                )
            except Refused as refusal:
                form.add_error(None, refusal.message)
            else:
                return _welcome(request, membership)
    context = {"community": community, "invitation": invitation, "form": form, "current": current, "person": person}
    return render(request, "memberships/join_page.html", context, status=status)


def _ask(
    request: HttpRequest, community: Community, invitation: Invitation | None, typed: dict[str, Any]
) -> HttpResponse:
    name, device = parse_full_name(typed["name"]), device_of(request)
    asked = actions.ask_to_join(
        community=community,
        invitation=invitation,
        address=typed["address"],
        given_name=name.given_name,
        prefix=name.prefix,
        family_name=name.family_name,
        level=Level(typed.get("level") or Level.FOLLOWER),
        organisation=typed.get("organisation"),
        unit=typed.get("unit"),
        device=device,
    )
    request.session[ASKED] = {"address": typed["address"], "community": community.name} | _shown_in_demo(asked)
    response = redirect("memberships:join_code")
    remember_device(response, device)
    return response


def _shown_in_demo(asked: Asked) -> dict[str, str]:
    return {"token": asked.token, "code": asked.code} if settings.DEMO else {}


def _welcome(request: HttpRequest, membership: Membership) -> HttpResponse:
    community = membership.community
    if membership.is_follower:
        text = _("You follow %(name)s. You can stop at any moment.") % {"name": community.name}
    else:
        text = _("Welcome to %(name)s.") % {"name": community.name}
    request.session.pop(ASKED, None)
    person = membership.person
    if person_of(request) != person:
        enter(request, person.account, "/")
    toasts.say(request, text)
    return redirect("/")


def _follow_page(request: HttpRequest, community: Community, form: FollowerForm, status: int = 200) -> HttpResponse:
    person = person_of(request)
    context = {
        "community": community,
        "form": form,
        "person": person,
        "membership": queries.membership_of(person, community),
        "is_open": access.may_follow(person, community) if person else community.follow_door == Door.ANYONE,
    }
    return render(request, "memberships/follow_page.html", context, status=status)
