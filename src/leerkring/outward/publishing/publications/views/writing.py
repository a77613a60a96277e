from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerkring.community.meetings import filetypes
from leerkring.community.memberships.requests import community_or_404, signed_in_person
from leerkring.outward.publishing.publications import actions, pictures, queries
from leerkring.outward.publishing.publications.enums import Language
from leerkring.outward.publishing.publications.forms import AgreeForm, AskForm, FilesForm, PublicationForm, PublishForm
from leerkring.outward.publishing.publications.views.fetch import (
    asked_language,
    led_publication,
    publication_or_404,
    require_team,
    show_publication,
)
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import EditedMeanwhile, Refused
from leerkring.platform.ui import toasts

LARGEST_UPLOAD = filetypes.MAX_BYTES + pictures.MAX_BYTES + 1024 * 1024
FORM = "publishing/publications/form.html"


@admits(Admission.TEAM, get=200, post=422)
@require_http_methods(["GET", "POST"])
def publication_write(request: HttpRequest, slug: str) -> HttpResponse:
    community = community_or_404(request, slug)
    require_team(request, community)
    form = PublicationForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            written = actions.write_publication(community=community, by=signed_in_person(request), **form.said())
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            toasts.say(request, _("The draft is kept. Only the team reads it, until you publish it."))
            return redirect("publishing:publication_page", slug, written.pk)
    context = {"community": community, "form": form, "publication": None}
    return render(request, FORM, context, status=422 if form.is_bound else 200)


@admits(Admission.TEAM, get=200, post=422)
@require_http_methods(["GET", "POST"])
def publication_edit(request: HttpRequest, slug: str, publication_id: int) -> HttpResponse:
    """One language of it; one that it does not have yet is added."""
    community, publication = led_publication(request, slug, publication_id)
    language = asked_language(request) if request.GET.get("language") else publication.text_in(None).language
    form = PublicationForm(
        request.POST if request.method == "POST" else None, initial=PublicationForm.initial_of(publication, language)
    )
    form.in_language(language)
    conflict = None
    if form.is_bound and form.is_valid():
        revision = form.cleaned_data["revision"] or 0
        try:
            actions.change_publication(
                publication=publication, revision=revision, by=signed_in_person(request), **form.said()
            )
        except EditedMeanwhile as edited:
            conflict = edited
            form.stand_on(edited.revision)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            toasts.say(request, _("The text is saved."))
            said = form.cleaned_data["language"]
            return redirect(reverse("publishing:publication_page", args=[slug, publication.pk]) + f"?language={said}")
    context = {
        "community": community,
        "form": form,
        "publication": publication,
        "conflict": conflict,
        "language": Language(language),
        "is_new_language": language not in publication.languages,
    }
    return render(request, FORM, context, status=422 if form.is_bound else 200)


@admits(Admission.TEAM, get=200, post=422)
@csrf_exempt
@require_http_methods(["GET", "POST"])
def publication_files(request: HttpRequest, slug: str, publication_id: int) -> HttpResponse:
    """Turns an upload that is too large away before its body is read; the token is checked right after."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_UPLOAD:
        community, publication = led_publication(request, slug, publication_id)
        form = FilesForm(publication=publication)
        context = {"community": community, "publication": publication, "form": form, "too_large": True}
        return render(request, "publishing/publications/files.html", context, status=413)
    return _publication_files(request, slug, publication_id)


@csrf_protect
def _publication_files(request: HttpRequest, slug: str, publication_id: int) -> HttpResponse:
    community, publication = led_publication(request, slug, publication_id)
    form = FilesForm(publication=publication)
    if request.method == "POST":
        form = FilesForm(request.POST, request.FILES, publication=publication)
        if form.is_valid():
            try:
                actions.change_files(publication=publication, by=signed_in_person(request), **form.said())
            except Refused as refusal:
                form.add_error(None, refusal.message)
            else:
                toasts.say(request, _("Picture and file are saved."))
                return redirect("publishing:publication_page", slug, publication.pk)
    context = {"community": community, "publication": publication, "form": form}
    return render(request, "publishing/publications/files.html", context, status=422 if form.is_bound else 200)


@admits(Admission.TEAM, get=200)
@require_GET
def publication_history(request: HttpRequest, slug: str, publication_id: int) -> HttpResponse:
    community, publication = led_publication(request, slug, publication_id)
    context = {
        "community": community,
        "publication": publication,
        "said": publication.text_in(asked_language(request)),
        "revisions": list(queries.revisions_of(publication)[:100]),
    }
    return render(request, "publishing/publications/history.html", context)


@admits(Admission.TEAM, post=302)
@require_POST
def publication_publish(request: HttpRequest, slug: str, publication_id: int) -> HttpResponse:
    community, publication = led_publication(request, slug, publication_id)
    form = PublishForm(request.POST)
    if not form.is_valid():
        return show_publication(request, community, publication, status=422, publish_form=form)
    was_out = publication.is_published
    published = actions.publish(publication=publication, on=form.cleaned_data["on"], by=signed_in_person(request))
    words = _("It is out. Those for whom it is can read it.") if published.is_out else _("It comes out on that day.")
    undo = "" if was_out else reverse("publishing:publication_withdraw", args=[slug, publication.pk])
    toasts.say(request, words, undo=undo, undo_label=_("Withdraw"))
    return redirect("publishing:publication_page", slug, publication.pk)


@admits(Admission.TEAM, post=302)
@require_POST
def publication_withdraw(request: HttpRequest, slug: str, publication_id: int) -> HttpResponse:
    _community, publication = led_publication(request, slug, publication_id)
    actions.withdraw_publication(publication=publication, by=signed_in_person(request))
    back = reverse("publishing:publication_put_back", args=[slug, publication.pk])
    toasts.say(request, _("Only the team reads it now."), undo=back)
    return redirect("publishing:publication_page", slug, publication.pk)


@admits(Admission.TEAM, post=302)
@require_POST
def publication_put_back(request: HttpRequest, slug: str, publication_id: int) -> HttpResponse:
    _community, publication = led_publication(request, slug, publication_id)
    actions.put_back_publication(publication=publication, by=signed_in_person(request))
    return redirect("publishing:publication_page", slug, publication.pk)


@admits(Admission.TEAM, post=422)
@require_POST
def author_ask(request: HttpRequest, slug: str, publication_id: int) -> HttpResponse:
    community, publication = led_publication(request, slug, publication_id)
    form = AskForm(request.POST, people=queries.people_to_ask(publication))
    if form.is_valid():
        try:
            person = form.cleaned_data["person"]
            actions.ask_author(publication=publication, person=person, by=signed_in_person(request))
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            toasts.say(
                request, _("%(name)s sees the question on this page. No reader sees the name before.")
                % {"name": person.name},
            )  # fmt: skip
            return redirect("publishing:publication_page", slug, publication.pk)
    return show_publication(request, community, publication, status=422, ask_form=form)


@admits(Admission.SELF, post=422)
@require_POST
def author_agree(request: HttpRequest, slug: str, publication_id: int, author_id: int) -> HttpResponse:
    community, publication = publication_or_404(request, slug, publication_id)
    person = signed_in_person(request)
    author = get_object_or_404(queries.authors_visible_to(person, publication), pk=author_id)
    form = AgreeForm(request.POST)
    if form.is_valid() or author.person_id != person.pk:
        try:
            actions.agree(author=author, name=form.cleaned_data.get("name", ""), by=person)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            toasts.say(request, _("You are named. You can change that here at any time."))
            return redirect("publishing:publication_page", slug, publication.pk)
    return show_publication(request, community, publication, status=422, agree_form=form)


@admits(Admission.SELF, post=302)
@require_POST
def author_decline(request: HttpRequest, slug: str, publication_id: int, author_id: int) -> HttpResponse:
    _community, publication = publication_or_404(request, slug, publication_id)
    person = signed_in_person(request)
    author = get_object_or_404(queries.authors_visible_to(person, publication), pk=author_id)
    actions.decline(author=author, by=person)
    toasts.say(request, _("You are not named."))
    if publication.is_out:
        return redirect("publishing:publication_page", slug, publication.pk)
    return redirect("publishing:publications_page", slug)


@admits(Admission.TEAM, post=302)
@require_POST
def author_remove(request: HttpRequest, slug: str, publication_id: int, author_id: int) -> HttpResponse:
    community, publication = publication_or_404(request, slug, publication_id)
    person = signed_in_person(request)
    author = get_object_or_404(queries.authors_visible_to(person, publication), pk=author_id)
    require_team(request, community)
    actions.remove_author(author=author, by=person)
    return redirect("publishing:publication_page", slug, publication.pk)
