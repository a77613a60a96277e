"""For the team: who applied, the waiting list in its order, and the places that are offered."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import signed_in_person
from leerkring.direction.programmes import actions, queries, recruiting
from leerkring.direction.programmes.enums import EditionState, EnrolmentState
from leerkring.direction.programmes.models import Edition
from leerkring.direction.programmes.views.fetch import led_edition
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts
from leerkring.platform.ui.days import date_words


@admits(Admission.TEAM, get=200)
@require_GET
def waiting_page(request: HttpRequest, slug: str, edition_id: int) -> HttpResponse:
    """The list in its order, with who was offered a place and until when."""
    community, edition = led_edition(request, slug, edition_id)
    return _waiting_page(request, community, edition)


@admits(Admission.TEAM, post=302)
@require_POST
def enrolment_approve(request: HttpRequest, slug: str, edition_id: int, enrolment_id: int) -> HttpResponse:
    """Yes to who applied: in, or on the waiting list when all places went meanwhile."""
    community, edition = led_edition(request, slug, edition_id)
    enrolment = get_object_or_404(queries.enrolments_of(edition), pk=enrolment_id)
    try:
        actions.approve(enrolment=enrolment, by=signed_in_person(request))
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
        return _waiting_page(request, community, edition, status=422)
    name = {"name": enrolment.person.name}
    if enrolment.state == EnrolmentState.WAITING:
        toasts.warn(request, _("All places are taken: %(name)s is on the waiting list, and has been told.") % name)
    else:
        toasts.say(request, _("%(name)s takes part now.") % name)
    return redirect("programmes:waiting_page", slug, edition_id)


@admits(Admission.TEAM, post=422)
@require_POST
def offer_make(request: HttpRequest, slug: str, edition_id: int, enrolment_id: int) -> HttpResponse:
    """Offer a place by hand, out of turn if need be."""
    community, edition = led_edition(request, slug, edition_id)
    enrolment = get_object_or_404(queries.enrolments_of(edition), pk=enrolment_id)
    try:
        offer = actions.offer_place(enrolment=enrolment, by=signed_in_person(request))
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
        return _waiting_page(request, community, edition, status=422)
    said = _("%(name)s has been offered a place, to be answered by %(day)s.")
    toasts.say(request, said % {"name": enrolment.person.name, "day": date_words(offer.last_day, "day_month")})
    return redirect("programmes:waiting_page", slug, edition_id)


@admits(Admission.TEAM, post=302)
@require_POST
def offer_withdraw(request: HttpRequest, slug: str, edition_id: int, offer_id: int) -> HttpResponse:
    _community, edition = led_edition(request, slug, edition_id)
    offer = get_object_or_404(recruiting.offers_in(edition), pk=offer_id)
    actions.withdraw_offer(offer=offer, by=signed_in_person(request))
    toasts.say(request, _("The offer is withdrawn. This person stays on the list."))
    return redirect("programmes:waiting_page", slug, edition_id)


def _waiting_page(request: HttpRequest, community: Community, edition: Edition, status: int = 200) -> HttpResponse:
    waiting, offers = list(recruiting.waiting_list(edition)), list(recruiting.offers_in(edition))
    open_offers = {offer.enrolment_id: offer for offer in offers if offer.is_open}
    in_line = recruiting.ids_next_in_line(edition)
    free = recruiting.free_places(edition)
    context = {
        "community": community,
        "edition": edition,
        "applied": list(recruiting.applied(edition)),
        "waiting": [(row, open_offers.get(row.pk), row.pk in in_line) for row in waiting],
        "free": free,
        "moves_by_itself": edition.state == EditionState.RECRUITING,
        "has_free": free is None or free > 0,
    }
    return render(request, "programmes/waiting_page.html", context, status=status)
