from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from leerkring.community.memberships import queries as memberships
from leerkring.community.memberships.requests import person_of, signed_in_person
from leerkring.community.people import queries as people
from leerkring.direction.programmes import access, actions, queries
from leerkring.direction.programmes.enums import ProgrammeKind
from leerkring.direction.programmes.forms import ProgrammeForm, SettingsForm
from leerkring.direction.programmes.views.fetch import led_programme, posted_again
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import EditedMeanwhile, Refused
from leerkring.platform.ui import toasts

ON_A_PAGE = 20


@admits(Admission.EVERYONE, get=200)
@require_GET
def programmes_page(request: HttpRequest) -> HttpResponse:
    """One's own programmes, and those that are open."""
    person = person_of(request)
    own = list(queries.programmes_of(person)) if person else []
    others = queries.programmes_beside(person)
    return render(
        request,
        "programmes/programmes_page.html",
        {
            "own": own,
            "others": Paginator(others, ON_A_PAGE).get_page(request.GET.get("page")),
            "may_start": access.may_start_programme(person),
        },
    )


@admits(Admission.STARTERS, get=200, post=422)
@require_http_methods(["GET", "POST"])
def programme_start(request: HttpRequest) -> HttpResponse:
    person = signed_in_person(request)
    if not access.may_start_programme(person):
        raise PermissionDenied(_("Admins and teams of other programmes start one. Ask one of them."))
    form = ProgrammeForm(request.POST if request.method == "POST" else None, organisations=people.organisations())
    if form.is_valid():
        fields = {**form.cleaned_data, "kind": ProgrammeKind(form.cleaned_data["kind"])}
        try:
            programme = actions.start_programme(by=person, **fields)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            toasts.say(request, _("%(name)s has started. You are the first person on its team.") % {"name": programme})
            return redirect("programmes:settings_page", programme.slug)
    return render(request, "programmes/programme_form.html", {"form": form}, status=422 if form.is_bound else 200)


@admits(Admission.TEAM, get=200, post=422)
@require_http_methods(["GET", "POST"])
def settings_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Texts and openness; organisations and doors have pages of their own."""
    community, programme = led_programme(request, slug)
    organisations = queries.possible_hosts(programme)
    conflict = None
    if request.method == "GET":
        form = SettingsForm(initial=SettingsForm.initial_of(programme), organisations=organisations)
    else:
        form = SettingsForm(request.POST, organisations=organisations)
        if form.is_valid():
            by, revision = signed_in_person(request), form.cleaned_data["revision"]
            try:
                actions.change_programme(programme=programme, revision=revision, by=by, **form.values())
            except EditedMeanwhile as edited:
                form, conflict = SettingsForm(posted_again(request, edited), organisations=organisations), edited
            except Refused as refusal:
                form.add_error(None, refusal.message)
            else:
                toasts.say(request, _("Saved."))
                return redirect("programmes:settings_page", slug)
    return render(
        request,
        "programmes/settings_page.html",
        {
            "community": community,
            "programme": programme,
            "form": form,
            "conflict": conflict,
            "organisations": memberships.organisations_of(community),
        },
        status=422 if form.is_bound else 200,
    )
