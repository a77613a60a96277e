from __future__ import annotations

from dataclasses import asdict

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerkring.community.meetings.views.fetch import attempt, posted_again
from leerkring.community.meetings.workforms import access, actions, queries
from leerkring.community.meetings.workforms.card import Card, found
from leerkring.community.meetings.workforms.cards import own_card
from leerkring.community.meetings.workforms.forms import FindForm, WorkformForm
from leerkring.community.meetings.workforms.models import Workform
from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import standing_of
from leerkring.community.memberships.requests import community_or_404, signed_in_person
from leerkring.community.people.models import Person
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import EditedMeanwhile, Refused
from leerkring.platform.ui import toasts


@admits(Admission.FOLLOWERS, get=200)
@require_GET
def workforms_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The library: which working forms there are, and which fit."""
    community, person = _reader(request, slug)
    form = FindForm(request.GET)
    asked = form.asked()
    cards = found(queries.cards_for(person, community), asked)
    may_write = access.may_write_workforms(person, community)
    return render(
        request,
        "meetings/workforms/library.html",
        {
            "community": community,
            "form": form,
            "is_asked": asked.is_anything,
            "minutes_asked": asked.minutes,
            "cards": cards,
            "may_write": may_write,
            "put_away": queries.workforms_put_away(person, community) if may_write else [],
        },
    )


@admits(Admission.FOLLOWERS, get=200)
@require_GET
def workform_page(request: HttpRequest, slug: str, workform_key: str) -> HttpResponse:
    """One form on one card, to read and to print."""
    community, person = _reader(request, slug)
    card = _card_or_404(person, community, workform_key)
    workform = _own(person, community, workform_key)
    return render(
        request,
        "meetings/workforms/card.html",
        {
            "community": community,
            "card": card,
            "workform": workform,
            "may_write": access.may_write_workforms(person, community),
            "meeting": None if workform and workform.retired_at else queries.meeting_to_fill(person, community),
        },
    )


@admits(Admission.FACILITATOR, get=200, post=422)
@require_http_methods(["GET", "POST"])
def workform_write(request: HttpRequest, slug: str) -> HttpResponse:
    """A form that stands nowhere yet."""
    community, person = _writer(request, slug)
    is_team = standing_of(person).is_team(community)
    if request.method == "GET":
        form = WorkformForm(is_team=is_team, initial={"minutes": 20, "minutes_min": 15, "minutes_max": 30})
        return _form_page(request, community, form)
    form = WorkformForm(request.POST, is_team=is_team)
    made: list[Workform] = []
    if form.is_valid() and attempt(
        form,
        lambda: made.append(
            actions.write_workform(
                community=community, texts=form.texts(), label=form.chosen_label() or Label.PROGRAMME, by=person
            )
        ),
    ):
        undo = reverse("meetings:workform_retire", args=[slug, made[0].pk])
        toasts.say(request, _("%(name)s is in the library.") % {"name": made[0].name}, undo=undo)
        return redirect("meetings:workform_page", slug, made[0].pk)
    return _form_page(request, community, form)


@admits(Admission.FACILITATOR, post=302)
@require_POST
def workform_copy(request: HttpRequest, slug: str, workform_key: str) -> HttpResponse:
    community, person = _writer(request, slug)
    card = _card_or_404(person, community, workform_key)
    try:
        workform = actions.copy_workform(community=community, card=card, by=person)
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
        return redirect("meetings:workform_page", slug, workform_key)
    undo = reverse("meetings:workform_retire", args=[slug, workform.pk])
    toasts.say(request, _("This copy is yours to change."), undo=undo)
    return redirect("meetings:workform_change", slug, workform.pk)


@admits(Admission.FACILITATOR, get=200, post=422)
@require_http_methods(["GET", "POST"])
def workform_change(request: HttpRequest, slug: str, workform_key: str) -> HttpResponse:
    community, person = _writer(request, slug)
    workform = _own_or_404(person, community, workform_key)
    is_team = standing_of(person).is_team(community)
    if request.method == "GET":
        values = asdict(actions.Texts.of(own_card(workform)))
        form = WorkformForm(is_team=is_team, initial={**values, "label": workform.label, "revision": workform.revision})
        return _form_page(request, community, form, workform)
    form, conflict = WorkformForm(request.POST, is_team=is_team), None
    if form.is_valid():
        try:
            actions.change_workform(
                workform=workform, texts=form.texts(), label=form.chosen_label(), by=person,
                revision=form.cleaned_data["revision"],
            )  # fmt: skip
        except EditedMeanwhile as edited:
            conflict = edited
            form = WorkformForm(posted_again(request, edited), is_team=is_team)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            toasts.say(request, _("Saved. Run sheets that have this form show the new words."))
            return redirect("meetings:workform_page", slug, workform.pk)
    return _form_page(request, community, form, workform, conflict)


@admits(Admission.FACILITATOR, post=302)
@require_POST
def workform_retire(request: HttpRequest, slug: str, workform_key: str) -> HttpResponse:
    community, person = _writer(request, slug)
    workform = _own_or_404(person, community, workform_key)
    actions.retire_workform(workform=workform, by=person)
    undo = reverse("meetings:workform_restore", args=[slug, workform.pk])
    said = (
        _("%(name)s is out of the library. Run sheets that have it keep it.")
        if queries.is_used(workform)
        else _("%(name)s is out of the library.")
    )
    toasts.say(request, said % {"name": workform.name}, undo=undo)
    return redirect("meetings:workforms_page", slug)


@admits(Admission.FACILITATOR, post=302)
@require_POST
def workform_restore(request: HttpRequest, slug: str, workform_key: str) -> HttpResponse:
    community, person = _writer(request, slug)
    workform = _own_or_404(person, community, workform_key)
    try:
        actions.restore_workform(workform=workform, by=person)
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
    else:
        toasts.say(request, _("%(name)s is in the library again.") % {"name": workform.name})
    return redirect("meetings:workform_page", slug, workform.pk)


def _reader(request: HttpRequest, slug: str) -> tuple[Community, Person]:
    community, person = community_or_404(request, slug), signed_in_person(request)
    if not access.may_see_workforms(person, community):
        raise PermissionDenied(_("The library is for who takes part in this programme."))
    return community, person


def _writer(request: HttpRequest, slug: str) -> tuple[Community, Person]:
    community, person = community_or_404(request, slug), signed_in_person(request)
    if not access.may_write_workforms(person, community):
        raise PermissionDenied(_("This is for facilitators. Ask one of them, or the programme team."))
    return community, person


def _card_or_404(person: Person, community: Community, key: str) -> Card:
    card = queries.card_named(person, community, key)
    if card is None:
        raise Http404
    return card


def _own(person: Person, community: Community, key: str) -> Workform | None:
    return queries.workform_numbered(queries.workforms_to_restore(person, community), key)


def _own_or_404(person: Person, community: Community, key: str) -> Workform:
    workform = _own(person, community, key)
    if workform is None:
        raise Http404
    return workform


def _form_page(
    request: HttpRequest,
    community: Community,
    form: WorkformForm,
    workform: Workform | None = None,
    conflict: EditedMeanwhile | None = None,
) -> HttpResponse:
    context = {"community": community, "form": form, "workform": workform, "conflict": conflict}
    return render(request, "meetings/workforms/form.html", context, status=422 if form.is_bound else 200)
