from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerkring.community.memberships.requests import community_or_404, signed_in_person
from leerkring.community.people.models import Person
from leerkring.cycle.groups import queries as group_queries
from leerkring.cycle.groups.access import may_form_group
from leerkring.cycle.groups.forming import actions, jobs, queries, words
from leerkring.cycle.groups.forming.forms import (
    CandidateForm,
    NewFormingForm,
    PairForm,
    PossibleGroupForm,
    SettingsForm,
)
from leerkring.cycle.groups.forming.looks import Look
from leerkring.cycle.groups.forming.models import Forming
from leerkring.cycle.groups.forming.views.doors import candidate_or_404, did, forming_or_404, possible_or_404
from leerkring.cycle.groups.views.doors import require
from leerkring.platform import clock
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts
from leerkring.platform.ui.ticking import ticked


@admits(Admission.FACILITATOR, get=200)
@require_GET
def formings_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Divisions of this programme, the newest first."""
    community = community_or_404(request, slug)
    require(may_form_group(signed_in_person(request), community))
    formings = list(queries.formings_with_counts(community))
    return render(request, "groups/forming/formings.html", {"community": community, "formings": formings})


@admits(Admission.FACILITATOR, get=200, post=422)
@require_http_methods(["GET", "POST"])
def forming_new(request: HttpRequest, slug: str) -> HttpResponse:
    community, person = community_or_404(request, slug), signed_in_person(request)
    require(may_form_group(person, community))
    form = NewFormingForm(
        request.POST if request.method == "POST" else None, community=community, person=person,
        initial={"meeting": request.GET.get("meeting")},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        people = queries.people_by(
            community, levels=asked["levels"], meeting=asked["meeting"], only_present=asked["only_present"]
        )
        try:
            forming = actions.open_forming(
                community=community, title=asked["title"], by=person, meeting=asked["meeting"], people=people,
                themes=asked["themes"], questions=asked["questions"],
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("groups:forming_page", slug=slug, forming_id=forming.pk)
    context = {"community": community, "form": form}
    return render(request, "groups/forming/new.html", context, status=422 if form.errors else 200)


@admits(Admission.FACILITATOR, get=200)
@require_GET
def forming_page(request: HttpRequest, slug: str, forming_id: int) -> HttpResponse:
    """Prepare: people with their wishes, possible groups, rules, and one slider."""
    _community, forming, _person = forming_or_404(request, slug, forming_id)
    return _prepare(request, forming)


def _prepare(
    request: HttpRequest, forming: Forming, *, settings: SettingsForm | None = None, pair: PairForm | None = None
) -> HttpResponse:
    look = Look(queries.ground_of(forming))
    if look.ground.present and look.ground.possible and not forming.is_used:
        transaction.on_commit(jobs.kept.warm)
    now = clock.now()
    context: dict[str, Any] = {
        "community": forming.community,
        "forming": forming,
        "look": look,
        "rows": prepared_rows(look),
        "settings": settings or SettingsForm(forming=forming),
        "pair": pair or PairForm(candidates=look.ground.candidates),
        "is_busy": forming.is_busy(now),
        "failure": "lost" if forming.is_lost(now) else forming.failure.get("kind", ""),
        "failure_words": words.failure("lost" if forming.is_lost(now) else forming.failure.get("kind", "")),
        "stage": words.stage(forming),
        "room": sum(group.max for group in look.ground.possible),
    }
    is_refused = any(form is not None and form.errors for form in (settings, pair))
    return render(request, "groups/forming/prepare.html", context, status=422 if is_refused else 200)


def prepared_rows(look: Look) -> list[dict[str, Any]]:
    """Each person with where they work, what they wish and what binds them."""
    ground = look.ground
    groups = {group.pk: group for group in ground.possible}
    return [
        {
            "candidate": each,
            "place": ground.traits.word("unit", ground.traits.of(each.person_id).get("unit", "")),
            "wishes": [groups[choice].name for choice in each.choices if choice in groups],
            "pin": groups.get(each.pin_id or 0),
        }
        for each in ground.candidates
    ]


@admits(Admission.FACILITATOR, post=422)
@require_POST
def forming_change(request: HttpRequest, slug: str, forming_id: int) -> HttpResponse:
    _community, forming, person = forming_or_404(request, slug, forming_id)
    form = SettingsForm(request.POST, forming=forming)
    if not form.is_valid():
        return _prepare(request, forming, settings=form)
    asked = form.cleaned_data["wishes"], form.weights
    begins = "begin" in request.POST

    def change() -> None:
        actions.change_forming(forming=forming, by=person, wishes=asked[0], weights=asked[1])
        if begins:
            actions.begin_forming(forming=forming, by=person)

    if begins:
        return did(request, forming, change, to="division_page", back="forming_page")
    return did(request, forming, change, said=_("Kept."))


@admits(Admission.FACILITATOR, get=200, post=422)
@require_http_methods(["GET", "POST"])
def forming_people(request: HttpRequest, slug: str, forming_id: int) -> HttpResponse:
    """Who is in it, by name."""
    community, forming, person = forming_or_404(request, slug, forming_id)
    people = group_queries.people_with_places(community)
    refusal = ""
    if request.method == "POST":
        picked = set(request.POST.getlist("people"))
        chosen: list[Person] = [placed.person for placed in people if str(placed.person.pk) in picked]
        try:
            actions.choose_people(forming=forming, people=chosen, by=person)
        except Refused as refused:
            refusal = refused.message
        else:
            toasts.say(request, _("Kept."))
            return redirect("groups:forming_page", slug=slug, forming_id=forming.pk)
    else:
        now = [each.person_id for each in queries.candidates_of(forming) if each.person_id is not None]
        picked = ticked(request, "people", [placed.person.pk for placed in people], now)
    context = {"community": community, "forming": forming, "people": people, "picked": picked, "refusal": refusal}
    return render(request, "groups/forming/people.html", context, status=422 if refusal else 200)


@admits(Admission.FACILITATOR, get=200, post=302)
@require_http_methods(["GET", "POST"])
def candidate_page(request: HttpRequest, slug: str, forming_id: int, candidate_id: int) -> HttpResponse:
    """Wishes, times and pin of one person."""
    community, forming, person = forming_or_404(request, slug, forming_id)
    candidate = candidate_or_404(forming, candidate_id)
    possible = list(queries.possible_groups_of(forming))
    form = CandidateForm(request.POST if request.method == "POST" else None, candidate=candidate, possible=possible)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_candidate(candidate=candidate, by=person, **form.values())
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            toasts.say(request, _("Kept."))
            return redirect("groups:forming_page", slug=slug, forming_id=forming.pk)
    context = {"community": community, "forming": forming, "candidate": candidate, "form": form}
    return render(request, "groups/forming/candidate.html", context, status=422 if form.errors else 200)


@admits(Admission.FACILITATOR, get=200, post=422)
@require_http_methods(["GET", "POST"])
def possible_group_new(request: HttpRequest, slug: str, forming_id: int) -> HttpResponse:
    return _possible_group(request, slug, forming_id, None)


@admits(Admission.FACILITATOR, get=200, post=422)
@require_http_methods(["GET", "POST"])
def possible_group_edit(request: HttpRequest, slug: str, forming_id: int, possible_id: int) -> HttpResponse:
    return _possible_group(request, slug, forming_id, possible_id)


def _possible_group(request: HttpRequest, slug: str, forming_id: int, possible_id: int | None) -> HttpResponse:
    community, forming, person = forming_or_404(request, slug, forming_id)
    possible = None if possible_id is None else possible_or_404(forming, possible_id)
    form = PossibleGroupForm(
        request.POST if request.method == "POST" else None, community=community, person=person, possible=possible
    )
    if request.method == "POST" and form.is_valid():
        try:
            if possible is None:
                actions.put_possible_group(forming=forming, by=person, **form.cleaned_data)
            else:
                actions.change_possible_group(possible=possible, by=person, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            toasts.say(request, _("Kept."))
            return redirect("groups:forming_page", slug=slug, forming_id=forming.pk)
    context = {"community": community, "forming": forming, "possible": possible, "form": form}
    return render(request, "groups/forming/possible.html", context, status=422 if form.errors else 200)


@admits(Admission.FACILITATOR, post=302)
@require_POST
def possible_group_remove(request: HttpRequest, slug: str, forming_id: int, possible_id: int) -> HttpResponse:
    _community, forming, person = forming_or_404(request, slug, forming_id)
    possible = possible_or_404(forming, possible_id)
    return did(
        request, forming, lambda: actions.remove_possible_group(possible=possible, by=person), said=_("Taken away.")
    )


@admits(Admission.FACILITATOR, post=422)
@require_POST
def pair_put(request: HttpRequest, slug: str, forming_id: int) -> HttpResponse:
    _community, forming, person = forming_or_404(request, slug, forming_id)
    candidates = list(queries.candidates_of(forming))
    for candidate in candidates:
        candidate.forming = forming
    form = PairForm(request.POST, candidates=candidates)
    if form.is_valid():
        try:
            actions.put_pair(by=person, **form.values())
        except Refused as refusal:
            form.add_error(None, refusal.message)
    if form.errors:
        return _prepare(request, forming, pair=form)
    return did(request, forming, lambda: None, said=_("Kept."), mark="#rules")


@admits(Admission.FACILITATOR, post=302)
@require_POST
def pair_remove(request: HttpRequest, slug: str, forming_id: int, pair_id: int) -> HttpResponse:
    _community, forming, person = forming_or_404(request, slug, forming_id)
    pair = queries.pair_or_404(forming, pair_id)
    return did(
        request, forming, lambda: actions.remove_pair(pair=pair, by=person), said=_("Taken away."), mark="#rules"
    )


@admits(Admission.FACILITATOR, post=302)
@require_POST
def forming_begin(request: HttpRequest, slug: str, forming_id: int) -> HttpResponse:
    """Form groups; asked again while that goes on, nothing changes."""
    _community, forming, person = forming_or_404(request, slug, forming_id)
    return did(
        request, forming, lambda: actions.begin_forming(forming=forming, by=person), to="division_page",
        back="forming_page",
    )  # fmt: skip


@admits(Admission.FACILITATOR, get=200)
@require_GET
def forming_progress(request: HttpRequest, slug: str, forming_id: int) -> HttpResponse:
    """How far a run is, for the script of the page."""
    _community, forming, _person = forming_or_404(request, slug, forming_id)
    return JsonResponse(
        {"busy": forming.is_busy(clock.now()), "percent": forming.percent, "stage": words.stage(forming)}
    )
