"""For the team: who is missing, and from there in one step the invitation that may bring them."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerkring.community.memberships import queries as memberships
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import signed_in_person
from leerkring.community.people import queries as people
from leerkring.direction.programmes import actions, queries, recruiting
from leerkring.direction.programmes.enums import EnrolmentState
from leerkring.direction.programmes.forms import (
    AimForm,
    CallMailForm,
    CallTextForm,
    ForwardingForm,
    RegistrationForm,
)
from leerkring.direction.programmes.invitation_texts import LANGUAGES, default_text, letter_of, text_of
from leerkring.direction.programmes.models import Call, Edition
from leerkring.direction.programmes.spread import Spread
from leerkring.direction.programmes.spread_picture import SpreadPicture
from leerkring.direction.programmes.views.fetch import attempt, led_edition
from leerkring.platform.admission import Admission, admits
from leerkring.platform.ui import toasts

ASKING = (EnrolmentState.APPLIED, EnrolmentState.WAITING)


@admits(Admission.TEAM, get=200)
@require_GET
def recruit_page(request: HttpRequest, slug: str, edition_id: int) -> HttpResponse:
    """The spread at a glance, who is missing, and how far each organisation is."""
    community, edition = led_edition(request, slug, edition_id)
    return _recruit_page(request, community, edition)


@admits(Admission.TEAM, post=422)
@require_POST
def call_make(request: HttpRequest, slug: str, edition_id: int) -> HttpResponse:
    """An invitation to an organisation, a policy field or both."""
    community, edition = led_edition(request, slug, edition_id)
    form = AimForm(request.POST, organisations=memberships.organisations_of(community), fields=people.policy_fields())
    if not form.is_valid():
        return _recruit_page(request, community, edition, form)
    made: list[Call] = []
    person = signed_in_person(request)
    if not attempt(form, lambda: made.append(actions.make_call(edition=edition, by=person, **form.cleaned_data))):
        return _recruit_page(request, community, edition, form)
    return redirect("programmes:call_page", slug, edition_id, made[0].pk)


@admits(Admission.TEAM, get=200, post=302)
@require_http_methods(["GET", "POST"])
def call_page(request: HttpRequest, slug: str, edition_id: int, call_id: int) -> HttpResponse:
    """The invitation: its words, its link, and who can pass it on."""
    community, call = _call(request, slug, edition_id, call_id)
    if request.method == "GET":
        return _call_page(request, community, call)
    form = CallTextForm(request.POST)
    person = signed_in_person(request)
    if form.is_valid() and attempt(form, lambda: actions.change_call(call=call, by=person, **form.cleaned_data)):
        toasts.say(request, _("Saved."))
        return redirect("programmes:call_page", slug, edition_id, call_id)
    return _call_page(request, community, call, text_form=form)


@admits(Admission.TEAM, post=422)
@require_POST
def call_mail(request: HttpRequest, slug: str, edition_id: int, call_id: int) -> HttpResponse:
    community, call = _call(request, slug, edition_id, call_id)
    form = CallMailForm(request.POST)
    person = signed_in_person(request)
    if form.is_valid() and attempt(form, lambda: actions.mail_call(call=call, by=person, **form.cleaned_data)):
        toasts.say(request, _("The invitation is on its way to %(name)s.") % {"name": call.contact_name})
        return redirect("programmes:call_page", slug, edition_id, call_id)
    return _call_page(request, community, call, mail_form=form)


@admits(Admission.TEAM, post=302)
@require_POST
def call_sent(request: HttpRequest, slug: str, edition_id: int, call_id: int) -> HttpResponse:
    """Somebody sent it by hand and says so."""
    _community, call = _call(request, slug, edition_id, call_id)
    actions.say_call_sent(call=call, by=signed_in_person(request))
    toasts.say(request, _("Noted: this invitation has been sent."))
    return redirect("programmes:call_page", slug, edition_id, call_id)


@admits(Admission.TEAM, post=422)
@require_POST
def call_forward(request: HttpRequest, slug: str, edition_id: int, call_id: int) -> HttpResponse:
    """Ask members to pass it on to their colleagues."""
    community, call = _call(request, slug, edition_id, call_id)
    form = ForwardingForm(request.POST, people=recruiting.who_can_pass_on(call))
    person, counts = signed_in_person(request), list[int]()
    if form.is_valid() and attempt(
        form,
        lambda: counts.append(actions.ask_forwarding(call=call, people=form.cleaned_data["people"], by=person)),
    ):
        said = ngettext(
            "%(count)d person has been asked by mail.", "%(count)d people have been asked by mail.", counts[0]
        )
        toasts.say(request, said % {"count": counts[0]})
        return redirect("programmes:call_page", slug, edition_id, call_id)
    return _call_page(request, community, call, forward_form=form)


@admits(Admission.TEAM, get=200, post=422)
@require_http_methods(["GET", "POST"])
def registration_settings(request: HttpRequest, slug: str, edition_id: int) -> HttpResponse:
    """How people register: for whom it is open, who says yes, how long an offer stands, the invitation."""
    community, edition = led_edition(request, slug, edition_id)
    fields = people.policy_fields()
    if request.method == "GET":
        form = RegistrationForm(initial=_initial_of(edition), fields=fields)
    else:
        form = RegistrationForm(request.POST, fields=fields)
        person = signed_in_person(request)
        if form.is_valid() and attempt(
            form, lambda: actions.change_registration(edition=edition, by=person, **form.values())
        ):
            toasts.say(request, _("Saved."))
            return redirect("programmes:recruit_page", slug, edition_id)
    context = {"community": community, "edition": edition, "form": form}
    return render(request, "programmes/registration_settings.html", context, status=422 if form.is_bound else 200)


def _call(request: HttpRequest, slug: str, edition_id: int, call_id: int) -> tuple[Community, Call]:
    community, edition = led_edition(request, slug, edition_id)
    return community, get_object_or_404(recruiting.calls_of(edition), pk=call_id)


def _initial_of(edition: Edition) -> dict[str, object]:
    return {
        "is_open_to_all": "all" if edition.is_open_to_all else "links",
        "confirms_at_once": "places" if edition.confirms_at_once else "team",
        "offer_days": edition.offer_days,
        "wanted_fields": list(edition.wanted_fields.all()),
        "invitation_nl": default_text(edition, "nl"),
        "invitation_en": default_text(edition, "en"),
    }


def _recruit_page(
    request: HttpRequest, community: Community, edition: Edition, form: AimForm | None = None
) -> HttpResponse:
    enrolments = list(queries.enrolments_of(edition))
    taking_part = [enrolment for enrolment in enrolments if enrolment.state in queries.TAKING_PART]
    calls = list(recruiting.calls_of(edition))
    organisations = recruiting.organisations_to_reach(edition)
    wanted = recruiting.fields_wanted(edition)
    host = edition.programme.host
    asking = [enrolment for enrolment in enrolments if enrolment.state in ASKING]
    spread = Spread([*taking_part, *asking], organisations, host, wanted)
    asked = recruiting.asked_to_pass_on(edition)
    reached = recruiting.reached(organisations, calls, enrolments, asked)
    context = {
        "community": community,
        "edition": edition,
        "spread": spread,
        "picture": SpreadPicture(spread, Spread(taking_part, organisations, host)),
        "reached": sorted(reached, key=lambda reach: (not reach.is_silent, reach.is_called)),
        "missing": spread.missing,
        "missing_fields": spread.missing_fields,
        "field_calls": [(call, asked.get(call.pk)) for call in calls if call.policy_field_id is not None],
        "free": recruiting.free_places(edition),
        "waiting_count": sum(1 for enrolment in asking if enrolment.state == EnrolmentState.WAITING),
        "applied_count": sum(1 for enrolment in asking if enrolment.state == EnrolmentState.APPLIED),
        "form": form or AimForm(organisations=memberships.organisations_of(community), fields=people.policy_fields()),
    }
    return render(request, "programmes/recruit_page.html", context, status=422 if form else 200)


def link_of(call: Call) -> str:
    address = reverse("programmes:edition_register", args=[call.edition.community.slug, call.edition_id])
    return f"{settings.BASE_URL}{address}?via={call.token}"


def _call_page(
    request: HttpRequest,
    community: Community,
    call: Call,
    *,
    text_form: CallTextForm | None = None,
    mail_form: CallMailForm | None = None,
    forward_form: ForwardingForm | None = None,
) -> HttpResponse:
    link, meetings = link_of(call), list(queries.meetings_of_edition(call.edition))
    asked = recruiting.forwarded_by(call)
    people = [(person, place, person.pk in asked) for person, place in recruiting.through_whom(call)]
    bound = text_form or mail_form or forward_form
    context = {
        "community": community,
        "edition": call.edition,
        "call": call,
        "link": link,
        "letters": [(language, letter_of(call, language, link, meetings)) for language in LANGUAGES],
        "text_form": text_form
        or CallTextForm(initial={"text_nl": text_of(call, "nl"), "text_en": text_of(call, "en")}),
        "mail_form": mail_form
        or CallMailForm(
            initial={
                "contact_name": call.contact_name,
                "contact_address": call.contact_address,
                "contact_language": call.contact_language,
            }
        ),
        "forward_form": forward_form,
        "asked": recruiting.asked_to_pass_on(call.edition).get(call.pk),
        "people": people,
        "may_ask": not all(is_asked for _person, _place, is_asked in people),
    }
    return render(request, "programmes/call_page.html", context, status=422 if bound else 200)
