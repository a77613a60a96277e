"""The buttons of the clock. Each carries the step that it was pressed on; nothing else that is posted is read."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from leerkring.community.memberships.requests import signed_in_person
from leerkring.community.people.models import Person
from leerkring.formats.intervisie import access, actions, queries
from leerkring.formats.intervisie.models import Round
from leerkring.formats.intervisie.views.fetch import attempt, require, round_or_404
from leerkring.platform.admission import Admission, admits
from leerkring.platform.ui import toasts

Verb = Callable[[Round, Person], object]


@admits(Admission.GROUP, post=302)
@require_POST
def round_begin(request: HttpRequest, slug: str, intervisie_round_id: int) -> HttpResponse:
    return _act(request, slug, intervisie_round_id, lambda round_, by: actions.begin_round(round=round_, by=by))


@admits(Admission.GROUP, post=302)
@require_POST
def step_next(request: HttpRequest, slug: str, intervisie_round_id: int) -> HttpResponse:
    position = _number(request, "position")
    return _act(
        request, slug, intervisie_round_id, lambda round_, by: actions.go_on(round=round_, position=position, by=by)
    )


@admits(Admission.GROUP, post=302)
@require_POST
def step_back(request: HttpRequest, slug: str, intervisie_round_id: int) -> HttpResponse:
    position = _number(request, "position")
    return _act(
        request, slug, intervisie_round_id, lambda round_, by: actions.go_back(round=round_, position=position, by=by)
    )


@admits(Admission.GROUP, post=302)
@require_POST
def round_pause(request: HttpRequest, slug: str, intervisie_round_id: int) -> HttpResponse:
    return _act(request, slug, intervisie_round_id, lambda round_, by: actions.pause_round(round=round_, by=by))


@admits(Admission.GROUP, post=302)
@require_POST
def round_resume(request: HttpRequest, slug: str, intervisie_round_id: int) -> HttpResponse:
    return _act(request, slug, intervisie_round_id, lambda round_, by: actions.resume_round(round=round_, by=by))


@admits(Admission.GROUP, post=302)
@require_POST
def minute_add(request: HttpRequest, slug: str, intervisie_round_id: int) -> HttpResponse:
    position = _number(request, "position")
    return _act(
        request,
        slug,
        intervisie_round_id,
        lambda round_, by: actions.add_minute(round=round_, position=position, by=by),
    )


@admits(Admission.GROUP, post=302)
@require_POST
def time_catch_up(request: HttpRequest, slug: str, intervisie_round_id: int) -> HttpResponse:
    def verb(round_: Round, by: Person) -> None:
        minutes = actions.catch_up(round=round_, by=by)
        if minutes:
            said = ngettext(
                "%(n)d minute taken off the steps to come.", "%(n)d minutes taken off the steps to come.", minutes
            )
            toasts.say(request, said % {"n": minutes})

    return _act(request, slug, intervisie_round_id, verb)


@admits(Admission.GROUP, post=302)
@require_POST
def turn_note(request: HttpRequest, slug: str, intervisie_round_id: int) -> HttpResponse:
    def verb(round_: Round, by: Person) -> None:
        if (person := _member(request, round_)) is not None:
            actions.note_turn(round=round_, person=person, by=by)
            toasts.say(request, _("Noted: %(name)s had a turn. Not in which round.") % {"name": person})

    return _act(request, slug, intervisie_round_id, verb)


@admits(Admission.GROUP, post=302)
@require_POST
def turn_take_back(request: HttpRequest, slug: str, intervisie_round_id: int) -> HttpResponse:
    def verb(round_: Round, by: Person) -> None:
        if (person := _member(request, round_)) is not None:
            actions.take_turn_back(round=round_, person=person, by=by)

    return _act(request, slug, intervisie_round_id, verb)


@admits(Admission.GROUP, post=302)
@require_POST
def round_end(request: HttpRequest, slug: str, intervisie_round_id: int) -> HttpResponse:
    return _act(request, slug, intervisie_round_id, lambda round_, by: actions.end_round(round=round_, by=by))


def _act(request: HttpRequest, slug: str, intervisie_round_id: int, verb: Verb) -> HttpResponse:
    """A refusal is told on the screen of the round: there is no form to fill in again."""
    round_, person = round_or_404(request, slug, intervisie_round_id), signed_in_person(request)
    require(access.may_run(person, round_))
    attempt(request, lambda: verb(round_, person))
    return redirect(reverse("intervisie:run_page", args=[slug, round_.pk]))


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else -1


def _member(request: HttpRequest, round_: Round) -> Person | None:
    text = request.POST.get("person", "")
    return next((each for each in queries.members_of(round_.group) if str(each.pk) == text), None)
