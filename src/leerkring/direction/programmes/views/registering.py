"""Registering for an edition, and answering when a place came free: by a link, on a phone, with or without account."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from leerkring.community.accounts import queries as accounts
from leerkring.community.accounts.actions import TicketRefused
from leerkring.community.accounts.devices import device_of, remember_device
from leerkring.community.accounts.enums import TicketPurpose, TicketState
from leerkring.community.accounts.limits import TooOften
from leerkring.community.accounts.sessions import enter
from leerkring.community.memberships import queries as memberships
from leerkring.community.memberships.access import may_follow
from leerkring.community.memberships.requests import person_of, signed_in_person
from leerkring.community.people import queries as people
from leerkring.community.people.models import Person
from leerkring.direction.programmes import access, actions, queries, recruiting, sentences, words
from leerkring.direction.programmes.enums import OUTSIDE, EditionState, EnrolmentState
from leerkring.direction.programmes.forms import RegisterForm, RegistrationCodeForm, VisitorForm
from leerkring.direction.programmes.models import Call, Edition, Enrolment, PlaceOffer
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts

ASKED = "registration_asked"
STATUS = {TicketState.OPEN: 200, TicketState.USED: 410, TicketState.OLD: 410, TicketState.UNKNOWN: 404}


@admits(Admission.EVERYONE, get=200, post=422)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edition_register(request: HttpRequest, slug: str, edition_id: int) -> HttpResponse:
    """What it is, when and where, and the form. `via` is the link of a call."""
    edition, call = _edition_or_404(request, slug, edition_id)
    person = person_of(request)
    enrolment = queries.enrolment_of(person, edition)
    if not _may_fill_in(request, edition, call, enrolment):
        return _register_page(request, edition, call, None, enrolment, 422 if request.method == "POST" else 200)
    form = _form_of(request, edition, call, enrolment)
    if request.method != "POST":
        return _register_page(request, edition, call, form, enrolment)
    if form.is_valid():
        try:
            return _register(request, edition, call, form.cleaned_data)
        except Refused as refusal:
            form.add_error("address" if person is None else None, refusal.message)
            status = 429 if isinstance(refusal, TooOften) else 422
            return _register_page(request, edition, call, form, enrolment, status)
    return _register_page(request, edition, call, form, enrolment, 422)


@admits(Admission.EVERYONE, get=302, post=302)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def registration_code(request: HttpRequest) -> HttpResponse:
    """After the form: look in your mail, or type the code here."""
    asked = request.session.get(ASKED)
    if not asked:
        return redirect("accounts:sign_in_page")
    form, status = RegistrationCodeForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                enrolment = actions.finish_registration(
                    address=asked["address"], code=form.cleaned_data["code"], device=device_of(request)
                )
            except Refused as refusal:
                form.add_error("code", refusal.message)
                status = 429 if isinstance(refusal, TooOften) else 422
            else:
                return _welcome(request, enrolment)
    return render(request, "programmes/registration_code.html", {"form": form, "asked": asked}, status=status)


@admits(Admission.EVERYONE, get=404, post=404)
@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def registration_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the mail: GET shows a button and POST registers, so that a scanner of mail does not use it up."""
    state = accounts.state_of_link(token, TicketPurpose.REGISTER)
    registration = recruiting.registration_of_link(token)
    if request.method == "POST" and state == TicketState.OPEN:
        try:
            return _welcome(request, actions.finish_registration(token=token))
        except TicketRefused as refusal:
            state = refusal.state
        except Refused as refusal:
            toasts.refuse(request, refusal.message)
            return redirect("accounts:sign_in_page")
    context = {"state": state, "registration": registration}
    return render(request, "programmes/registration_confirm.html", context, status=STATUS[state])


@admits(Admission.SIGNED_IN, post=302)
@require_POST
def registration_leave(request: HttpRequest, slug: str, edition_id: int) -> HttpResponse:
    """Step out of one's own application, waiting or place; no need to explain."""
    edition, _call = _edition_or_404(request, slug, edition_id)
    person = signed_in_person(request)
    enrolment = queries.enrolment_of(person, edition)
    if enrolment is not None and enrolment.state != EnrolmentState.LEFT:
        try:
            actions.move_enrolment(enrolment=enrolment, state=EnrolmentState.LEFT, by=person)
        except Refused as refusal:
            toasts.refuse(request, refusal.message)
        else:
            toasts.say(request, _("You are out. No need to explain."))
    return redirect("programmes:edition_register", slug, edition_id)


@admits(Admission.EVERYONE, get=404, post=404)
@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def place_page(request: HttpRequest, token: str) -> HttpResponse:
    """A place came free. Whoever has the mail is the person: GET shows, POST answers (`yes`, `no` or `stay`)."""
    offer = recruiting.offer_of_token(token)
    if offer is None:
        return render(request, "programmes/place_page.html", {"offer": None}, status=404)
    person, status = offer.enrolment.person, 200
    if request.method == "POST":
        try:
            _answer(request.POST.get("answer", ""), offer, person)
        except Refused as refusal:
            toasts.refuse(request, refusal.message)
            status = 422
        else:
            return redirect("programmes:place_page", token)
    edition, enrolment = offer.enrolment.edition, offer.enrolment
    context = {
        "offer": offer,
        "enrolment": enrolment,
        "edition": edition,
        "may_answer": offer.is_open and not offer.is_past and enrolment.state == EnrolmentState.WAITING,
        "is_waiting": enrolment.state == EnrolmentState.WAITING,
        "stays": enrolment.pk in recruiting.ids_next_in_line(edition),
        "meetings": list(queries.meetings_of_edition(edition)),
    }
    return render(request, "programmes/place_page.html", context, status=status)


def _answer(said: str, offer: PlaceOffer, person: Person) -> None:
    match said:
        case "yes":
            actions.accept_offer(offer=offer, by=person)
        case "no":
            actions.decline_offer(offer=offer, by=person)
        case "stay":
            actions.renew_waiting(enrolment=offer.enrolment, by=person)
        case _other:
            raise Refused(_("Choose yes or no."))


def _edition_or_404(request: HttpRequest, slug: str, edition_id: int) -> tuple[Edition, Call | None]:
    """The edition for who may register, holds a link of it, or sees its programme anyway."""
    person = person_of(request)
    edition = recruiting.edition_at(slug, edition_id, person)
    if edition is None:
        raise Http404
    call = recruiting.call_of_token(edition, request.GET.get("via", ""))
    is_known = memberships.standing_of(person).knows_of(edition.community)
    if not is_known and not access.may_register(person, edition, call):
        raise Http404
    return edition, call


def _may_fill_in(request: HttpRequest, edition: Edition, call: Call | None, enrolment: Enrolment | None) -> bool:
    is_in = enrolment is not None and enrolment.state not in OUTSIDE
    is_open = edition.state == EditionState.RECRUITING
    return is_open and not is_in and access.may_register(person_of(request), edition, call)


def _form_of(request: HttpRequest, edition: Edition, call: Call | None, enrolment: Enrolment | None) -> RegisterForm:
    community, person = edition.community, person_of(request)
    choices: dict[str, Any] = {
        "organisations": memberships.organisations_of(community),
        "units": memberships.units_in(community),
        "fields": people.policy_fields(),
    }
    kind = VisitorForm if person is None else RegisterForm
    if request.method == "POST":
        return kind(request.POST, **choices)
    initial: dict[str, Any] = {}
    if call is not None:
        initial = {"organisation": call.organisation_id, "policy_field": call.policy_field_id}
    if person is not None:
        place = memberships.last_place_of(person)
        if place is not None:
            initial |= {"organisation": place.organisation_id, "unit": place.unit_id}
        initial["policy_field"] = person.policy_field_id or initial.get("policy_field")
    if enrolment is not None:
        initial["personal_question"] = enrolment.personal_question
    return kind(initial=initial, **choices)


def _register(request: HttpRequest, edition: Edition, call: Call | None, typed: dict[str, Any]) -> HttpResponse:
    person = person_of(request)
    if person is not None:
        enrolment = actions.register(edition=edition, person=person, call=call, by=person, **typed)
        toasts.say(request, _said(enrolment))
        return redirect("programmes:edition_register", edition.community.slug, edition.pk)
    device = device_of(request)
    asked = actions.ask_to_register(edition=edition, call=call, device=device, **typed)
    shown = {"token": asked.token, "code": asked.code} if settings.DEMO else {}
    request.session[ASKED] = {"address": typed["address"], "edition": edition.name} | shown
    response = redirect("programmes:registration_code")
    remember_device(response, device)
    return response


def _welcome(request: HttpRequest, enrolment: Enrolment) -> HttpResponse:
    request.session.pop(ASKED, None)
    person = enrolment.person
    address = reverse("programmes:edition_register", args=[enrolment.edition.community.slug, enrolment.edition_id])
    if person_of(request) != person:
        if person.account is None:
            raise PermissionDenied
        enter(request, person.account, address)
    toasts.say(request, _said(enrolment))
    return redirect(address)


def _said(enrolment: Enrolment) -> str:
    match enrolment.state:
        case EnrolmentState.CONFIRMED | EnrolmentState.ACTIVE:
            return _("You are in.")
        case EnrolmentState.WAITING:
            return _("All places are taken: you are on the waiting list.")
    return _("You applied. The programme team will answer you.")


def _register_page(
    request: HttpRequest,
    edition: Edition,
    call: Call | None,
    form: RegisterForm | None,
    enrolment: Enrolment | None,
    status: int = 200,
) -> HttpResponse:
    person, meetings = person_of(request), list(queries.meetings_of_edition(edition))
    knows = memberships.standing_of(person).knows_of(edition.community)
    taken = recruiting.taken_count(edition)
    offer = recruiting.open_offer_of(enrolment) if enrolment is not None else None
    context = {
        "community": edition.community if knows else None,
        "home": edition.community,
        "edition": edition,
        "call": call,
        "form": form,
        "person": person,
        "enrolment": enrolment,
        "offer": offer,
        "offer_token": recruiting.token_of(offer) if offer else "",
        "meetings": meetings,
        "titles": {meeting.pk for meeting in queries.meetings_of_edition_visible_to(person, edition)},
        "rule": words.rule_in_words(edition, len(meetings)),
        "places": words.places_in_words(edition, taken),
        "answer": words.answer_in_words(edition, taken),
        "is_recruiting": edition.state == EditionState.RECRUITING,
        "may_leave": enrolment is not None and enrolment.may_become(EnrolmentState.LEFT),
        "knows": knows,
    }
    if form is None and (enrolment is None or enrolment.state in OUTSIDE):
        context |= _ways_on(edition, person)
    return render(request, "programmes/register_page.html", context, status=status)


def _ways_on(edition: Edition, person: Person | None) -> dict[str, Any]:
    """For who cannot register here now: another edition, following, the team."""
    community = edition.community
    belongs = memberships.standing_of(person).belongs_to(community)
    is_open = community.takes_followers if person is None else may_follow(person, community)
    return {
        "is_closed": True,
        "heading": sentences.heading_for_others(edition),
        "others": recruiting.open_beside(edition, person),
        "belongs": belongs,
        "may_follow": is_open and not belongs,
    }
