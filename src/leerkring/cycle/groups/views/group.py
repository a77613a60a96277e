from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerkring.community.memberships.requests import person_of, signed_in_person
from leerkring.cycle.groups import access, actions
from leerkring.cycle.groups.enums import GroupState
from leerkring.cycle.groups.forms import MoveForm, PersonForm, QuestionForm
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.groups.portrait import portrait_of
from leerkring.cycle.groups.views.doors import group_or_404, require, whole_group_or_404
from leerkring.cycle.questions.queries import questions_visible_to
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts
from leerkring.platform.ui.forms import PlainForm


@admits(Admission.READERS, get=200)
@require_GET
def group_page(request: HttpRequest, slug: str, group_id: int) -> HttpResponse:
    """Everything of one group."""
    return _page(request, whole_group_or_404(request, slug, group_id))


def _page(request: HttpRequest, group: LearningGroup, *, status: int = 200) -> HttpResponse:
    context = {"community": group.community, "group": group, "it": portrait_of(person_of(request), group)}
    return render(request, "groups/group.html", context, status=status)


def _choice(
    request: HttpRequest, group: LearningGroup, form: PlainForm, *, title: str, button: str, text: str = ""
) -> HttpResponse:
    """A page with one choice on it."""
    return render(
        request,
        "groups/choice.html",
        {"community": group.community, "group": group, "form": form, "title": title, "text": text, "button": button},
        status=422 if form.errors else 200,
    )


def _do(
    request: HttpRequest, group: LearningGroup, act: Callable[[], object], said: str, undo: str = ""
) -> HttpResponse:
    """Do it and go back to the page of the group; a refusal is shown there too."""
    try:
        act()
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
    else:
        address = reverse(f"groups:{undo}", kwargs=_place(group)) if undo else ""
        toasts.say(request, said, undo=address)
    return redirect("groups:group_page", **_place(group))


def _place(group: LearningGroup) -> dict[str, Any]:
    return {"slug": group.community.slug, "group_id": group.pk}


SAID = {
    GroupState.FORMED: gettext_lazy("The group is formed."),
    GroupState.WORKING: gettext_lazy("The group is at work."),
    GroupState.DORMANT: gettext_lazy("The group is quiet for now."),
    GroupState.PRESENTING: gettext_lazy("The group presents."),
    GroupState.FINISHED: gettext_lazy("The group is closed."),
}


@admits(Admission.CONTACT, post=422)
@require_POST
def group_move(request: HttpRequest, slug: str, group_id: int) -> HttpResponse:
    """To another state, by the table of transitions."""
    group, person = group_or_404(request, slug, group_id), signed_in_person(request)
    form = MoveForm(request.POST)
    if not form.is_valid():
        require(access.is_contact_or_facilitator(person, group))
        toasts.refuse(request, _("Choose what happens to the group."))
        return _page(request, group, status=422)
    state = form.chosen
    return _do(
        request,
        group,
        lambda: actions.move_group(group=group, state=state, by=person),
        str(SAID.get(state, "")),
        undo="group_move_back",
    )


@admits(Admission.CONTACT, post=302)
@require_POST
def group_move_back(request: HttpRequest, slug: str, group_id: int) -> HttpResponse:
    group, person = group_or_404(request, slug, group_id), signed_in_person(request)
    return _do(request, group, lambda: actions.undo_move(group=group, by=person), _("Put back as it was."))


@admits(Admission.JOINERS, post=302)
@require_POST
def group_join(request: HttpRequest, slug: str, group_id: int) -> HttpResponse:
    group, person = group_or_404(request, slug, group_id), signed_in_person(request)
    return _do(
        request,
        group,
        lambda: actions.join_group(group=group, by=person),
        _("You are in. Good to have you."),
        undo="group_leave",
    )


@admits(Admission.READERS, post=302)
@require_POST
def group_leave(request: HttpRequest, slug: str, group_id: int) -> HttpResponse:
    """Without explaining. Who is not in the group stays where they are."""
    group, person = group_or_404(request, slug, group_id), signed_in_person(request)
    return _do(
        request,
        group,
        lambda: actions.leave_group(group=group, by=person),
        _("You left the group. No need to explain."),
        undo="group_come_back",
    )


@admits(Admission.READERS, post=302)
@require_POST
def group_come_back(request: HttpRequest, slug: str, group_id: int) -> HttpResponse:
    """Undo leaving."""
    group, person = group_or_404(request, slug, group_id), signed_in_person(request)
    return _do(request, group, lambda: actions.undo_leaving(group=group, by=person), _("You are in again, as before."))


@admits(Admission.CONTACT, get=200, post=422)
@require_http_methods(["GET", "POST"])
def group_contact(request: HttpRequest, slug: str, group_id: int) -> HttpResponse:
    """Choose who is the contact."""
    group, person = group_or_404(request, slug, group_id), signed_in_person(request)
    require(access.may_make_contact(person, group))
    form = PersonForm(request.POST if request.method == "POST" else None, group=group)
    if request.method != "POST" or not form.is_valid():
        return _choice(
            request,
            group,
            form,
            title=_("Choose another contact"),
            text=_("Others ask the contact when they want to know something of the group."),
            button=_("Make contact"),
        )
    chosen = form.cleaned_data["person"]
    return _do(
        request,
        group,
        lambda: actions.make_contact(group=group, person=chosen, by=person),
        _("%(name)s is the contact now.") % {"name": chosen.name},
    )


@admits(Admission.GROUP, get=200, post=422)
@require_http_methods(["GET", "POST"])
def question_add(request: HttpRequest, slug: str, group_id: int) -> HttpResponse:
    """Let the group work on one question more."""
    group, person = group_or_404(request, slug, group_id), signed_in_person(request)
    require(access.may_add_question(person, group))
    form = QuestionForm(request.POST if request.method == "POST" else None, group=group, person=person)
    if request.method != "POST" or not form.is_valid():
        return _choice(request, group, form, title=_("Add a question"), button=_("Add"))
    return _do(
        request,
        group,
        lambda: actions.add_question(group=group, question=form.cleaned_data["question"], by=person),
        _("The group works on this question too."),
    )


@admits(Admission.GROUP, post=302)
@require_POST
def question_remove(request: HttpRequest, slug: str, group_id: int, question_id: int) -> HttpResponse:
    group, person = group_or_404(request, slug, group_id), signed_in_person(request)
    question = get_object_or_404(questions_visible_to(person, group.community), pk=question_id)
    return _do(
        request,
        group,
        lambda: actions.remove_question(group=group, question=question, by=person),
        _("The group no longer works on this question."),
    )
