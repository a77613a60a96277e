from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerkring.community.memberships.requests import person_of, signed_in_person
from leerkring.cycle.groups import access, actions, queries
from leerkring.cycle.groups.forms import CaseForm, TakeRoleForm, take_over
from leerkring.cycle.groups.models import Case
from leerkring.cycle.groups.views.doors import case_or_404, group_or_404, require
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import EditedMeanwhile, Refused
from leerkring.platform.ui import toasts


def _place(case: Case) -> dict[str, Any]:
    return {"slug": case.group.community.slug, "group_id": case.group_id, "case_id": case.pk}


@admits(Admission.GROUP, get=200, post=422)
@require_http_methods(["GET", "POST"])
def case_new(request: HttpRequest, slug: str, group_id: int) -> HttpResponse:
    """Put a case before the group."""
    group, person = group_or_404(request, slug, group_id), signed_in_person(request)
    require(access.may_put_case(person, group))
    form = CaseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        del form.cleaned_data["revision"]
        try:
            case = actions.put_case(group=group, by=person, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            toasts.say(request, _("The case is there. Who takes up which role?"))
            return redirect("groups:case_page", **_place(case))
    return render(
        request,
        "groups/case_form.html",
        {"community": group.community, "group": group, "form": form},
        status=422 if form.errors else 200,
    )


@admits(Admission.READERS, get=200)
@require_GET
def case_page(request: HttpRequest, slug: str, group_id: int, case_id: int) -> HttpResponse:
    """One case, with who took up which role in it."""
    return _page(request, case_or_404(request, slug, group_id, case_id))


def _page(request: HttpRequest, case: Case, *, form: TakeRoleForm | None = None, status: int = 200) -> HttpResponse:
    person = person_of(request)
    may_work = access.may_change_case(person, case)
    return render(
        request,
        "groups/case.html",
        {
            "community": case.group.community,
            "group": case.group,
            "case": case,
            "may_work": may_work,
            "may_note_others": access.is_contact_or_facilitator(person, case.group),
            "sees_people": access.may_see_people(person, case.group),
            "roles": queries.roles_in_use(case.group.community),
            "roles_before": queries.roles_taken_before(case),
            "form": form or (TakeRoleForm(case=case) if may_work and case.closed_on is None else None),
        },
        status=status,
    )


@admits(Admission.GROUP, get=200, post=422)
@require_http_methods(["GET", "POST"])
def case_edit(request: HttpRequest, slug: str, group_id: int, case_id: int) -> HttpResponse:
    case, person = case_or_404(request, slug, group_id, case_id), signed_in_person(request)
    require(access.may_change_case(person, case))
    form = CaseForm(request.POST if request.method == "POST" else None, case=case)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_case(case=case, by=person, **form.cleaned_data)
        except EditedMeanwhile as edited:
            conflict = edited
            take_over(form, edited.revision)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            toasts.say(request, _("Kept."))
            return redirect("groups:case_page", **_place(case))
    return render(
        request,
        "groups/case_form.html",
        {"community": case.group.community, "group": case.group, "case": case, "form": form, "conflict": conflict},
        status=422 if form.errors or conflict else 200,
    )


def _do(request: HttpRequest, case: Case, act: Callable[[], object], said: str, undo: str = "") -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
    else:
        toasts.say(request, said, undo=reverse(f"groups:{undo}", kwargs=_place(case)) if undo else "")
    return redirect("groups:case_page", **_place(case))


@admits(Admission.GROUP, post=302)
@require_POST
def case_close(request: HttpRequest, slug: str, group_id: int, case_id: int) -> HttpResponse:
    case, person = case_or_404(request, slug, group_id, case_id), signed_in_person(request)
    return _do(request, case, lambda: actions.close_case(case=case, by=person), _("Case closed."), undo="case_reopen")


@admits(Admission.GROUP, post=302)
@require_POST
def case_reopen(request: HttpRequest, slug: str, group_id: int, case_id: int) -> HttpResponse:
    case, person = case_or_404(request, slug, group_id, case_id), signed_in_person(request)
    return _do(request, case, lambda: actions.reopen_case(case=case, by=person), _("The case is open again."))


@admits(Admission.GROUP, post=422)
@require_POST
def role_take(request: HttpRequest, slug: str, group_id: int, case_id: int) -> HttpResponse:
    """Take up a transition role, oneself or (the contact) for somebody of the group."""
    case, person = case_or_404(request, slug, group_id, case_id), signed_in_person(request)
    require(access.may_change_case(person, case))
    form = TakeRoleForm(request.POST, case=case)
    if not form.is_valid():
        return _page(request, case, form=form, status=422)
    role, taker = form.cleaned_data["role"], form.cleaned_data["person"]
    return _do(
        request,
        case,
        lambda: actions.take_role(case=case, role=role, person=taker, by=person),
        _("%(name)s is %(role)s in this case.") % {"name": (taker or person).name, "role": role.name},
    )


@admits(Admission.GROUP, post=422)
@require_POST
def role_lay_down(request: HttpRequest, slug: str, group_id: int, case_id: int) -> HttpResponse:
    """Lay a role down; `taken` says which."""
    case, person = case_or_404(request, slug, group_id, case_id), signed_in_person(request)
    require(access.may_change_case(person, case))
    number = request.POST.get("taken", "")
    if not number.isdecimal():
        toasts.refuse(request, _("Choose the role that is laid down."))
        return _page(request, case, status=422)
    taken = get_object_or_404(queries.roles_taken_now(case), pk=int(number))
    return _do(
        request,
        case,
        lambda: actions.lay_down_role(taken=taken, by=person),
        _("Laid down. Thank you for taking it up."),
    )
