"""The path of a question through its states, with the days, and the one step that is next for who looks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leerkring.community.people.models import Person
from leerkring.cycle.questions import access
from leerkring.cycle.questions.enums import ON_AGENDA_STATES, QuestionState
from leerkring.cycle.questions.models import LearningQuestion, StateChange
from leerkring.platform.ui.days import date_words
from leerkring.platform.ui.pictures import Step

STATIONS = [
    QuestionState.RAISED,
    QuestionState.SHARPENED,
    QuestionState.ON_AGENDA,
    QuestionState.EXPLORED,
    QuestionState.PROVISIONAL,
    QuestionState.ANSWERED,
]


@dataclass(frozen=True)
class NextStep:
    """What this person can do now. `posts` makes it a button, else it is a link to a form."""

    title: str | Promise
    text: str | Promise
    action: str | Promise
    url: str
    posts: bool = False


def path_of(question: LearningQuestion, changes: Sequence[StateChange]) -> list[Step]:
    """Stations that were passed with their last day, the one where it is now, and those to come."""
    last = {change.after: change.at for change in changes}
    if question.is_gone:
        passed = [station for station in STATIONS if station in last]
        steps = [Step(station.label, date_words(last[station], "short_year"), "past") for station in passed]
        at = last.get(question.state)
        return [*steps, Step(QuestionState(question.state).label, date_words(at, "short_year") if at else "", "is")]
    now = STATIONS.index(QuestionState(question.state))
    return [_step(station, index, now, last) for index, station in enumerate(STATIONS)]


def _step(station: QuestionState, index: int, now: int, last: Mapping[str, datetime]) -> Step:
    at = last.get(station)
    words = date_words(at, "short_year") if index <= now and at else ""
    state = "is" if index == now else "past" if index < now and at else ""
    return Step(station.label, words, state)


def next_step(person: Person | None, question: LearningQuestion, slug: str) -> NextStep | None:
    """The one thing that this person can do now to bring the question further."""

    def url(name: str) -> str:
        return reverse(f"questions:{name}", kwargs={"slug": slug, "question_id": question.pk})

    if question.state == QuestionState.RAISED and access.may_sharpen_question(person, question):
        return NextStep(
            _("Make this question sharp"),
            _("Can others answer it, and is it about how we think, work or organise? Then it can go on the agenda."),
            _("Sharpen the question"),
            url("question_sharpen"),
        )
    if question.state not in ON_AGENDA_STATES or question.is_answered:
        return None
    if not question.has_owner and access.may_offer_to_own(person, question):
        return NextStep(
            _("Nobody owns this question yet"),
            _("An owner sees to it that something happens. You need not have the answer."),
            _("Take up this question"),
            url("question_offer"),
            posts=True,
        )
    return _next_answer(question, url) if access.may_answer_question(person, question) else None


def _next_answer(question: LearningQuestion, url: Callable[[str], str]) -> NextStep:
    if question.state == QuestionState.ON_AGENDA:
        return NextStep(
            _("Is somebody working on it?"),
            _("Say so, then others know that they can join in."),
            _("We are exploring it"),
            url("question_explore"),
            posts=True,
        )
    if question.is_provisional:
        return NextStep(
            _("Does the answer hold?"),
            _("If it does, close the ring. If it does not, explore it again."),
            _("Look at the answer"),
            url("question_answer"),
        )
    return NextStep(
        _("What does the answer seem to be?"),
        _("Write it down for now. You can change it as long as the ring is open."),
        _("Write an answer"),
        url("question_answer"),
    )
