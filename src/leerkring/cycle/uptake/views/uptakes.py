from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import person_of, signed_in_person
from leerkring.cycle.uptake import access, actions, queries
from leerkring.cycle.uptake.enums import ReviewOutcome, Step
from leerkring.cycle.uptake.forms import (
    AskForm,
    BlockForm,
    GiveUpForm,
    QuestionLinkForm,
    RecipientForm,
    ReviewForm,
    StepDownForm,
    StepUpForm,
    UnblockForm,
    in_half_a_year,
)
from leerkring.cycle.uptake.ladder import history_of, rungs_of
from leerkring.cycle.uptake.models import Block, Uptake
from leerkring.cycle.uptake.views.fetch import attempt, moved_uptake, must_move, uptake_or_404
from leerkring.platform import clock
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts


@admits(Admission.READERS, get=200)
@require_GET
def uptake_page(request: HttpRequest, slug: str, uptake_id: int) -> HttpResponse:
    """One change in one unit: the ladder, the one next step, what holds it up, and everything that happened."""
    community, uptake = uptake_or_404(request, slug, uptake_id)
    return _uptake_page(request, community, uptake)


@admits(Admission.CARRIERS, post=422)
@require_POST
def uptake_step_up(request: HttpRequest, slug: str, uptake_id: int) -> HttpResponse:
    """One step up, with evidence and a name."""
    community, uptake = moved_uptake(request, slug, uptake_id)
    person = signed_in_person(request)
    form = StepUpForm(request.POST, step=uptake.next_step or Step.NORM)
    if form.is_valid():
        stepped = attempt(form, lambda: actions.step_up(uptake=uptake, by=person, **form.cleaned_data))
        if stepped is not None:
            step = Step(stepped.step).label
            toasts.say(request, _("%(unit)s is now on “%(step)s”.") % {"unit": uptake.unit.name, "step": step})
            return redirect("uptake:uptake_page", slug, uptake.pk)
    return _uptake_page(request, community, uptake, step_up=form)


@admits(Admission.CARRIERS, post=422)
@require_POST
def uptake_step_down(request: HttpRequest, slug: str, uptake_id: int) -> HttpResponse:
    """Down to a lower step, with a reason."""
    community, uptake = moved_uptake(request, slug, uptake_id)
    person = signed_in_person(request)
    form = StepDownForm(request.POST, uptake=uptake)
    if form.is_valid():
        stepped = attempt(form, lambda: actions.step_down(uptake=uptake, by=person, **form.cleaned_data))
        if stepped is not None:
            step = Step(stepped.step).label
            toasts.say(request, _("%(unit)s is back on “%(step)s”.") % {"unit": uptake.unit.name, "step": step})
            return redirect("uptake:uptake_page", slug, uptake.pk)
    return _uptake_page(request, community, uptake, step_down=form)


@admits(Admission.CARRIERS, post=422)
@require_POST
def uptake_review(request: HttpRequest, slug: str, uptake_id: int) -> HttpResponse:
    """Whether a norm still is one, some months on."""
    community, uptake = moved_uptake(request, slug, uptake_id)
    person = signed_in_person(request)
    form = ReviewForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        review = attempt(
            form,
            lambda: actions.review_norm(
                uptake=uptake,
                outcome=ReviewOutcome(said["outcome"]),
                evidence=said["evidence"],
                name=said["name"],
                next_review_on=said["next_review_on"],
                by=person,
            ),
        )
        if review is not None:
            toasts.say(request, _("The review is written down."))
            return redirect("uptake:uptake_page", slug, uptake.pk)
    return _uptake_page(request, community, uptake, review=form)


@admits(Admission.CARRIERS, post=422)
@require_POST
def uptake_block(request: HttpRequest, slug: str, uptake_id: int) -> HttpResponse:
    """Say what holds it up."""
    community, uptake = moved_uptake(request, slug, uptake_id)
    person = signed_in_person(request)
    form = BlockForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        blocked = attempt(form, lambda: actions.block(uptake=uptake, reason=reason, by=person))
        if blocked is not None:
            undo = reverse("uptake:uptake_unblock", args=[slug, uptake.pk])
            toasts.say(request, _("Blocked. Now make a question of it, or solve it."), undo=undo)
            return redirect("uptake:uptake_page", slug, uptake.pk)
    return _uptake_page(request, community, uptake, block_form=form)


@admits(Admission.CARRIERS, post=302)
@require_POST
def uptake_unblock(request: HttpRequest, slug: str, uptake_id: int) -> HttpResponse:
    """Say that nothing holds it up any more."""
    community, uptake = moved_uptake(request, slug, uptake_id)
    person = signed_in_person(request)
    form = UnblockForm(request.POST)
    blocked = queries.open_block_of(uptake)
    if blocked is None:
        toasts.refuse(request, _("This is not blocked."))
        return redirect("uptake:uptake_page", slug, uptake.pk)
    if form.is_valid():
        note = form.cleaned_data["note"]
        if attempt(form, lambda: actions.unblock(block=blocked, note=note, by=person)) is not None:
            toasts.say(request, _("No longer blocked. The next step is open again."))
            return redirect("uptake:uptake_page", slug, uptake.pk)
    return _uptake_page(request, community, uptake, unblock=form)


@admits(Admission.CARRIERS, post=422)
@require_POST
def question_new(request: HttpRequest, slug: str, uptake_id: int) -> HttpResponse:
    """Put a question on the learning agenda from what blocks this: the circle closes."""
    community, uptake = moved_uptake(request, slug, uptake_id)
    person = signed_in_person(request)
    form = AskForm(request.POST)
    blocked = queries.open_block_of(uptake)
    if form.is_valid() and blocked is None:
        form.add_error(None, _("This is not blocked. Write first what holds it up."))
    if form.is_valid() and blocked is not None:
        wording = form.cleaned_data["wording"]
        question = attempt(form, lambda: actions.question_from_block(block=blocked, wording=wording, by=person))
        if question is not None:
            toasts.say(request, _("Question %(code)s stands on the learning agenda.") % {"code": question.code})
            return redirect("uptake:uptake_page", slug, uptake.pk)
    return _uptake_page(request, community, uptake, ask=form)


@admits(Admission.CARRIERS, post=422)
@require_POST
def question_link(request: HttpRequest, slug: str, uptake_id: int) -> HttpResponse:
    """Say that a question that stands on the agenda already is about this block."""
    community, uptake = moved_uptake(request, slug, uptake_id)
    person = signed_in_person(request)
    blocked = queries.open_block_of(uptake)
    form = QuestionLinkForm(request.POST, questions=queries.questions_to_link(person, community, blocked))
    if form.is_valid() and blocked is not None:
        question = form.cleaned_data["question"]
        link = attempt(form, lambda: actions.link_block_to_question(block=blocked, question=question, by=person))
        if link is not None:
            undo = reverse("uptake:question_loosen", args=[slug, uptake.pk, question.pk])
            toasts.say(request, _("Linked to question %(code)s.") % {"code": question.code}, undo=undo)
            return redirect("uptake:uptake_page", slug, uptake.pk)
    return _uptake_page(request, community, uptake, link=form)


@admits(Admission.CARRIERS, post=302)
@require_POST
def question_loosen(request: HttpRequest, slug: str, uptake_id: int, question_id: int) -> HttpResponse:
    """Take the link between this block and a question away; the question stays."""
    community, uptake = uptake_or_404(request, slug, uptake_id)
    person = signed_in_person(request)
    question = get_object_or_404(queries.questions_in(person, community), pk=question_id)
    must_move(request, uptake)
    blocked = queries.open_block_of(uptake)
    if blocked is None:
        toasts.refuse(request, _("This is not blocked."))
    else:
        actions.loosen_block_from_question(block=blocked, question=question, by=person)
        toasts.say(request, _("The link is gone. The question stays on the agenda."))
    return redirect("uptake:uptake_page", slug, uptake.pk)


@admits(Admission.CARRIERS, post=422)
@require_POST
def uptake_give_up(request: HttpRequest, slug: str, uptake_id: int) -> HttpResponse:
    """Stop trying here, with a reason."""
    community, uptake = moved_uptake(request, slug, uptake_id)
    person = signed_in_person(request)
    form = GiveUpForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: actions.give_up(uptake=uptake, reason=reason, by=person)) is not None:
            undo = reverse("uptake:uptake_resume", args=[slug, uptake.pk])
            toasts.say(request, _("Given up in %(unit)s.") % {"unit": uptake.unit.name}, undo=undo)
            return redirect("uptake:uptake_page", slug, uptake.pk)
    return _uptake_page(request, community, uptake, give_up=form)


@admits(Admission.CARRIERS, post=302)
@require_POST
def uptake_resume(request: HttpRequest, slug: str, uptake_id: int) -> HttpResponse:
    """Take up again what was given up."""
    _community, uptake = moved_uptake(request, slug, uptake_id)
    try:
        actions.resume(uptake=uptake, by=signed_in_person(request))
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
    else:
        toasts.say(request, _("Taken up again in %(unit)s.") % {"unit": uptake.unit.name})
    return redirect("uptake:uptake_page", slug, uptake.pk)


@admits(Admission.CARRIERS, get=200, post=302)
@require_http_methods(["GET", "POST"])
def uptake_recipient(request: HttpRequest, slug: str, uptake_id: int) -> HttpResponse:
    """Say who must take it over in this unit."""
    community, uptake = moved_uptake(request, slug, uptake_id)
    person = signed_in_person(request)
    form = RecipientForm(
        request.POST if request.method == "POST" else None,
        initial={"recipient": uptake.recipient_id, "recipient_name": uptake.recipient_name},
        people=queries.people_who_may_carry(community),
    )
    if form.is_bound and form.is_valid():
        named = attempt(form, lambda: actions.name_recipient(uptake=uptake, by=person, **form.cleaned_data))
        if named is not None:
            toasts.say(request, _("The recipient is written down."))
            return redirect("uptake:uptake_page", slug, uptake.pk)
    return render(
        request,
        "uptake/recipient_form.html",
        {"community": community, "uptake": uptake, "form": form},
        status=422 if form.is_bound else 200,
    )


def _uptake_page(request: HttpRequest, community: Community, uptake: Uptake, **forms: Any) -> HttpResponse:
    """The page of an uptake; a form that came back with errors stands open in the place of an empty one."""
    person = person_of(request)
    steps = list(queries.steps_of(uptake))
    blocks = list(queries.blocks_of(uptake, person))
    blocked = next((block for block in blocks if not block.is_lifted), None)
    may_move = access.may_move(person, uptake)
    events = history_of(steps, blocks, queries.givings_up_of(uptake), queries.reviews_of(uptake))
    context: dict[str, Any] = {
        "community": community,
        "uptake": uptake,
        "change": uptake.change,
        "rungs": rungs_of(uptake, steps),
        "events": events,
        "has_turns": any(event.kind not in ("start", "up", "block") for event in events),
        "blocked": blocked,
        "last_step": next((step for step in reversed(steps) if step.after == uptake.step), None),
        "asked_earlier": [link for block in blocks if block.is_lifted for link in block.readable],
        "review_is_due": uptake.review_on is not None and uptake.review_on <= clock.today(),
        "may_move": may_move,
        "may_carry": access.may_carry(person, uptake.change),
        "names": access.may_see_names(person, community),
    }
    if may_move:
        context |= _empty_forms(request, community, uptake, blocked)
    return render(request, "uptake/uptake_page.html", {**context, **forms}, status=422 if forms else 200)


def _empty_forms(request: HttpRequest, community: Community, uptake: Uptake, blocked: Block | None) -> dict[str, Any]:
    person = signed_in_person(request)
    if uptake.is_given_up:
        return {}
    forms: dict[str, Any] = {"give_up": GiveUpForm()}
    if uptake.step > Step.INSIGHT:
        forms["step_down"] = StepDownForm(uptake=uptake)
    if blocked is not None:
        forms["unblock"] = UnblockForm()
        forms["link"] = QuestionLinkForm(questions=queries.questions_to_link(person, community, blocked))
        if access.may_ask_from_block(person, uptake):
            forms["ask"] = AskForm()
    elif uptake.next_step is not None:
        forms["step_up"] = StepUpForm(step=uptake.next_step, initial=StepUpForm.initial_of(uptake))
        forms["block_form"] = BlockForm()
    else:
        forms["review"] = ReviewForm(initial={"next_review_on": in_half_a_year()})
    return forms
