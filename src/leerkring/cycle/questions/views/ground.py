"""What the views of this app begin and end with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import community_or_404, person_of
from leerkring.community.people.models import Person
from leerkring.cycle.questions import queries
from leerkring.cycle.questions.models import Action, LearningQuestion, Theme
from leerkring.platform.rules import EditedMeanwhile, Refused
from leerkring.platform.ui import toasts

May = Callable[[Person | None, LearningQuestion], bool]


def question_or_404(
    request: HttpRequest, slug: str, question_id: int, may: May | None = None, *, with_actions: bool = False
) -> tuple[Community, LearningQuestion]:
    """The question as far as it exists for who asks; 403 when `may` says that it can only be read."""
    community = community_or_404(request, slug)
    questions = queries.questions_visible_to(person_of(request), community)
    question = get_object_or_404(queries.with_actions(questions) if with_actions else questions, pk=question_id)
    if may is not None and not may(person_of(request), question):
        raise PermissionDenied(_("You can read this question. Ask its owner or the keeper of the agenda to change it."))
    return community, question


def action_or_404(
    request: HttpRequest, slug: str, question_id: int, action_id: int
) -> tuple[Community, LearningQuestion, Action]:
    community, question = question_or_404(request, slug, question_id)
    action = queries.action_of(question, action_id)
    if action is None:
        raise Http404(_("There is no such action here."))
    return community, question, action


def theme_or_404(request: HttpRequest, slug: str, theme_id: int) -> tuple[Community, Theme]:
    community = community_or_404(request, slug)
    return community, get_object_or_404(queries.themes_of(community), pk=theme_id)


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: an empty POST was sent as well."""
    return request.POST if request.method == "POST" else None


def to_question(question: LearningQuestion, slug: str) -> HttpResponse:
    return redirect("questions:question_page", slug=slug, question_id=question.pk)


def try_verb(request: HttpRequest, verb: Callable[[], Any], said: str, undo: str = "") -> bool:
    """Do a verb without fields and tell how it went."""
    try:
        verb()
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
        return False
    toasts.say(request, said, undo=undo)
    return True


def try_form(form: BaseForm, verb: Callable[[], Any]) -> EditedMeanwhile | bool:
    """Do a verb with what the form holds. False, or the conflict, when the form has to be shown again."""
    if not form.is_valid():
        return False
    try:
        verb()
    except EditedMeanwhile as edited:
        return edited
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return False
    return True


def form_page(
    request: HttpRequest,
    template: str,
    *,
    community: Community,
    form: BaseForm,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    return render(request, template, {"community": community, "form": form, **more}, status=status)
