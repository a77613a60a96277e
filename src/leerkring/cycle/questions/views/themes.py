from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leerkring.community.memberships.requests import community_or_404, signed_in_person
from leerkring.cycle.questions import access, actions, queries
from leerkring.cycle.questions.forms import ThemeForm
from leerkring.cycle.questions.views.ground import form_page, theme_or_404, try_form, try_verb
from leerkring.platform.admission import Admission, admits
from leerkring.platform.ui import toasts


@admits(Admission.KEEPER, post=422)
@require_POST
def theme_new(request: HttpRequest, slug: str) -> HttpResponse:
    community = community_or_404(request, slug)
    person = signed_in_person(request)
    if not access.may_keep_themes(person, community):
        raise PermissionDenied
    form = ThemeForm(request.POST)
    if try_form(form, lambda: actions.put_theme(community=community, by=person, **form.cleaned_data)) is not True:
        themes = queries.themes_with_counts(person, community)
        return form_page(
            request, "questions/themes.html", community=community, form=form, status=422, themes=themes, may_keep=True
        )
    toasts.say(request, _("The theme has been added."))
    return redirect("questions:themes_page", slug=slug)


@admits(Admission.KEEPER, get=200, post=422)
@require_http_methods(["GET", "POST"])
def theme_change(request: HttpRequest, slug: str, theme_id: int) -> HttpResponse:
    community, theme = theme_or_404(request, slug, theme_id)
    person = signed_in_person(request)
    if not access.may_keep_themes(person, community):
        raise PermissionDenied
    if request.method != "POST":
        form = ThemeForm(instance=theme)
        return form_page(request, "questions/theme_change.html", community=community, form=form, theme=theme)
    form = ThemeForm(request.POST)
    if try_form(form, lambda: actions.change_theme(theme=theme, by=person, **form.cleaned_data)) is not True:
        return form_page(
            request, "questions/theme_change.html", community=community, form=form, theme=theme, status=422
        )
    toasts.say(request, _("The theme has been changed."))
    return redirect("questions:themes_page", slug=slug)


@admits(Admission.KEEPER, post=302)
@require_POST
def theme_close(request: HttpRequest, slug: str, theme_id: int) -> HttpResponse:
    _community, theme = theme_or_404(request, slug, theme_id)
    person = signed_in_person(request)
    undo = reverse("questions:theme_reopen", kwargs={"slug": slug, "theme_id": theme_id})
    try_verb(request, lambda: actions.close_theme(theme=theme, by=person), _("The theme has been closed."), undo)
    return redirect("questions:themes_page", slug=slug)


@admits(Admission.KEEPER, post=302)
@require_POST
def theme_reopen(request: HttpRequest, slug: str, theme_id: int) -> HttpResponse:
    _community, theme = theme_or_404(request, slug, theme_id)
    person = signed_in_person(request)
    try_verb(request, lambda: actions.reopen_theme(theme=theme, by=person), _("The theme is open again."))
    return redirect("questions:themes_page", slug=slug)
