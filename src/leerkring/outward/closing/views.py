from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from leerkring.community.memberships import actions as memberships
from leerkring.community.memberships.enums import Level
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import membership_of
from leerkring.community.memberships.requests import community_or_404, person_of, signed_in_person
from leerkring.cycle.uptake import queries as uptake
from leerkring.cycle.uptake.handing import queries as handing
from leerkring.direction.programmes import queries as programmes
from leerkring.direction.programmes.models import Edition
from leerkring.outward.closing import access, queries
from leerkring.outward.closing.todo import to_dos
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts

MOST = 50


@admits(Admission.TEAM, get=200)
@require_GET
def edition_closing(request: HttpRequest, slug: str, edition_id: int) -> HttpResponse:
    """What is still open at the end of an edition."""
    community = _led_community(request, slug)
    edition = get_object_or_404(programmes.editions_visible_to(person_of(request), community), pk=edition_id)
    return _closing_page(request, community, edition)


@admits(Admission.TEAM, get=200)
@require_GET
def programme_closing(request: HttpRequest, slug: str) -> HttpResponse:
    """What is still open when a programme or a community ends."""
    return _closing_page(request, _led_community(request, slug), None)


@admits(Admission.SIGNED_IN, get=200)
@require_GET
def parting_page(request: HttpRequest, slug: str, edition_id: int) -> HttpResponse:
    """The end of an edition for who took part: nothing has to be done here."""
    community, edition = _edition_or_404(request, slug, edition_id)
    person = signed_in_person(request)
    enrolment = programmes.enrolment_of(person, edition)
    if enrolment is not None and enrolment.state not in programmes.TAKING_PART:
        enrolment = None
    membership = membership_of(person, community)
    context = {
        "community": community,
        "edition": edition,
        "own": enrolment,
        "membership": membership,
        "is_follower": membership is not None and membership.level == Level.FOLLOWER,
        "questions": list(handing.own_questions_of(person, community)[:MOST]) if enrolment else [],
        "uptakes": list(handing.own_uptakes_of(person, community)[:MOST]) if enrolment else [],
        "certificate": queries.certificate_of(enrolment) if enrolment else None,
        "commitments_count": uptake.commitments_of(person, community).count() if enrolment else 0,
    }
    return render(request, "closing/parting_page.html", context)


@admits(Admission.FOLLOWERS, post=302)
@require_POST
def parting_follow(request: HttpRequest, slug: str, edition_id: int) -> HttpResponse:
    """Stay as a follower: one press, and one to take it back."""
    community, edition = _edition_or_404(request, slug, edition_id)
    person = signed_in_person(request)
    membership = membership_of(person, community)
    if membership is None:
        raise PermissionDenied(_("This is for the people of the programme."))
    before = membership.level
    try:
        memberships.choose_level(membership=membership, level=Level.FOLLOWER, by=person)
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
        return redirect("closing:parting_page", slug, edition.pk)
    undo = f"{reverse('memberships:level_choose', args=[slug])}?level={before}" if before != Level.FOLLOWER else ""
    toasts.say(request, _("You are a follower now. No need to explain."), undo=undo)
    return redirect("closing:parting_page", slug, edition.pk)


def _closing_page(request: HttpRequest, community: Community, edition: Edition | None) -> HttpResponse:
    person = signed_in_person(request)
    items = to_dos(person, community, edition)
    questions = list(queries.questions_to_hand_over(person, community, edition)[: MOST + 1])
    uptakes = list(queries.uptakes_to_hand_over(person, community, edition)[: MOST + 1])
    context = {
        "community": community,
        "edition": edition,
        "editions": [] if edition else list(queries.editions_to_close(community)),
        "items": items,
        "open_count": sum(item.is_open for item in items),
        "questions": questions[:MOST],
        "uptakes": uptakes[:MOST],
        "more_questions": len(questions) > MOST,
        "more_uptakes": len(uptakes) > MOST,
    }
    return render(request, "closing/closing_page.html", context)


def _led_community(request: HttpRequest, slug: str) -> Community:
    community = community_or_404(request, slug)
    if not access.may_close(person_of(request), community):
        raise PermissionDenied(_("This is for the programme team. Ask one of them."))
    return community


def _edition_or_404(request: HttpRequest, slug: str, edition_id: int) -> tuple[Community, Edition]:
    community = community_or_404(request, slug)
    return community, get_object_or_404(programmes.editions_visible_to(person_of(request), community), pk=edition_id)
