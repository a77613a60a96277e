from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import community_or_404, person_of, signed_in_person
from leerkring.cycle.insights import access, actions, queries
from leerkring.cycle.insights.forms import (
    EditInsightForm,
    FollowUpForm,
    LabelForm,
    NewInsightForm,
    QuestionChoiceForm,
    SieveForm,
    take_over,
)
from leerkring.cycle.insights.models import Insight
from leerkring.cycle.insights.views.doors import insight_or_404, require
from leerkring.cycle.questions.queries import questions_visible_to
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import EditedMeanwhile, Refused
from leerkring.platform.ui import toasts

ON_A_PAGE = 30


@admits(Admission.READERS, get=200)
@require_GET
def insights_page(request: HttpRequest, slug: str) -> HttpResponse:
    """All insights that this person may read, narrowed by theme, group, meeting, thread or words."""
    community, person = community_or_404(request, slug), person_of(request)
    form = SieveForm(request.GET, community=community, person=person)
    sieve = form.sieve()
    seen = queries.insights_visible_to(person, community)
    found = queries.sifted(seen, sieve)
    page = Paginator(queries.with_sources(person, found), ON_A_PAGE).get_page(request.GET.get("page"))
    werkplaats = queries.last_werkplaats(person, community)
    since = localdate(werkplaats.starts_at) if werkplaats else None
    return render(
        request,
        "insights/insights.html",
        {
            "community": community,
            "form": form,
            "page": page,
            "is_sifted": sieve != queries.Sieve(),
            "werkplaats": werkplaats,
            "new_count": queries.insights_since(found, since).count() if since else 0,
            "may_write": access.may_write_insight(person, community),
        },
    )


@admits(Admission.MEMBERS, get=200, post=422)
@require_http_methods(["GET", "POST"])
def insight_new(request: HttpRequest, slug: str) -> HttpResponse:
    community, person = community_or_404(request, slug), signed_in_person(request)
    require(access.may_write_insight(person, community))
    asked = {
        "questions": request.GET.getlist("question"),
        "group": request.GET.get("group"),
        "meeting": request.GET.get("meeting"),
    }
    form = NewInsightForm(
        request.POST if request.method == "POST" else None, community=community, person=person, initial=asked
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data | {"label": Label(form.cleaned_data["label"])}
        try:
            insight = actions.write_insight(community=community, by=person, **values)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            toasts.say(request, _("Your insight is kept."))
            return redirect("insights:insight_page", slug=slug, insight_id=insight.pk)
    return render(
        request,
        "insights/insight_form.html",
        {"community": community, "form": form},
        status=422 if form.errors else 200,
    )


@admits(Admission.READERS, get=200)
@require_GET
def insight_page(request: HttpRequest, slug: str, insight_id: int) -> HttpResponse:
    """One insight: what, where it holds, how we know, where it came from, and what came of it."""
    community, insight = insight_or_404(request, slug, insight_id)
    return _page(request, community, insight)


def _page(
    request: HttpRequest, community: Community, insight: Insight, *, status: int = 200, **forms: Any
) -> HttpResponse:
    person = person_of(request)
    may_change = access.may_change_insight(person, insight)
    questions = queries.question_choices(person, community)
    context = {
        "community": community,
        "insight": insight,
        "meeting": queries.meeting_of(person, insight),
        "group": queries.group_of(person, insight),
        "threads": queries.threads_with(person, insight),
        "follow_ups": queries.follow_ups_seen_by(person, insight),
        "sees_author": access.may_see_author(person, insight),
        "may_change": may_change,
        "link_form": QuestionChoiceForm(questions=questions) if may_change else None,
        "label_form": LabelForm(initial={"label": insight.label}) if may_change else None,
        "follow_up_form": FollowUpForm() if access.may_follow_up(person, insight) else None,
    }
    return render(request, "insights/insight.html", context | forms, status=status)


@admits(Admission.LEADERS, get=200, post=422)
@require_http_methods(["GET", "POST"])
def insight_edit(request: HttpRequest, slug: str, insight_id: int) -> HttpResponse:
    community, insight = insight_or_404(request, slug, insight_id)
    person = signed_in_person(request)
    require(access.may_change_insight(person, insight))
    form = EditInsightForm(request.POST if request.method == "POST" else None, insight=insight)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_insight(insight=insight, by=person, **form.cleaned_data)
        except EditedMeanwhile as edited:
            conflict = edited
            take_over(form, edited.revision)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            toasts.say(request, _("Kept."))
            return redirect("insights:insight_page", slug=slug, insight_id=insight.pk)
    return render(
        request,
        "insights/insight_form.html",
        {"community": community, "insight": insight, "form": form, "conflict": conflict},
        status=422 if form.errors or conflict else 200,
    )


def _do(request: HttpRequest, slug: str, insight: Insight, act: Callable[[], object], said: str) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
    else:
        toasts.say(request, said)
    return redirect("insights:insight_page", slug=slug, insight_id=insight.pk)


@admits(Admission.LEADERS, post=422)
@require_POST
def insight_label(request: HttpRequest, slug: str, insight_id: int) -> HttpResponse:
    """Say anew who may read it."""
    community, insight = insight_or_404(request, slug, insight_id)
    person = signed_in_person(request)
    require(access.may_change_insight(person, insight))
    form = LabelForm(request.POST)
    if not form.is_valid():
        return _page(request, community, insight, label_form=form, status=422)
    label = Label(form.cleaned_data["label"])
    return _do(
        request,
        slug,
        insight,
        lambda: actions.change_label(insight=insight, label=label, by=person),
        _("From now on this is for: %(label)s.") % {"label": label.label},
    )


@admits(Admission.MEMBERS, post=422)
@require_POST
def insight_follow_up(request: HttpRequest, slug: str, insight_id: int) -> HttpResponse:
    """A question that comes of this insight: the circle closes."""
    community, insight = insight_or_404(request, slug, insight_id)
    person = signed_in_person(request)
    require(access.may_follow_up(person, insight))
    form = FollowUpForm(request.POST)
    if form.is_valid():
        try:
            question = actions.follow_up(insight=insight, wording=form.cleaned_data["wording"], by=person)
        except Refused as refusal:
            form.add_error("wording", refusal.message)
        else:
            toasts.say(request, _("The question is raised. The keeper of the agenda can sharpen it."))
            return redirect("questions:question_page", slug=slug, question_id=question.pk)
    return _page(request, community, insight, follow_up_form=form, status=422)


@admits(Admission.LEADERS, post=422)
@require_POST
def question_link(request: HttpRequest, slug: str, insight_id: int) -> HttpResponse:
    community, insight = insight_or_404(request, slug, insight_id)
    person = signed_in_person(request)
    require(access.may_change_insight(person, insight))
    form = QuestionChoiceForm(request.POST, questions=queries.question_choices(person, community))
    if not form.is_valid():
        return _page(request, community, insight, link_form=form, status=422)
    question = form.cleaned_data["question"]
    return _do(
        request,
        slug,
        insight,
        lambda: actions.link_question(insight=insight, question=question, by=person),
        _("The question and the insight know each other now."),
    )


@admits(Admission.LEADERS, post=302)
@require_POST
def question_unlink(request: HttpRequest, slug: str, insight_id: int, question_id: int) -> HttpResponse:
    community, insight = insight_or_404(request, slug, insight_id)
    person = signed_in_person(request)
    question = get_object_or_404(questions_visible_to(person, community), pk=question_id)
    return _do(
        request,
        slug,
        insight,
        lambda: actions.unlink_question(insight=insight, question=question, by=person),
        _("The question is no longer linked."),
    )
