from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerkring.community.memberships.requests import community_or_404, person_of, signed_in_person
from leerkring.formats.intervisie import access, actions, queries
from leerkring.formats.intervisie.enums import Experience
from leerkring.formats.intervisie.forms.methods import (
    FindForm,
    MethodForm,
    StepFormSet,
    initial_steps,
    typed_steps,
)
from leerkring.formats.intervisie.sheets import every_sheet, own_sheet, proposals
from leerkring.formats.intervisie.views.fetch import attempt, method_or_404, require, sheet_or_404
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import EditedMeanwhile, Refused
from leerkring.platform.ui import toasts


@admits(Admission.FOLLOWERS, get=200)
@require_GET
def methods_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Which methods there are, and which fit."""
    community, person = community_or_404(request, slug), person_of(request)
    require(access.may_see_intervisie(person, community))
    form = FindForm(request.GET if request.GET else None)
    asked = form.asked() if form.is_bound else {"minutes": None, "people": None, "experience": None}
    return render(
        request,
        "intervisie/methods_page.html",
        {
            "community": community,
            "form": form,
            "is_asked": any(value is not None for value in asked.values()),
            "sheets": proposals(every_sheet(queries.methods_of(community)), **asked),
            "put_away": queries.methods_put_away(community) if access.may_write_methods(person, community) else [],
        },
    )


@admits(Admission.FOLLOWERS, get=200)
@require_GET
def method_page(request: HttpRequest, slug: str, method_key: str) -> HttpResponse:
    """A method on one sheet, to read and to print for on the table."""
    community, person = community_or_404(request, slug), person_of(request)
    require(access.may_see_intervisie(person, community))
    context = {
        "community": community,
        "sheet": sheet_or_404(community, method_key),
        "may_write": access.may_write_methods(person, community),
    }
    return render(request, "intervisie/method_page.html", context)


@admits(Admission.FACILITATOR, post=302)
@require_POST
def method_copy(request: HttpRequest, slug: str, method_key: str) -> HttpResponse:
    community = community_or_404(request, slug)
    sheet = sheet_or_404(community, method_key)
    method = actions.copy_method(community=community, sheet=sheet, by=signed_in_person(request))
    toasts.say(
        request,
        _("This copy is yours to change."),
        undo=reverse("intervisie:method_remove", args=[slug, method.pk]),
    )
    return redirect("intervisie:method_change", slug, method.pk)


@admits(Admission.FACILITATOR, get=200, post=422)
@require_http_methods(["GET", "POST"])
def method_change(request: HttpRequest, slug: str, method_key: str) -> HttpResponse:
    community, person = community_or_404(request, slug), signed_in_person(request)
    method = method_or_404(community, method_key)
    require(access.may_write_methods(person, community))
    sheet, conflict = own_sheet(method), None
    if request.method == "GET":
        names = ("name", "fits", "experience", "size_min", "size_max", "revision")
        form = MethodForm(initial={name: getattr(method, name) for name in names})
        steps = StepFormSet(initial=initial_steps(sheet), prefix="steps")
    else:
        form, steps = MethodForm(request.POST), StepFormSet(request.POST, prefix="steps")
        if form.is_valid() & steps.is_valid():
            values = form.cleaned_data
            try:
                actions.change_method(
                    method=method, name=values["name"], fits=values["fits"],
                    experience=Experience(values["experience"]), size_min=values["size_min"],
                    size_max=values["size_max"], steps=typed_steps(steps), revision=values["revision"], by=person,
                )  # fmt: skip
                return redirect("intervisie:method_page", slug, method.pk)
            except EditedMeanwhile as edited:
                conflict = edited
                again = request.POST.copy()
                again["revision"] = str(edited.revision)
                form.data = again
            except Refused as refusal:
                form.add_error(None, refusal.message)
    context = {"community": community, "sheet": sheet, "form": form, "steps": steps, "conflict": conflict}
    return render(request, "intervisie/method_change.html", context, status=200 if request.method == "GET" else 422)


@admits(Admission.FACILITATOR, post=302)
@require_POST
def method_remove(request: HttpRequest, slug: str, method_key: str) -> HttpResponse:
    community, person = community_or_404(request, slug), signed_in_person(request)
    method = method_or_404(community, method_key)
    if attempt(request, lambda: actions.remove_method(method=method, by=person)):
        undo = reverse("intervisie:method_restore", args=[slug, method.pk])
        toasts.say(request, _("Method removed."), undo=undo)
    return redirect("intervisie:methods_page", slug)


@admits(Admission.FACILITATOR, post=302)
@require_POST
def method_restore(request: HttpRequest, slug: str, method_key: str) -> HttpResponse:
    community, person = community_or_404(request, slug), signed_in_person(request)
    method = queries.method_to_restore(community, method_key)
    if method is None:
        raise Http404
    attempt(request, lambda: actions.restore_method(method=method, by=person))
    return redirect("intervisie:method_page", slug, method.pk)
