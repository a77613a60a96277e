"""Steps to clarify or solve a question: in code, actions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leerkring.community.memberships.requests import signed_in_person
from leerkring.cycle.questions import access, actions
from leerkring.cycle.questions.forms import ActionForm, EffectForm, action_values
from leerkring.cycle.questions.views.ground import (
    action_or_404,
    form_page,
    question_or_404,
    to_question,
    try_form,
    try_verb,
)
from leerkring.platform.admission import Admission, admits
from leerkring.platform.ui import toasts


@admits(Admission.MEMBERS, get=200, post=422)
@require_http_methods(["GET", "POST"])
def action_new(request: HttpRequest, slug: str, question_id: int) -> HttpResponse:
    community, question = question_or_404(request, slug, question_id, access.may_put_action)
    person = signed_in_person(request)
    page: dict[str, Any] = {"community": community, "question": question}
    if request.method != "POST":
        return form_page(
            request, "questions/action_form.html", form=ActionForm(community=community, person=person), **page
        )
    form = ActionForm(request.POST, community=community, person=person)
    if try_form(form, lambda: actions.put_action(question=question, by=person, **form.cleaned_data)) is not True:
        return form_page(request, "questions/action_form.html", form=form, status=422, **page)
    toasts.say(request, _("The action has been planned."))
    return to_question(question, slug)


@admits(Admission.FACILITATOR, get=200, post=422)
@require_http_methods(["GET", "POST"])
def action_change(request: HttpRequest, slug: str, question_id: int, action_id: int) -> HttpResponse:
    community, question, action = action_or_404(request, slug, question_id, action_id)
    person = signed_in_person(request)
    if not access.may_change_action(person, action):
        raise PermissionDenied
    page: dict[str, Any] = {"community": community, "question": question, "action": action}
    if request.method != "POST":
        form = ActionForm(community=community, person=person, initial=action_values(action))
        return form_page(request, "questions/action_form.html", form=form, **page)
    form = ActionForm(request.POST, community=community, person=person)
    if try_form(form, lambda: actions.change_action(action=action, by=person, **form.cleaned_data)) is not True:
        return form_page(request, "questions/action_form.html", form=form, status=422, **page)
    toasts.say(request, _("The action has been changed."))
    return to_question(question, slug)


@admits(Admission.FACILITATOR, get=200, post=422)
@require_http_methods(["GET", "POST"])
def action_finish(request: HttpRequest, slug: str, question_id: int, action_id: int) -> HttpResponse:
    community, question, action = action_or_404(request, slug, question_id, action_id)
    person = signed_in_person(request)
    if not access.may_change_action(person, action):
        raise PermissionDenied
    page: dict[str, Any] = {"community": community, "question": question, "action": action}
    if request.method != "POST":
        return form_page(request, "questions/action_finish.html", form=EffectForm(), **page)
    form = EffectForm(request.POST)
    if try_form(form, lambda: actions.finish_action(action=action, by=person, **form.cleaned_data)) is not True:
        return form_page(request, "questions/action_finish.html", form=form, status=422, **page)
    toasts.say(request, _("The action is done."), undo=_address("action_reopen", slug, question_id, action_id))
    return to_question(question, slug)


@admits(Admission.FACILITATOR, post=302)
@require_POST
def action_stop(request: HttpRequest, slug: str, question_id: int, action_id: int) -> HttpResponse:
    undo = _address("action_reopen", slug, question_id, action_id)
    return _done(request, slug, question_id, action_id, actions.stop_action, _("The action has been stopped."), undo)


@admits(Admission.FACILITATOR, post=302)
@require_POST
def action_reopen(request: HttpRequest, slug: str, question_id: int, action_id: int) -> HttpResponse:
    return _done(request, slug, question_id, action_id, actions.reopen_action, _("The action is to do again."))


def _done(
    request: HttpRequest,
    slug: str,
    question_id: int,
    action_id: int,
    verb: Callable[..., Any],
    said: str,
    undo: str = "",
) -> HttpResponse:
    _community, question, action = action_or_404(request, slug, question_id, action_id)
    person = signed_in_person(request)
    try_verb(request, lambda: verb(action=action, by=person), said, undo)
    return to_question(question, slug)


def _address(name: str, slug: str, question_id: int, action_id: int) -> str:
    kwargs = {"slug": slug, "question_id": question_id, "action_id": action_id}
    return reverse(f"questions:{name}", kwargs=kwargs)
