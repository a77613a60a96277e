"""Those who keep lists and see no content: organisation admins and platform admins."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from leerkring.community.memberships import access, actions, queries
from leerkring.community.memberships.forms import AdminForm, PersonForm
from leerkring.community.memberships.requests import signed_in_person
from leerkring.community.people import actions as people
from leerkring.community.people import queries as organisations
from leerkring.community.people.models import Organisation, Person
from leerkring.community.people.names import parse_full_name
from leerkring.community.people.requests import platform_admin
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts

A_PAGE = 25


@admits(Admission.ORGANISATION_ADMIN, get=200)
@require_GET
def organisation_people_page(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """The people of the own organisation: names, parts and addresses; nothing of what they do (rule 7)."""
    organisation = _organisation_or_404(organisation_id)
    if not access.may_see_people_of_organisation(signed_in_person(request), organisation):
        raise PermissionDenied
    typed = request.GET.get("q", "").strip()
    found = organisations.named(queries.people_of_organisation(organisation), typed)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    units = queries.units_by_person(organisation, page)
    context = {
        "organisation": organisation,
        "typed": typed,
        "page": page,
        "rows": [(person, units.get(person.pk, [])) for person in page],
    }
    return render(request, "memberships/organisation_people_page.html", context)


@admits(Admission.PLATFORM_ADMIN, get=200)
@require_GET
def platform_people_page(request: HttpRequest) -> HttpResponse:
    """Everybody with an account: names and addresses, no content."""
    platform_admin(request)
    return _platform_people_page(request, PersonForm())


@admits(Admission.PLATFORM_ADMIN, post=422)
@require_POST
def person_add(request: HttpRequest) -> HttpResponse:
    admin = platform_admin(request)
    form = PersonForm(request.POST)
    if form.is_valid():
        name = parse_full_name(form.cleaned_data["name"])
        try:
            person = people.add_person(
                given_name=name.given_name,
                prefix=name.prefix,
                family_name=name.family_name,
                addresses=[form.cleaned_data["address"]],
                by=admin,
            )
        except Refused as refusal:
            form.add_error("address", refusal.message)
        else:
            toasts.say(request, _("%(name)s can sign in now.") % {"name": person.name})
            return redirect("memberships:platform_people_page")
    return _platform_people_page(request, form, status=422)


@admits(Admission.PLATFORM_ADMIN, post=302)
@require_POST
def platform_admin_appoint(request: HttpRequest, person_id: int) -> HttpResponse:
    admin, person = platform_admin(request), _person_or_404(person_id)
    try:
        actions.appoint_platform_admin(person=person, by=admin)
        toasts.say(request, _("%(name)s keeps the settings too.") % {"name": person.name})
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
    return redirect("people:platform_page")


@admits(Admission.PLATFORM_ADMIN, post=302)
@require_POST
def platform_admin_dismiss(request: HttpRequest, person_id: int) -> HttpResponse:
    admin, person = platform_admin(request), _person_or_404(person_id)
    try:
        actions.dismiss_platform_admin(person=person, by=admin)
        toasts.say(request, _("%(name)s no longer keeps the settings.") % {"name": person.name})
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
    return redirect("/" if admin.pk == person.pk else "people:platform_page")


@admits(Admission.PLATFORM_ADMIN, post=302)
@require_POST
def organisation_admin_appoint(request: HttpRequest, organisation_id: int) -> HttpResponse:
    admin, organisation = platform_admin(request), _organisation_or_404(organisation_id)
    form = AdminForm(request.POST)
    person = queries.person_at(form.cleaned_data["address"]) if form.is_valid() else None
    if person is None:
        toasts.refuse(request, _("Nobody here has this address. Look it up in the list of people."))
    else:
        actions.appoint_organisation_admin(organisation=organisation, person=person, by=admin)
        toasts.say(request, _("%(name)s keeps the list of people now.") % {"name": person.name})
    return redirect("people:organisation_page", organisation_id)


@admits(Admission.PLATFORM_ADMIN, post=302)
@require_POST
def organisation_admin_dismiss(request: HttpRequest, organisation_id: int, admin_id: int) -> HttpResponse:
    admin, organisation = platform_admin(request), _organisation_or_404(organisation_id)
    dismissed = queries.admin_in(organisation, admin_id)
    if dismissed is None:
        raise Http404
    actions.dismiss_organisation_admin(admin=dismissed, by=admin)
    toasts.say(request, _("%(name)s no longer keeps the list of people.") % {"name": dismissed.person.name})
    return redirect("people:organisation_page", organisation_id)


def _organisation_or_404(organisation_id: int) -> Organisation:
    organisation = organisations.organisation_numbered(organisation_id)
    if organisation is None:
        raise Http404
    return organisation


def _person_or_404(person_id: int) -> Person:
    person = organisations.person_numbered(person_id)
    if person is None or person.left_at is not None:
        raise Http404
    return person


def _platform_people_page(request: HttpRequest, form: PersonForm, status: int = 200) -> HttpResponse:
    typed = request.GET.get("q", "").strip()
    found = organisations.named(queries.people_here(), typed)
    context = {
        "typed": typed,
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "form": form,
    }
    return render(request, "memberships/platform_people_page.html", context, status=status)
