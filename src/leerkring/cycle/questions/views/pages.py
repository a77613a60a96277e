from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import standing_of
from leerkring.community.memberships.requests import person_of
from leerkring.community.people.models import Person
from leerkring.cycle.questions import access, queries
from leerkring.cycle.questions.enums import ON_AGENDA_STATES, ActionState, QuestionState
from leerkring.cycle.questions.forms import LabelForm, ThemeOfQuestionForm
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.cycle.questions.path import next_step, path_of
from leerkring.cycle.questions.views.ground import question_or_404
from leerkring.cycle.questions.wordings import Said, said_in_turn
from leerkring.platform.admission import Admission, admits


@admits(Admission.READERS, get=200)
@require_GET
def question_page(request: HttpRequest, slug: str, question_id: int) -> HttpResponse:
    community, question = question_or_404(request, slug, question_id, with_actions=True)
    person = person_of(request)
    came_from, went_to = queries.successions_of(person, question)
    steps = [(step, access.may_change_action(person, step)) for step in question.actions.all()]
    following = next_step(person, question, slug)
    context = {
        "community": community,
        "question": question,
        "path": path_of(question, list(queries.state_changes_of(question))),
        "next": following,
        "explore_is_next": following is not None and following.posts and question.state == QuestionState.ON_AGENDA,
        "said": _said(person, question),
        "came_from": came_from,
        "went_to": went_to,
        "steps_open": [row for row in steps if row[0].state == ActionState.OPEN],
        "steps_closed": [row for row in steps if row[0].state != ActionState.OPEN],
        "aims": queries.aims_of(person, question),
        "shows_names": access.may_see_names(person, community),
        **_may(person, question, community),
    }
    return render(request, "questions/question.html", context)


def _said(person: Person | None, question: LearningQuestion) -> list[Said]:
    standing = standing_of(person)
    return said_in_turn(queries.wordings_of(question), standing.may_read)


def _may(person: Person | None, question: LearningQuestion, community: Community) -> dict[str, Any]:
    """What this person may do here, each beside the state in which it makes sense."""
    is_living = question.state in ON_AGENDA_STATES and not question.is_answered
    may_keep = access.may_keep_question(person, question)
    may_reword = access.may_reword_question(person, question) and not question.is_gone
    may_label = access.may_change_label(person, question)
    return {
        "may_reword": may_reword,
        "may_sharpen": question.state == QuestionState.RAISED and access.may_sharpen_question(person, question),
        "may_answer": is_living and access.may_answer_question(person, question),
        "may_explore": question.state in (QuestionState.ON_AGENDA, QuestionState.PROVISIONAL)
        and access.may_explore_question(person, question),
        "may_give_owner": not question.is_gone and access.may_give_owner(person, question),
        "may_offer": question.needs_owner and access.may_offer_to_own(person, question),
        "may_drop": may_keep and question.may_become(QuestionState.DROPPED),
        "may_reopen": may_keep and question.state in (QuestionState.ANSWERED, QuestionState.DROPPED),
        "may_link": access.may_link_question(person, question),
        "may_put_action": not question.is_gone and access.may_put_action(person, question),
        "theme_form": ThemeOfQuestionForm(community=community, person=person, question=question)
        if may_reword
        else None,
        "label_form": LabelForm(community=question.community, person=person, initial={"label": question.label})
        if may_label
        else None,
    }
