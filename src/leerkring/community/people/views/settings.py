"""The settings of the installation: organisations with their parts, and policy fields. No content."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from leerkring.community.people import actions, queries
from leerkring.community.people.enums import OrganisationKind
from leerkring.community.people.forms import OrganisationForm, OrganisationNameForm, PolicyFieldForm, UnitForm
from leerkring.community.people.models import Organisation, PolicyField, Unit
from leerkring.community.people.requests import platform_admin
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts


@admits(Admission.PLATFORM_ADMIN, get=200)
@require_GET
def platform_page(request: HttpRequest) -> HttpResponse:
    platform_admin(request)
    return _platform_page(request, OrganisationForm(), PolicyFieldForm())


@admits(Admission.PLATFORM_ADMIN, post=422)
@require_POST
def organisation_add(request: HttpRequest) -> HttpResponse:
    admin = platform_admin(request)
    form = OrganisationForm(request.POST)
    if form.is_valid():
        try:
            organisation = actions.add_organisation(
                name=form.cleaned_data["name"], kind=OrganisationKind(form.cleaned_data["kind"]), by=admin
            )
        except Refused as refusal:
            form.add_error("name", refusal.message)
        else:
            toasts.say(request, _("%(name)s is added.") % {"name": organisation.name})
            return redirect("people:organisation_page", organisation.pk)
    return _platform_page(request, form, PolicyFieldForm(), status=422)


@admits(Admission.PLATFORM_ADMIN, post=422)
@require_POST
def policy_field_add(request: HttpRequest) -> HttpResponse:
    admin = platform_admin(request)
    form = PolicyFieldForm(request.POST)
    if form.is_valid():
        try:
            policy_field = actions.add_policy_field(name=form.cleaned_data["name"], by=admin)
        except Refused as refusal:
            form.add_error("name", refusal.message)
        else:
            toasts.say(request, _("%(name)s is added.") % {"name": policy_field.name})
            return redirect("people:platform_page")
    return _platform_page(request, OrganisationForm(), form, status=422)


@admits(Admission.PLATFORM_ADMIN, get=200)
@require_GET
def policy_field_page(request: HttpRequest, policy_field_id: int) -> HttpResponse:
    platform_admin(request)
    policy_field = _policy_field_or_404(policy_field_id)
    return _policy_field_page(request, policy_field, PolicyFieldForm(initial={"name": policy_field.name}))


@admits(Admission.PLATFORM_ADMIN, post=422)
@require_POST
def policy_field_rename(request: HttpRequest, policy_field_id: int) -> HttpResponse:
    admin = platform_admin(request)
    policy_field = _policy_field_or_404(policy_field_id)
    form = PolicyFieldForm(request.POST)
    if form.is_valid():
        try:
            actions.rename_policy_field(policy_field=policy_field, name=form.cleaned_data["name"], by=admin)
        except Refused as refusal:
            form.add_error("name", refusal.message)
        else:
            toasts.say(request, _("It is called %(name)s now.") % {"name": policy_field.name})
            return redirect("people:platform_page")
    return _policy_field_page(request, _policy_field_or_404(policy_field_id), form, status=422)


@admits(Admission.PLATFORM_ADMIN, post=302)
@require_POST
def policy_field_remove(request: HttpRequest, policy_field_id: int) -> HttpResponse:
    admin = platform_admin(request)
    policy_field = _policy_field_or_404(policy_field_id)
    try:
        actions.remove_policy_field(policy_field=policy_field, by=admin)
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
        return redirect("people:policy_field_page", policy_field_id)
    toasts.say(request, _("%(name)s is taken away.") % {"name": policy_field.name})
    return redirect("people:platform_page")


@admits(Admission.PLATFORM_ADMIN, get=200)
@require_GET
def organisation_page(request: HttpRequest, organisation_id: int) -> HttpResponse:
    platform_admin(request)
    organisation = _organisation_or_404(organisation_id)
    return _organisation_page(
        request,
        organisation,
        OrganisationNameForm(initial={"name": organisation.name}, auto_id="organisation_%s"),
        UnitForm(organisation=organisation),
    )


@admits(Admission.PLATFORM_ADMIN, post=422)
@require_POST
def organisation_rename(request: HttpRequest, organisation_id: int) -> HttpResponse:
    admin = platform_admin(request)
    organisation = _organisation_or_404(organisation_id)
    form = OrganisationNameForm(request.POST, auto_id="organisation_%s")
    if form.is_valid():
        try:
            actions.rename_organisation(organisation=organisation, name=form.cleaned_data["name"], by=admin)
        except Refused as refusal:
            form.add_error("name", refusal.message)
        else:
            toasts.say(request, _("It is called %(name)s now.") % {"name": organisation.name})
            return redirect("people:organisation_page", organisation_id)
    organisation = _organisation_or_404(organisation_id)
    return _organisation_page(request, organisation, form, UnitForm(organisation=organisation), status=422)


@admits(Admission.PLATFORM_ADMIN, post=302)
@require_POST
def organisation_remove(request: HttpRequest, organisation_id: int) -> HttpResponse:
    admin = platform_admin(request)
    organisation = _organisation_or_404(organisation_id)
    try:
        actions.remove_organisation(organisation=organisation, by=admin)
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
        return redirect("people:organisation_page", organisation_id)
    toasts.say(request, _("%(name)s is taken away.") % {"name": organisation.name})
    return redirect("people:platform_page")


@admits(Admission.PLATFORM_ADMIN, post=422)
@require_POST
def unit_add(request: HttpRequest, organisation_id: int) -> HttpResponse:
    admin = platform_admin(request)
    organisation = _organisation_or_404(organisation_id)
    form = UnitForm(request.POST, organisation=organisation)
    if form.is_valid():
        try:
            unit = actions.add_unit(organisation=organisation, by=admin, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("name", refusal.message)
        else:
            toasts.say(request, _("%(name)s is added.") % {"name": unit.name})
            return redirect("people:organisation_page", organisation_id)
    name_form = OrganisationNameForm(initial={"name": organisation.name}, auto_id="organisation_%s")
    return _organisation_page(request, organisation, name_form, form, status=422)


@admits(Admission.PLATFORM_ADMIN, get=200)
@require_GET
def unit_page(request: HttpRequest, unit_id: int) -> HttpResponse:
    platform_admin(request)
    unit = _unit_or_404(unit_id)
    initial = {"name": unit.name, "short_name": unit.short_name, "parent": unit.parent_id}
    return _unit_page(request, unit, UnitForm(initial=initial, organisation=unit.organisation, unit=unit))


@admits(Admission.PLATFORM_ADMIN, post=422)
@require_POST
def unit_edit(request: HttpRequest, unit_id: int) -> HttpResponse:
    admin = platform_admin(request)
    unit = _unit_or_404(unit_id)
    form = UnitForm(request.POST, organisation=unit.organisation, unit=unit)
    if form.is_valid():
        chosen = form.cleaned_data
        try:
            actions.rename_unit(unit=unit, name=chosen["name"], short_name=chosen["short_name"], by=admin)
            actions.move_unit(unit=unit, parent=chosen["parent"], by=admin)
        except Refused as refusal:
            form.add_error("name", refusal.message)
        else:
            toasts.say(request, _("%(name)s is saved.") % {"name": unit.name})
            return redirect("people:organisation_page", unit.organisation_id)
    return _unit_page(request, _unit_or_404(unit_id), form, status=422)


@admits(Admission.PLATFORM_ADMIN, post=302)
@require_POST
def unit_remove(request: HttpRequest, unit_id: int) -> HttpResponse:
    admin = platform_admin(request)
    unit = _unit_or_404(unit_id)
    try:
        actions.remove_unit(unit=unit, by=admin)
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
        return redirect("people:unit_page", unit_id)
    toasts.say(request, _("%(name)s is taken away.") % {"name": unit.name})
    return redirect("people:organisation_page", unit.organisation_id)


def _organisation_or_404(organisation_id: int) -> Organisation:
    organisation = queries.organisation_numbered(organisation_id)
    if organisation is None:
        raise Http404
    return organisation


def _unit_or_404(unit_id: int) -> Unit:
    unit = queries.unit_numbered(unit_id)
    if unit is None:
        raise Http404
    return unit


def _policy_field_or_404(policy_field_id: int) -> PolicyField:
    policy_field = queries.policy_field_numbered(policy_field_id)
    if policy_field is None:
        raise Http404
    return policy_field


def _platform_page(
    request: HttpRequest, organisation_form: OrganisationForm, field_form: PolicyFieldForm, status: int = 200
) -> HttpResponse:
    context = {
        "organisations": queries.organisations_with_counts(),
        "policy_fields": queries.policy_fields_with_counts(),
        "organisation_form": organisation_form,
        "field_form": field_form,
    }
    return render(request, "people/platform_page.html", context, status=status)


def _policy_field_page(
    request: HttpRequest, policy_field: PolicyField, form: PolicyFieldForm, status: int = 200
) -> HttpResponse:
    return render(request, "people/policy_field_page.html", {"field": policy_field, "form": form}, status=status)


def _organisation_page(
    request: HttpRequest,
    organisation: Organisation,
    name_form: OrganisationNameForm,
    unit_form: UnitForm,
    status: int = 200,
) -> HttpResponse:
    context = {
        "organisation": organisation,
        "tree": queries.tree_of(organisation),
        "name_form": name_form,
        "unit_form": unit_form,
    }
    return render(request, "people/organisation_page.html", context, status=status)


def _unit_page(request: HttpRequest, unit: Unit, form: UnitForm, status: int = 200) -> HttpResponse:
    return render(request, "people/unit_page.html", {"unit": unit, "form": form}, status=status)
