from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from leerkring.community.people.models import Person
from leerkring.cycle.groups.forming import actions, queries, words
from leerkring.cycle.groups.forming.forms import MoveForm
from leerkring.cycle.groups.forming.looks import Look
from leerkring.cycle.groups.forming.models import Forming
from leerkring.cycle.groups.forming.options import moves_of, swaps_of
from leerkring.cycle.groups.forming.views.doors import candidate_or_404, did, forming_or_404, possible_or_404
from leerkring.platform import clock
from leerkring.platform.admission import Admission, admits


@admits(Admission.FACILITATOR, get=200)
@require_GET
def division_page(request: HttpRequest, slug: str, forming_id: int) -> HttpResponse:
    """The groups with their reasons. `person` and `group` choose whom to move, and where to."""
    _community, forming, _person = forming_or_404(request, slug, forming_id)
    return _division(request, forming)


def _division(request: HttpRequest, forming: Forming, status: int = 200) -> HttpResponse:
    look = Look(queries.ground_of(forming))
    now = clock.now()
    kind = "lost" if forming.is_lost(now) else forming.failure.get("kind", "")
    context: dict[str, Any] = {
        "community": forming.community,
        "forming": forming,
        "look": look,
        "is_busy": forming.is_busy(now),
        "failure": kind,
        "failure_words": words.failure(kind),
        "stage": words.stage(forming),
        "moved": [look.person_name(key) for key in forming.failure.get("moved", [])],
        "newcomers": [look.person_name(key) for key in forming.failure.get("newcomers", [])],
    }
    chosen = look.by_key.get(request.GET.get("person", ""))
    if chosen is not None and forming.has_division and not forming.is_used and not chosen.is_absent:
        group = look.ground.group(request.GET.get("group", ""))
        context |= {
            "chosen": chosen,
            "here": look.ground.group(look.places.get(str(chosen.pk), "")),
            "moves": [] if group else moves_of(look, chosen),
            "swaps": swaps_of(look, chosen, group) if group else [],
            "swap_group": group,
        }
    return render(request, "groups/forming/division.html", context, status=status)


@admits(Admission.FACILITATOR, post=422)
@require_POST
def candidate_move(request: HttpRequest, slug: str, forming_id: int) -> HttpResponse:
    """To a group, or in somebody's place."""
    _community, forming, person = forming_or_404(request, slug, forming_id)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _division(request, forming, status=422)
    asked = form.cleaned_data
    candidate = candidate_or_404(forming, asked["candidate"])
    undo = reverse("groups:division_take_back", kwargs={"slug": slug, "forming_id": forming.pk})
    if asked["other"]:
        other = candidate_or_404(forming, asked["other"])
        said = _("%(one)s and %(other)s changed places.") % {"one": candidate.name, "other": other.name}
        return did(
            request, forming, lambda: actions.swap_candidates(one=candidate, other=other, by=person), said=said,
            undo=undo, to="division_page",
        )  # fmt: skip
    group = possible_or_404(forming, asked["group"] or 0)
    said = _("%(name)s is in %(group)s now.") % {"name": candidate.name, "group": group.name}
    return did(
        request, forming, lambda: actions.move_candidate(candidate=candidate, to=group, by=person), said=said,
        undo=undo, to="division_page",
    )  # fmt: skip


@admits(Admission.FACILITATOR, post=302)
@require_POST
def division_take_back(request: HttpRequest, slug: str, forming_id: int) -> HttpResponse:
    _community, forming, person = forming_or_404(request, slug, forming_id)
    return did(
        request, forming, lambda: actions.take_back_move(forming=forming, by=person), said=_("Taken back."),
        to="division_page",
    )  # fmt: skip


@admits(Admission.FACILITATOR, post=302)
@require_POST
def division_throw_away(request: HttpRequest, slug: str, forming_id: int) -> HttpResponse:
    """The division is gone; what goes into it stays, on the page to prepare."""
    _community, forming, person = forming_or_404(request, slug, forming_id)
    undo = reverse("groups:division_bring_back", kwargs={"slug": slug, "forming_id": forming.pk})
    return did(
        request, forming, lambda: actions.throw_away(forming=forming, by=person),
        said=_("The division is thrown away. People, wishes and rules are still there."), undo=undo,
        back="division_page",
    )  # fmt: skip


@admits(Admission.FACILITATOR, post=302)
@require_POST
def division_bring_back(request: HttpRequest, slug: str, forming_id: int) -> HttpResponse:
    _community, forming, person = forming_or_404(request, slug, forming_id)
    return did(
        request, forming, lambda: actions.bring_back(forming=forming, by=person), said=_("The division is back."),
        to="division_page", back="forming_page",
    )  # fmt: skip


@admits(Admission.FACILITATOR, post=302)
@require_POST
def candidate_absent(request: HttpRequest, slug: str, forming_id: int, candidate_id: int) -> HttpResponse:
    """Is not there; with `back`, is there after all."""
    _community, forming, person = forming_or_404(request, slug, forming_id)
    candidate = candidate_or_404(forming, candidate_id)
    is_absent = "back" not in request.POST
    words_ = _("%(name)s is not there.") if is_absent else _("%(name)s is there.")
    return did(
        request, forming, lambda: actions.set_absent(candidate=candidate, is_absent=is_absent, by=person),
        said=words_ % {"name": candidate.name}, to="division_page" if forming.has_division else "forming_page",
    )  # fmt: skip


@admits(Admission.FACILITATOR, post=302)
@require_POST
def division_fit_in(request: HttpRequest, slug: str, forming_id: int) -> HttpResponse:
    """Latecomers and gaps; with `all`, more than five others may move."""
    _community, forming, person = forming_or_404(request, slug, forming_id)
    return did(
        request, forming,
        lambda: actions.fit_in(forming=forming, by=person, may_move_all="all" in request.POST), to="division_page",
    )  # fmt: skip


@admits(Admission.FACILITATOR, post=302)
@require_POST
def division_make(request: HttpRequest, slug: str, forming_id: int) -> HttpResponse:
    """Make these groups. `contact_<id>` names the contact of a group."""
    _community, forming, person = forming_or_404(request, slug, forming_id)
    contacts = _contacts(request, forming)
    return did(
        request, forming, lambda: actions.make_groups(forming=forming, by=person, contacts=contacts),
        said=_("The groups are made."), to="division_page",
    )  # fmt: skip


def _contacts(request: HttpRequest, forming: Forming) -> dict[int, Person]:
    by_key = {str(each.pk): each.person for each in queries.candidates_of(forming)}
    found = {}
    for name, key in request.POST.items():
        number = name.removeprefix("contact_")
        if name.startswith("contact_") and number.isascii() and number.isdigit() and len(number) < 19:
            chosen = by_key.get(str(key))
            if chosen is not None:
                found[int(number)] = chosen
    return found
