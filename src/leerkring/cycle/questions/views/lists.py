from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from leerkring.community.memberships.requests import community_or_404, person_of, signed_in_person
from leerkring.cycle.questions import access, actions, queries
from leerkring.cycle.questions.forms import FilterForm, RaiseForm, ThemeForm
from leerkring.cycle.questions.views.ground import form_page, to_question, try_form
from leerkring.platform.admission import Admission, admits
from leerkring.platform.ui import toasts

ON_A_PAGE = 25


@admits(Admission.READERS, get=200)
@require_GET
def questions_page(request: HttpRequest, slug: str) -> HttpResponse:
    community = community_or_404(request, slug)
    person = person_of(request)
    form = FilterForm(request.GET, community=community)
    visible = queries.questions_visible_to(person, community)
    page = Paginator(queries.found(visible, **form.chosen), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "community": community,
        "form": form,
        "is_filtered": bool(form.chosen),
        "page": page,
        "counts": queries.counts_of(visible),
        "may_raise": access.may_raise_question(person, community),
        "may_keep": access.may_keep_themes(person, community),
        "shows_names": access.may_see_names(person, community),
    }
    return render(request, "questions/questions.html", context)


@admits(Admission.MEMBERS, get=200, post=422)
@require_http_methods(["GET", "POST"])
def question_new(request: HttpRequest, slug: str) -> HttpResponse:
    community = community_or_404(request, slug)
    person = signed_in_person(request)
    if not access.may_raise_question(person, community):
        raise PermissionDenied(_("Raising questions is for whoever takes part. You can choose to, on your own page."))
    if request.method != "POST":
        form = RaiseForm(community=community, person=person, initial=_started(request))
        return form_page(request, "questions/question_new.html", community=community, form=form)
    form = RaiseForm(request.POST, community=community, person=person)
    made = []

    def verb() -> None:
        made.append(actions.raise_question(community=community, by=person, **form.cleaned_data))

    if try_form(form, verb) is not True:
        return form_page(request, "questions/question_new.html", community=community, form=form, status=422)
    toasts.say(request, _("Your question has been written down."))
    return to_question(made[0], slug)


def _started(request: HttpRequest) -> dict[str, str]:
    """A meeting page can lead here with the meeting filled in."""
    meeting = request.GET.get("meeting", "")
    return {"meeting": meeting} if meeting.isdecimal() else {}


@admits(Admission.READERS, get=200)
@require_GET
def themes_page(request: HttpRequest, slug: str) -> HttpResponse:
    community = community_or_404(request, slug)
    person = person_of(request)
    context = {
        "community": community,
        "themes": queries.themes_with_counts(person, community),
        "may_keep": access.may_keep_themes(person, community),
        "form": ThemeForm(),
    }
    return render(request, "questions/themes.html", context)
