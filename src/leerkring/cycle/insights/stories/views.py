from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import community_or_404, person_of, signed_in_person
from leerkring.cycle.insights.stories import access, actions, pictures, queries
from leerkring.cycle.insights.stories.forms import ShowForm, StoryForm
from leerkring.cycle.insights.stories.models import ValueStory
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import EditedMeanwhile, Refused
from leerkring.platform.ui import toasts

ON_A_PAGE = 30


@admits(Admission.READERS, get=200)
@require_GET
def stories_page(request: HttpRequest, slug: str) -> HttpResponse:
    """What taking part brought about, told by those whom it happened to."""
    community, person = community_or_404(request, slug), person_of(request)
    page = Paginator(queries.stories_visible_to(person, community), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "story": story,
            "rings": pictures.rings(story),
            "is_mine": access.may_keep_story(person, story),
            "shows_teller": access.may_see_teller(person, story),
        }
        for story in page
    ]
    return render(
        request,
        "insights/stories/stories.html",
        {"community": community, "page": page, "rows": rows, "may_tell": access.may_tell_story(person, community)},
    )


@admits(Admission.FOLLOWERS, get=200, post=422)
@require_http_methods(["GET", "POST"])
def story_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell one's own story; it stays with its teller until they show it."""
    community, person = community_or_404(request, slug), signed_in_person(request)
    if not access.may_tell_story(person, community):
        raise PermissionDenied(_("Stories are told by the people of the programme. Follow it first."))
    form = StoryForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            story = actions.tell_story(community=community, texts=form.texts(), by=person)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            toasts.say(request, _("Your story is kept. Only you see it, until you say who may read it."))
            return redirect("insights:story_page", slug, story.pk)
    return _form_page(request, community, form)


@admits(Admission.READERS, get=200)
@require_GET
def story_page(request: HttpRequest, slug: str, story_id: int) -> HttpResponse:
    """One story; its teller says here who may read it."""
    community, story = _story_or_404(request, slug, story_id)
    return _story_page(request, community, story)


@admits(Admission.SELF, get=200, post=422)
@require_http_methods(["GET", "POST"])
def story_edit(request: HttpRequest, slug: str, story_id: int) -> HttpResponse:
    """Word it anew, or go on with it."""
    community, story = _own_story(request, slug, story_id)
    form = StoryForm(request.POST if request.method == "POST" else None, initial=StoryForm.initial_of(story))
    conflict = None
    if form.is_bound and form.is_valid():
        revision = form.cleaned_data["revision"]
        try:
            actions.change_story(story=story, texts=form.texts(), revision=revision, by=signed_in_person(request))
        except EditedMeanwhile as edited:
            conflict = edited
            form.stand_on(edited.revision)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            toasts.say(request, _("Your story is saved."))
            return redirect("insights:story_page", slug, story.pk)
    return _form_page(request, community, form, story=story, conflict=conflict)


@admits(Admission.SELF, post=422)
@require_POST
def story_show(request: HttpRequest, slug: str, story_id: int) -> HttpResponse:
    """Say who may read it."""
    community, story = _own_story(request, slug, story_id)
    form = ShowForm(request.POST)
    if not form.is_valid():
        return _story_page(request, community, story, show=form)
    said = form.cleaned_data
    actions.show_story(story=story, label=Label(said["label"]), is_named=said["is_named"], by=signed_in_person(request))
    undo = reverse("insights:story_withdraw", args=[slug, story.pk])
    toasts.say(request, _("Others can read your story now."), undo=undo, undo_label=_("Keep it to myself"))
    return redirect("insights:story_page", slug, story.pk)


@admits(Admission.SELF, post=302)
@require_POST
def story_withdraw(request: HttpRequest, slug: str, story_id: int) -> HttpResponse:
    """Keep it to oneself again."""
    _community, story = _own_story(request, slug, story_id)
    actions.withdraw_story(story=story, by=signed_in_person(request))
    toasts.say(request, _("Only you see your story now."))
    return redirect("insights:story_page", slug, story.pk)


@admits(Admission.SELF, post=302)
@require_POST
def story_remove(request: HttpRequest, slug: str, story_id: int) -> HttpResponse:
    """Throw away what only its teller still sees."""
    _community, story = _own_story(request, slug, story_id)
    try:
        actions.remove_story(story=story, by=signed_in_person(request))
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
        return redirect("insights:story_page", slug, story.pk)
    toasts.say(request, _("Your story is thrown away."))
    return redirect("insights:stories_page", slug)


def _story_or_404(request: HttpRequest, slug: str, story_id: int) -> tuple[Community, ValueStory]:
    community = community_or_404(request, slug)
    stories = queries.stories_visible_to(person_of(request), community)
    return community, get_object_or_404(stories, pk=story_id)


def _own_story(request: HttpRequest, slug: str, story_id: int) -> tuple[Community, ValueStory]:
    community, story = _story_or_404(request, slug, story_id)
    if not access.may_keep_story(person_of(request), story):
        raise PermissionDenied(_("A story belongs to its teller. Only they can do that."))
    return community, story


def _story_page(request: HttpRequest, community: Community, story: ValueStory, **more: Any) -> HttpResponse:
    person = person_of(request)
    is_mine = access.may_keep_story(person, story)
    context: dict[str, Any] = {
        "community": community,
        "story": story,
        "rings": pictures.rings(story, name=_("How far this story goes")),
        "is_mine": is_mine,
        "shows_teller": access.may_see_teller(person, story),
        "show": ShowForm(initial={"label": story.label, "is_named": story.is_named}) if is_mine else None,
    }
    return render(request, "insights/stories/story.html", {**context, **more}, status=422 if more else 200)


def _form_page(request: HttpRequest, community: Community, form: StoryForm, **more: Any) -> HttpResponse:
    context = {"community": community, "form": form, **more}
    return render(request, "insights/stories/form.html", context, status=422 if form.is_bound else 200)
