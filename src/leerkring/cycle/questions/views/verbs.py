from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import signed_in_person
from leerkring.cycle.questions import access, actions, queries
from leerkring.cycle.questions.enums import DropReason, QuestionState
from leerkring.cycle.questions.forms import (
    AnswerForm,
    DropForm,
    LabelForm,
    LinksForm,
    OwnerForm,
    RewordForm,
    SharpenForm,
    ThemeOfQuestionForm,
)
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.cycle.questions.views.ground import form_page, posted, question_or_404, to_question, try_form, try_verb
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import EditedMeanwhile
from leerkring.platform.ui import toasts


def _filled(
    request: HttpRequest,
    template: str,
    community: Community,
    question: LearningQuestion,
    form: BaseForm,
    verb: Callable[[], Any],
    said: str,
    undo: str = "",
) -> HttpResponse:
    """Show the form, or do the verb with it and go back to the question."""
    if not form.is_bound:
        return form_page(request, template, community=community, form=form, question=question)
    outcome = try_form(form, verb)
    if outcome is True:
        toasts.say(request, said, undo=undo)
        return to_question(question, community.slug or "")
    conflict = outcome if isinstance(outcome, EditedMeanwhile) else None
    if conflict is not None:
        # Who saves again has seen the other text, so the form goes on from there.
        form.data = {**form.data.dict(), "revision": conflict.revision}  # type: ignore[attr-defined]
    return form_page(
        request, template, community=community, form=form, question=question, conflict=conflict, status=422
    )


@admits(Admission.FACILITATOR, get=200, post=422)
@require_http_methods(["GET", "POST"])
def question_reword(request: HttpRequest, slug: str, question_id: int) -> HttpResponse:
    community, question = question_or_404(request, slug, question_id, access.may_reword_question)
    person = signed_in_person(request)
    start = {"wording": question.wording, "barrier": question.barrier, "revision": question.revision}
    form = RewordForm(posted(request), community=community, person=person, initial=start)
    return _filled(
        request,
        "questions/question_reword.html",
        community,
        question,
        form,
        lambda: actions.reword_question(question=question, by=person, **form.cleaned_data),
        _("The question has been said differently. Earlier words stay."),
    )


@admits(Admission.FACILITATOR, get=200, post=422)
@require_http_methods(["GET", "POST"])
def question_sharpen(request: HttpRequest, slug: str, question_id: int) -> HttpResponse:
    community, question = question_or_404(request, slug, question_id, access.may_sharpen_question)
    person = signed_in_person(request)
    start = {
        "wording": question.wording,
        "barrier": question.barrier,
        "theme": question.theme_id,
        "revision": question.revision,
    }
    form = SharpenForm(posted(request), community=community, person=person, initial=start)
    return _filled(
        request,
        "questions/question_sharpen.html",
        community,
        question,
        form,
        lambda: actions.sharpen_question(question=question, by=person, **form.cleaned_data),
        _("The question is sharp enough for the agenda."),
    )


@admits(Admission.FACILITATOR, get=200, post=422)
@require_http_methods(["GET", "POST"])
def question_answer(request: HttpRequest, slug: str, question_id: int) -> HttpResponse:
    community, question = question_or_404(request, slug, question_id, access.may_answer_question)
    person = signed_in_person(request)
    is_final = request.POST.get("verdict") == "final"
    start = {"answer": question.answer, "revision": question.answer_revision}
    form = AnswerForm(posted(request), initial=start)
    answer = actions.answer_question if is_final else actions.answer_provisionally
    said = _("The ring is closed: this question is answered.") if is_final else _("The answer stands, for now.")
    return _filled(
        request,
        "questions/question_answer.html",
        community,
        question,
        form,
        lambda: answer(question=question, by=person, **form.cleaned_data),
        said,
    )


@admits(Admission.KEEPER, get=200, post=422)
@require_http_methods(["GET", "POST"])
def question_drop(request: HttpRequest, slug: str, question_id: int) -> HttpResponse:
    community, question = question_or_404(request, slug, question_id, access.may_keep_question)
    person = signed_in_person(request)
    form = DropForm(posted(request))
    return _filled(
        request,
        "questions/question_drop.html",
        community,
        question,
        form,
        lambda: actions.drop_question(
            question=question,
            by=person,
            reason=DropReason(form.cleaned_data["reason"]),
            note=form.cleaned_data["note"],
        ),
        _("The question has been let go."),
        undo=reverse("questions:question_reopen", kwargs={"slug": slug, "question_id": question_id}),
    )


@admits(Admission.FACILITATOR, get=200, post=302)
@require_http_methods(["GET", "POST"])
def question_owner(request: HttpRequest, slug: str, question_id: int) -> HttpResponse:
    community, question = question_or_404(request, slug, question_id, access.may_give_owner)
    person = signed_in_person(request)
    start = {"owner": question.owner_id, "owner_unit": question.owner_unit_id}
    form = OwnerForm(posted(request), community=community, person=person, initial=start)
    return _filled(
        request,
        "questions/question_owner.html",
        community,
        question,
        form,
        lambda: actions.give_owner(question=question, by=person, **form.cleaned_data),
        _("The owner has been written down."),
    )


@admits(Admission.FACILITATOR, get=200, post=302)
@require_http_methods(["GET", "POST"])
def question_links(request: HttpRequest, slug: str, question_id: int) -> HttpResponse:
    """Goals and activities that the question belongs to."""
    community, question = question_or_404(request, slug, question_id, access.may_link_question)
    person = signed_in_person(request)
    start = {
        "goals": [goal.pk for goal in queries.goals_of(person, question)],
        "activities": [activity.pk for activity in queries.activities_of(person, question)],
    }
    form = LinksForm(posted(request), community=community, person=person, initial=start)
    return _filled(
        request,
        "questions/question_links.html",
        community,
        question,
        form,
        lambda: actions.set_links(question=question, by=person, **form.cleaned_data),
        _("Goals and activities have been written down."),
    )


@admits(Admission.FACILITATOR, post=302)
@require_POST
def question_theme(request: HttpRequest, slug: str, question_id: int) -> HttpResponse:
    community, question = question_or_404(request, slug, question_id)
    person = signed_in_person(request)
    form = ThemeOfQuestionForm(request.POST, community=community, person=person, question=question)
    if form.is_valid():
        theme = form.cleaned_data["theme"]
        try_verb(
            request,
            lambda: actions.change_theme_of_question(question=question, theme=theme, by=person),
            _("The theme has been changed."),
        )
    else:
        toasts.refuse(request, _("Choose a theme of this programme."))
    return to_question(question, slug)


@admits(Admission.KEEPER, post=302)
@require_POST
def question_label(request: HttpRequest, slug: str, question_id: int) -> HttpResponse:
    _community, question = question_or_404(request, slug, question_id, access.may_change_label)
    person = signed_in_person(request)
    form = LabelForm(request.POST, community=question.community, person=person)
    if form.is_valid():
        label = form.cleaned_data["label"]
        try_verb(
            request,
            lambda: actions.change_label(question=question, label=label, by=person),
            _("It says now who may see this."),
        )
    else:
        toasts.refuse(request, _("Choose for whom this question is."))
    return to_question(question, slug)


@admits(Admission.MEMBERS, post=302)
@require_POST
def question_offer(request: HttpRequest, slug: str, question_id: int) -> HttpResponse:
    """Take up a question that nobody owns."""
    _community, question = question_or_404(request, slug, question_id)
    person = signed_in_person(request)
    try_verb(request, lambda: actions.offer_to_own(question=question, by=person), _("This question is yours now."))
    return to_question(question, slug)


@admits(Admission.MEMBERS, post=302)
@require_POST
def question_explore(request: HttpRequest, slug: str, question_id: int) -> HttpResponse:
    _community, question = question_or_404(request, slug, question_id)
    person = signed_in_person(request)
    try_verb(
        request,
        lambda: actions.explore_question(question=question, by=person),
        _("It says now that somebody works on it."),
    )
    return to_question(question, slug)


@admits(Admission.KEEPER, post=302)
@require_POST
def question_reopen(request: HttpRequest, slug: str, question_id: int) -> HttpResponse:
    _community, question = question_or_404(request, slug, question_id)
    person = signed_in_person(request)
    said = _("The question is open again.")
    if question.state == QuestionState.DROPPED:
        said = _("The question has been put back.")
    try_verb(request, lambda: actions.reopen_question(question=question, by=person), said)
    return to_question(question, slug)
