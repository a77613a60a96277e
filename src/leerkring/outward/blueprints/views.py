from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerkring.community.meetings.rhythm.queries import rhythm_of
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import community_or_404, signed_in_person
from leerkring.community.people.models import Person
from leerkring.direction.programmes.queries import programme_of
from leerkring.outward.blueprints import access, actions, queries
from leerkring.outward.blueprints.blueprint import working_day
from leerkring.outward.blueprints.document import as_text
from leerkring.outward.blueprints.forms import ChoicesForm, FileForm, FirstDayForm, PlanForm
from leerkring.outward.blueprints.ready_made import KEYS, ready_made
from leerkring.outward.blueprints.sources import Source, source_named
from leerkring.platform import clock
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts

LEAD_TIME = timedelta(days=56)
"""A first meeting is proposed this far ahead: people need two months to keep days free."""


def _team(request: HttpRequest, slug: str) -> tuple[Community, Person]:
    community = community_or_404(request, slug)
    person = signed_in_person(request)
    if not access.may_plan_from_blueprints(person, community):
        raise PermissionDenied(_("This is for the programme team. Ask one of them."))
    return community, person


def _source(request: HttpRequest, slug: str, source: str) -> tuple[Community, Person, Source]:
    community, person = _team(request, slug)
    found = source_named(community, source)
    if found is None:
        raise Http404
    return community, person, found


@admits(Admission.TEAM, get=200)
@require_GET
def blueprints_page(request: HttpRequest, slug: str) -> HttpResponse:
    """What a new edition or cycle can be planned from."""
    community, _person = _team(request, slug)
    return _list_page(request, community, FileForm())


@admits(Admission.TEAM, post=422)
@require_POST
def blueprint_import(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep a method file, and show what is in it; nothing is planned by that."""
    community, person = _team(request, slug)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _list_page(request, community, form)
    try:
        kept = actions.keep_blueprint(community=community, blueprint=form.found.blueprint, by=person)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return _list_page(request, community, form)
    toasts.say(request, _("Kept. This is what is in it."), undo=_address("blueprint_remove", community, kept.pk))
    if left_out := form.found.left_out:
        names = ", ".join(left_out[:5])
        toasts.warn(request, _("Left out, because this Leerkring does not know it: %(names)s.") % {"names": names})
    return redirect("blueprints:blueprint_page", community.slug, f"file-{kept.pk}")


@admits(Admission.TEAM, get=200)
@require_GET
def blueprint_page(request: HttpRequest, slug: str, source: str) -> HttpResponse:
    """Everything in it, before anything is planned or handed on, and what of it is here already."""
    community, _person, found = _source(request, slug, source)
    return _preview(request, community, found)


@admits(Admission.TEAM, post=302)
@require_POST
def workforms_take(request: HttpRequest, slug: str, source: str) -> HttpResponse:
    """Only the working forms and methods, without planning anything."""
    community, person, found = _source(request, slug, source)
    form = ChoicesForm(request.POST, compared=queries.compared_with(community, found.blueprint))
    if not form.is_valid():
        return _preview(request, community, found, form)
    try:
        count = actions.take_along(community=community, blueprint=found.blueprint, choices=form.chosen(), by=person)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return _preview(request, community, found, form)
    said = ngettext("%(n)d thing of theirs came in.", "%(n)d things of theirs came in.", count) % {"n": count}
    toasts.say(request, said if count else _("Everything of yours stays as it is."))
    return redirect("blueprints:blueprint_page", slug, source)


def _preview(
    request: HttpRequest, community: Community, found: Source, form: ChoicesForm | None = None
) -> HttpResponse:
    blueprint = found.blueprint
    forms, methods = queries.compared_forms(community, blueprint), queries.compared_methods(community, blueprint)
    context = {
        "community": community,
        "source": found,
        "series": [
            (moment, [(part, blueprint.form_of(part)) for part in moment.parts]) for moment in blueprint.moments
        ],
        "forms": forms,
        "methods": methods,
        "new_count": sum(each.is_new for each in (*forms, *methods)),
        "choices": form or ChoicesForm(compared=[*forms, *methods]),
        "mails_differ": blueprint.mails is not None and blueprint.mails != rhythm_of(community),
    }
    return render(request, "blueprints/blueprint_page.html", context, status=422 if form else 200)


@admits(Admission.TEAM, get=200)
@require_GET
def blueprint_file(request: HttpRequest, slug: str, source: str) -> HttpResponse:
    """The method as a file."""
    _community, _person, found = _source(request, slug, source)
    name = slugify(found.blueprint.name)[:80] or "leerkring"
    return HttpResponse(
        as_text(found.blueprint),
        content_type="application/json; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}.json"',
            "Cache-Control": "no-store",
        },
    )


@admits(Admission.TEAM, get=200, post=422)
@require_http_methods(["GET", "POST"])
def blueprint_plan(request: HttpRequest, slug: str, source: str) -> HttpResponse:
    """Days and a name; one press plans all of it."""
    community, person, found = _source(request, slug, source)
    first_form = FirstDayForm(request.GET if "first" in request.GET else None)
    first = first_form.cleaned_data["first"] if first_form.is_valid() else _proposed_first()
    if not first_form.is_bound:
        first_form = FirstDayForm(initial={"first": first})
    blueprint = found.blueprint
    form = PlanForm(
        request.POST if request.method == "POST" else None,
        blueprint=blueprint,
        first=first,
        mails_now=rhythm_of(community),
        initial={"name": blueprint.name, "places_count": blueprint.places},
    )
    choices = ChoicesForm(
        request.POST if request.method == "POST" else None, compared=queries.compared_with(community, blueprint)
    )
    if form.is_valid() and choices.is_valid():
        try:
            planned = actions.plan_from_blueprint(
                programme=programme_of(community),
                blueprint=blueprint,
                name=form.cleaned_data.get("name", ""),
                begins=form.begins(),
                place=form.cleaned_data["place"],
                places_count=form.cleaned_data.get("places_count"),
                takes_mails=form.cleaned_data.get("takes_mails", False),
                choices=choices.chosen(),
                by=person,
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            count = len(planned.meetings)
            said = ngettext(
                "%(n)d meeting is planned, with its run sheet.",
                "%(n)d meetings are planned, with their run sheets.",
                count,
            )
            toasts.say(request, said % {"n": count})
            if planned.edition is not None:
                return redirect("programmes:edition_page", slug, planned.edition.pk)
            return redirect("meetings:meetings_page", slug)
    context = {"community": community, "source": found, "form": form, "first_form": first_form, "choices": choices}
    return render(request, "blueprints/plan_page.html", context, status=422 if form.is_bound else 200)


@admits(Admission.TEAM, post=302)
@require_POST
def blueprint_remove(request: HttpRequest, slug: str, blueprint_id: int) -> HttpResponse:
    community, person = _team(request, slug)
    kept = get_object_or_404(queries.kept_blueprints(community), pk=blueprint_id)
    actions.remove_blueprint(kept=kept, by=person)
    toasts.say(request, _("Removed."), undo=_address("blueprint_restore", community, kept.pk))
    return redirect("blueprints:blueprints_page", slug)


@admits(Admission.TEAM, post=302)
@require_POST
def blueprint_restore(request: HttpRequest, slug: str, blueprint_id: int) -> HttpResponse:
    community, person = _team(request, slug)
    kept = get_object_or_404(queries.blueprints_to_restore(community), pk=blueprint_id)
    actions.restore_blueprint(kept=kept, by=person)
    toasts.say(request, _("It is back."))
    return redirect("blueprints:blueprints_page", slug)


def _list_page(request: HttpRequest, community: Community, form: FileForm) -> HttpResponse:
    context = {
        "community": community,
        "ready": [(key, ready_made(key)) for key in _in_order(community)],
        "editions": queries.editions_to_plan_from(community),
        "kept": queries.kept_blueprints(community),
        "form": form,
    }
    return render(request, "blueprints/blueprints_page.html", context, status=422 if form.is_bound else 200)


def _in_order(community: Community) -> list[str]:
    """First what fits the kind of this programme."""
    kind = programme_of(community).kind
    fits = {key: blueprint.kind == kind for key in KEYS if (blueprint := ready_made(key))}
    return sorted(fits, key=lambda key: not fits[key])


def _proposed_first() -> date:
    return working_day(clock.today() + LEAD_TIME)


def _address(verb: str, community: Community, blueprint_id: int) -> str:
    return reverse(f"blueprints:{verb}", args=[community.slug, blueprint_id])
