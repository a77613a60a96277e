"""What the agenda adds to the page of a question, and its place in the navigation."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from leerkring.community.memberships.requests import person_of
from leerkring.cycle.agenda import access, queries
from leerkring.cycle.agenda.models import AgendaEntry
from leerkring.cycle.questions.access import may_keep_question, may_put_action
from leerkring.cycle.questions.enums import LISTED_OPEN_STATES, QuestionState
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.cycle.questions.queries import has_open_actions
from leerkring.platform.ui import slots
from leerkring.platform.ui.slots import NavItem

slots.nav(NavItem(_("Learning agenda"), "agenda:agenda_page", order=20, also=("questions",)))


def _stays(request: HttpRequest, question: LearningQuestion) -> list[AgendaEntry]:
    """The rows of this question, read once for all strips of the page."""
    kept: dict[int, list[AgendaEntry]] = request.__dict__.setdefault("agenda_stays", {})
    if question.pk not in kept:
        kept[question.pk] = list(queries.stays_of(person_of(request), question))
    return kept[question.pk]


@slots.fill("question_next", order=10)
def next_for_keeper(request: HttpRequest, question: LearningQuestion, **more: Any) -> str | None:
    """A place on the draft for a sharp question, a follow-up for a stubborn one that has none."""
    person = person_of(request)
    context = {"question": question, "community": request.community, "person": person}  # type: ignore[attr-defined]
    if question.state == QuestionState.SHARPENED and access.may_place_question(person, question.community):
        return render_to_string("agenda/next_place.html", context, request)
    if question.state not in LISTED_OPEN_STATES or not may_put_action(person, question):
        return None
    last = _stays(request, question)[-1:]
    if not last or not last[0].is_stubborn or has_open_actions(question):
        return None
    context |= {"entry": last[0], "may_keep": may_keep_question(person, question)}
    return render_to_string("agenda/next_stubborn.html", context, request)


@slots.fill("question_page", order=10)
def stays_of_question(request: HttpRequest, question: LearningQuestion, **more: Any) -> str | None:
    """In which versions it stood, and how."""
    stays = [entry for entry in _stays(request, question) if entry.is_listed or entry.closed_in == entry.version.number]
    if not stays:
        return None
    context = {"stays": stays, "community": request.community, "last": stays[-1]}  # type: ignore[attr-defined]
    return render_to_string("agenda/question_stays.html", context, request)


@slots.fill("question_verbs", order=10)
def verbs_of_keeper(request: HttpRequest, question: LearningQuestion, **more: Any) -> str | None:
    person = person_of(request)
    may_keep = may_keep_question(person, question)
    context = {
        "question": question,
        "community": request.community,  # type: ignore[attr-defined]
        "may_place": question.may_become(QuestionState.ON_AGENDA)
        and question.state in (QuestionState.RAISED, QuestionState.SHARPENED)
        and access.may_place_question(person, question.community),
        "may_split": may_keep and question.may_become(QuestionState.SPLIT),
        "may_take_off": may_keep and question.state in LISTED_OPEN_STATES and not _stays(request, question),
    }
    return render_to_string("agenda/question_verbs.html", context, request)
