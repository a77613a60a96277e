from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerkring.community.memberships.models import Community
from leerkring.cycle.agenda import access, actions, queries
from leerkring.cycle.agenda.draft import draft_for
from leerkring.cycle.agenda.forms import MergeForm, SplitForm, StubbornForm
from leerkring.cycle.agenda.views.ground import admitted, back, question_admitted, told
from leerkring.cycle.agenda.words import joined
from leerkring.cycle.questions.access import may_keep_questions, may_see_names
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts


@admits(Admission.FACILITATOR, get=200)
@require_GET
def draft_page(request: HttpRequest, slug: str) -> HttpResponse:
    """What stands ready for the next version, in its order, and what waits for a place."""
    community, person = admitted(request, slug, access.may_see_draft)
    agenda = queries.agenda_of(community)
    may_keep = access.may_keep_agenda(person, community)
    start = {"stubborn_after": agenda.stubborn_after if agenda else 3}
    context = {
        "community": community,
        "draft": draft_for(person, community),
        "may_keep": may_keep,
        "may_place": access.may_place_question(person, community),
        "form": StubbornForm(initial=start) if may_keep and agenda else None,
        "shows_names": may_see_names(person, community),
    }
    return render(request, "agenda/draft.html", context)


def _draft_url(slug: str, question_id: int | None = None) -> str:
    url = reverse("agenda:draft_page", kwargs={"slug": slug})
    return f"{url}#q{question_id}" if question_id else url


@admits(Admission.FACILITATOR, post=302)
@require_POST
def question_place(request: HttpRequest, slug: str, question_id: int) -> HttpResponse:
    community, person, question = question_admitted(request, slug, question_id, access.may_place_question)
    try:
        actions.place_question(question=question, by=person)
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
    else:
        undo = ""
        if access.may_keep_agenda(person, community):
            undo = reverse("agenda:question_take_off", kwargs={"slug": slug, "question_id": question_id})
        said = _("The question stands on the draft as %(code)s.") % {"code": question.code}
        toasts.say(request, said, undo=undo, undo_label=_("Take it off again"))
    return redirect(back(request, _draft_url(slug, question_id)))


@admits(Admission.KEEPER, post=302)
@require_POST
def question_take_off(request: HttpRequest, slug: str, question_id: int) -> HttpResponse:
    _community, person, question = question_admitted(request, slug, question_id, access.may_keep_agenda)
    undo = reverse("agenda:question_place", kwargs={"slug": slug, "question_id": question_id})
    said = _("The question is off the draft.")
    told(request, lambda: actions.take_off(question=question, by=person), said, undo)
    return redirect(back(request, _draft_url(slug)))


@admits(Admission.KEEPER, post=302)
@require_POST
def question_move(request: HttpRequest, slug: str, question_id: int) -> HttpResponse:
    """Move a question on the draft to a position; the buttons up and down say which."""
    _community, person, question = question_admitted(request, slug, question_id, access.may_keep_agenda)
    position = request.POST.get("position", "")
    if not position.isdecimal() or len(position) > 6:
        toasts.refuse(request, _("Say to which place, as a number."))
        return redirect(_draft_url(slug))
    try:
        actions.move_question(question=question, position=int(position), by=person)
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
    return redirect(_draft_url(slug, question_id))


@admits(Admission.KEEPER, post=422)
@require_POST
def agenda_stubborn(request: HttpRequest, slug: str) -> HttpResponse:
    """After how many versions in a row an open question is called stubborn."""
    community, person = admitted(request, slug, access.may_keep_agenda)
    form = StubbornForm(request.POST)
    if form.is_valid():
        agenda = actions.open_agenda(community=community, by=person)
        number = form.cleaned_data["stubborn_after"]
        actions.set_stubborn_after(agenda=agenda, stubborn_after=number, by=person)
        toasts.say(request, _("From the next version on, this number counts."))
        return redirect(_draft_url(slug))
    context = {
        "community": community,
        "draft": draft_for(person, community),
        "may_keep": True,
        "may_place": True,
        "form": form,
        "shows_names": True,
    }
    return render(request, "agenda/draft.html", context, status=422)


@admits(Admission.KEEPER, get=200, post=422)
@require_http_methods(["GET", "POST"])
def question_split(request: HttpRequest, slug: str, question_id: int) -> HttpResponse:
    community, person, question = question_admitted(request, slug, question_id, may_keep_questions)
    form = SplitForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            successors = actions.split_on_agenda(
                question=question, wordings=form.wordings, note=form.cleaned_data["note"], by=person
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            codes = [successor.code for successor in successors if successor.code]
            said = _("The question goes on as %(codes)s.") % {"codes": joined(codes)}
            toasts.say(request, said if codes else _("The question has been split."))
            return redirect("questions:question_page", slug=slug, question_id=question.pk)
    context = {"community": community, "question": question, "form": form}
    return render(request, "agenda/question_split.html", context, status=422 if form.is_bound else 200)


@admits(Admission.KEEPER, get=200, post=422)
@require_http_methods(["GET", "POST"])
def questions_merge(request: HttpRequest, slug: str) -> HttpResponse:
    community, person = admitted(request, slug, may_keep_questions)
    first = request.GET.get("question", "")
    start = {"questions": [first] if first.isdecimal() else []}
    form = MergeForm(
        request.POST if request.method == "POST" else None, community=community, person=person, initial=start
    )
    if form.is_valid():
        try:
            successor = actions.merge_on_agenda(by=person, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            said = _("The questions go on as one.")
            if successor.code:
                said = _("The questions go on as %(code)s.") % {"code": successor.code}
            toasts.say(request, said)
            return redirect("questions:question_page", slug=slug, question_id=successor.pk)
    return _merge_page(request, community, form)


def _merge_page(request: HttpRequest, community: Community, form: MergeForm) -> HttpResponse:
    context = {"community": community, "form": form}
    return render(request, "agenda/questions_merge.html", context, status=422 if form.is_bound else 200)
