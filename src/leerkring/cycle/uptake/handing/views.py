from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import standing_of
from leerkring.community.memberships.requests import community_or_404, person_of, signed_in_person
from leerkring.community.people.models import Person
from leerkring.cycle.questions import access as question_access
from leerkring.cycle.questions import queries as questions
from leerkring.cycle.uptake.handing import access, actions, queries
from leerkring.cycle.uptake.handing.forms import LetGoForm, ToPersonForm, ToProgrammeForm
from leerkring.cycle.uptake.handing.links import offer_in
from leerkring.cycle.uptake.handing.models import Handover
from leerkring.cycle.uptake.views.fetch import attempt, uptake_or_404
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts


@admits(Admission.FOLLOWERS, get=200)
@require_GET
def handovers_page(request: HttpRequest, slug: str) -> HttpResponse:
    """What others ask me to take over here, and what I asked of others."""
    community = community_or_404(request, slug)
    person = signed_in_person(request)
    if not standing_of(person).belongs_to(community):
        raise PermissionDenied(_("This is for the people of the programme."))
    context = {
        "community": community,
        "to_answer": list(queries.handovers_to_answer(person, community)),
        "offered": list(queries.handovers_offered(person, community)[:100]),
    }
    return render(request, "uptake/handing/handovers_page.html", context)


@admits(Admission.FACILITATOR, get=200, post=422)
@require_http_methods(["GET", "POST"])
def question_hand_over(request: HttpRequest, slug: str, question_id: int) -> HttpResponse:
    """To a person, to another programme, or let it go: `to_team` among what was sent says that it is a programme."""
    community = community_or_404(request, slug)
    person = signed_in_person(request)
    question = get_object_or_404(questions.questions_visible_to(person, community), pk=question_id)
    if not access.may_offer_question(person, question):
        raise PermissionDenied(_("Its owner hands it over, or a facilitator. Ask one of them."))
    is_to_team = "to_team" in request.POST
    data = request.POST if request.method == "POST" else None
    people = queries.people_to_offer(community, question.owner)
    to_person = ToPersonForm(None if is_to_team else data, people=people, auto_id="person_%s")
    to_team = None
    if access.may_offer_to_programme(person, question):
        programmes = queries.programmes_to_offer(person, community)
        to_team = ToProgrammeForm(data if is_to_team else None, programmes=programmes, auto_id="team_%s")
    form = to_team if is_to_team and to_team is not None else to_person
    if form.is_valid() and attempt(
        form, lambda: bool(actions.offer_question(question=question, by=person, **form.cleaned_data))
    ):
        return _offered(request, slug, queries.open_handover_of(question))
    context = {
        "community": community,
        "question": question,
        "to_person": to_person,
        "to_team": to_team if to_team is not None and to_team.has_programmes else None,
        "let_go": LetGoForm(auto_id="go_%s") if question_access.may_keep_question(person, question) else None,
        "waiting": queries.open_handover_of(question),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "uptake/handing/question_page.html", context, status=status)


@admits(Admission.CARRIERS, get=200, post=422)
@require_http_methods(["GET", "POST"])
def uptake_hand_over(request: HttpRequest, slug: str, uptake_id: int) -> HttpResponse:
    community, uptake = uptake_or_404(request, slug, uptake_id)
    person = signed_in_person(request)
    if not access.may_offer_uptake(person, uptake):
        raise PermissionDenied(_("This is for the carrier and the recipient. Ask them or the programme team."))
    people = queries.people_to_offer(community, uptake.recipient)
    form = ToPersonForm(request.POST if request.method == "POST" else None, people=people)
    if form.is_valid() and attempt(
        form, lambda: bool(actions.offer_uptake(uptake=uptake, by=person, **form.cleaned_data))
    ):
        return _offered(request, slug, queries.open_handover_of(None, uptake))
    context = {
        "community": community,
        "uptake": uptake,
        "form": form,
        "waiting": queries.open_handover_of(None, uptake),
    }
    return render(request, "uptake/handing/uptake_page.html", context, status=422 if form.is_bound else 200)


@admits(Admission.SELF, post=302)
@require_POST
def handover_accept(request: HttpRequest, slug: str, handover_id: int) -> HttpResponse:
    community, handover, person = _mine(request, slug, handover_id)
    if _attempt(request, lambda: actions.accept_handover(handover=handover, by=person)):
        toasts.say(request, _("It is yours now. Thank you for going on with it."))
    return redirect("uptake:handovers_page", community.slug)


@admits(Admission.SELF, post=302)
@require_POST
def handover_decline(request: HttpRequest, slug: str, handover_id: int) -> HttpResponse:
    community, handover, person = _mine(request, slug, handover_id)
    if _attempt(request, lambda: actions.decline_handover(handover=handover, by=person)):
        toasts.say(request, _("It stays where it is. No need to explain."))
    return redirect("uptake:handovers_page", community.slug)


@admits(Admission.FACILITATOR, post=302)
@require_POST
def handover_withdraw(request: HttpRequest, slug: str, handover_id: int) -> HttpResponse:
    community = community_or_404(request, slug)
    person = signed_in_person(request)
    handover = get_object_or_404(queries.handovers_in(community), pk=handover_id)
    if not access.may_withdraw_handover(person, handover):
        raise PermissionDenied(_("Who offered it can take it back, or a facilitator."))
    if _attempt(request, lambda: actions.withdraw_handover(handover=handover, by=person)):
        toasts.say(request, _("The offer is taken back."))
    return redirect("uptake:handovers_page", slug)


@admits(Admission.EVERYONE, get=404, post=404)
@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def handover_page(request: HttpRequest, token: str) -> HttpResponse:
    """Say yes or no by the link of a letter: GET shows, POST acts. It needs no account."""
    offer = offer_in(token)
    handover = queries.handover_numbered(offer.handover_id) if offer else None
    person = queries.person_here(offer.person_id) if offer else None
    if offer is None or handover is None or person is None or not access.may_answer_handover(person, handover):
        return render(request, "uptake/handing/letter_page.html", {}, status=404)
    if request.method == "POST" and handover.is_open and not offer.is_too_old:
        act = actions.decline_handover if request.POST.get("answer") == "no" else actions.accept_handover
        _attempt(request, lambda: act(handover=handover, by=person))
        return redirect("uptake:handover_page", token)
    context = {"handover": handover, "is_too_old": offer.is_too_old and handover.is_open}
    return render(request, "uptake/handing/letter_page.html", context, status=410 if context["is_too_old"] else 200)


def _mine(request: HttpRequest, slug: str, handover_id: int) -> tuple[Community, Handover, Person]:
    community, person = community_or_404(request, slug), signed_in_person(request)
    handover = get_object_or_404(queries.handovers_in(community), pk=handover_id)
    if not access.may_answer_handover(person_of(request), handover):
        raise PermissionDenied(_("This was offered to somebody else."))
    return community, handover, person


def _offered(request: HttpRequest, slug: str, handover: Handover | None) -> HttpResponse:
    if handover is not None:
        toasts.say(
            request,
            _("Offered to %(name)s, who says yes or no.") % {"name": handover.receiver},
            undo=reverse("uptake:handover_withdraw", args=[slug, handover.pk]),
        )
    return redirect("uptake:handovers_page", slug)


def _attempt(request: HttpRequest, act: Callable[[], object]) -> bool:
    try:
        act()
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
        return False
    return True
