from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerkring.community.memberships.requests import community_or_404, person_of, signed_in_person
from leerkring.cycle.insights import access, actions, queries
from leerkring.cycle.insights.forms import SearchForm, ThreadForm, take_over
from leerkring.cycle.insights.models import Thread
from leerkring.cycle.insights.views.doors import require, thread_or_404
from leerkring.cycle.questions.queries import questions_visible_to
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import EditedMeanwhile, Refused
from leerkring.platform.ui import toasts

ON_A_PAGE = 50
FOUND_AT_ONCE = 12


@admits(Admission.READERS, get=200)
@require_GET
def threads_page(request: HttpRequest, slug: str) -> HttpResponse:
    """What runs through many insights and questions."""
    community, person = community_or_404(request, slug), person_of(request)
    threads = queries.threads_with_counts(person, community)
    return render(
        request,
        "insights/threads.html",
        {
            "community": community,
            "page": Paginator(threads, ON_A_PAGE).get_page(request.GET.get("page")),
            "may_put": access.may_put_thread(person, community),
        },
    )


@admits(Admission.MEMBERS, get=200, post=422)
@require_http_methods(["GET", "POST"])
def thread_new(request: HttpRequest, slug: str) -> HttpResponse:
    community, person = community_or_404(request, slug), signed_in_person(request)
    require(access.may_put_thread(person, community))
    form = ThreadForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        del form.cleaned_data["revision"]
        try:
            thread = actions.put_thread(community=community, by=person, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            toasts.say(request, _("The thread is there. Search for what it runs through."))
            return redirect("insights:thread_page", slug=slug, thread_id=thread.pk)
    return render(
        request, "insights/thread_form.html", {"community": community, "form": form}, status=422 if form.errors else 200
    )


@admits(Admission.READERS, get=200)
@require_GET
def thread_page(request: HttpRequest, slug: str, thread_id: int) -> HttpResponse:
    """One thread: its story, the questions and insights through which it runs, and (for its maker) a search."""
    community, thread = thread_or_404(request, slug, thread_id)
    person = person_of(request)
    may_change = access.may_change_thread(person, thread)
    words = request.GET.get("q", "").strip()[:100]
    context: dict[str, Any] = {
        "community": community,
        "thread": thread,
        "insights": list(queries.with_sources(person, queries.insights_in(person, thread))),
        "questions": list(queries.questions_in(person, thread)),
        "may_change": may_change,
    }
    if may_change and person is not None:
        context |= {
            "form": SearchForm({"q": words} if words else None),
            "words": words,
            "found_insights": list(queries.insights_to_add(person, thread, words)[:FOUND_AT_ONCE]) if words else [],
            "found_questions": list(queries.questions_to_add(person, thread, words)[:FOUND_AT_ONCE]) if words else [],
        }
    return render(request, "insights/thread.html", context)


@admits(Admission.FACILITATOR, get=200, post=422)
@require_http_methods(["GET", "POST"])
def thread_edit(request: HttpRequest, slug: str, thread_id: int) -> HttpResponse:
    community, thread = thread_or_404(request, slug, thread_id)
    person = signed_in_person(request)
    require(access.may_change_thread(person, thread))
    form = ThreadForm(request.POST if request.method == "POST" else None, thread=thread)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_thread(thread=thread, by=person, **form.cleaned_data)
        except EditedMeanwhile as edited:
            conflict = edited
            take_over(form, edited.revision)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            toasts.say(request, _("Kept."))
            return redirect("insights:thread_page", slug=slug, thread_id=thread.pk)
    return render(
        request,
        "insights/thread_form.html",
        {"community": community, "thread": thread, "form": form, "conflict": conflict},
        status=422 if form.errors or conflict else 200,
    )


def _back(request: HttpRequest, thread: Thread, slug: str) -> HttpResponse:
    """To the thread, with the words that one searched for."""
    page = reverse("insights:thread_page", kwargs={"slug": slug, "thread_id": thread.pk})
    words = request.POST.get("q", "").strip()[:100]
    return redirect(f"{page}?{urlencode({'q': words})}" if words else page)


@admits(Admission.FACILITATOR, post=302)
@require_POST
def thread_insight_add(request: HttpRequest, slug: str, thread_id: int, insight_id: int) -> HttpResponse:
    community, thread = thread_or_404(request, slug, thread_id)
    person = signed_in_person(request)
    insight = get_object_or_404(queries.insights_visible_to(person, community), pk=insight_id)
    actions.add_to_thread(thread=thread, insight=insight, by=person)
    return _back(request, thread, slug)


@admits(Admission.FACILITATOR, post=302)
@require_POST
def thread_insight_remove(request: HttpRequest, slug: str, thread_id: int, insight_id: int) -> HttpResponse:
    community, thread = thread_or_404(request, slug, thread_id)
    person = signed_in_person(request)
    insight = get_object_or_404(queries.insights_visible_to(person, community), pk=insight_id)
    actions.remove_from_thread(thread=thread, insight=insight, by=person)
    place = {"slug": slug, "thread_id": thread.pk, "insight_id": insight.pk}
    toasts.say(request, _("Taken out of the thread."), undo=reverse("insights:thread_insight_add", kwargs=place))
    return _back(request, thread, slug)


@admits(Admission.FACILITATOR, post=302)
@require_POST
def thread_question_add(request: HttpRequest, slug: str, thread_id: int, question_id: int) -> HttpResponse:
    community, thread = thread_or_404(request, slug, thread_id)
    person = signed_in_person(request)
    question = get_object_or_404(questions_visible_to(person, community), pk=question_id)
    actions.add_to_thread(thread=thread, question=question, by=person)
    return _back(request, thread, slug)


@admits(Admission.FACILITATOR, post=302)
@require_POST
def thread_question_remove(request: HttpRequest, slug: str, thread_id: int, question_id: int) -> HttpResponse:
    community, thread = thread_or_404(request, slug, thread_id)
    person = signed_in_person(request)
    question = get_object_or_404(questions_visible_to(person, community), pk=question_id)
    actions.remove_from_thread(thread=thread, question=question, by=person)
    place = {"slug": slug, "thread_id": thread.pk, "question_id": question.pk}
    toasts.say(request, _("Taken out of the thread."), undo=reverse("insights:thread_question_add", kwargs=place))
    return _back(request, thread, slug)
