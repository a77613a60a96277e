from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerkring.community.memberships.requests import person_of, signed_in_person
from leerkring.formats.intervisie import access, actions, queries
from leerkring.formats.intervisie.agreements import agreements_of
from leerkring.formats.intervisie.dividing import BEST
from leerkring.formats.intervisie.forms.groups import AgreementsForm
from leerkring.formats.intervisie.views.fetch import attempt, group_or_404, require
from leerkring.formats.intervisie.views.sitting import rows_of
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts


@admits(Admission.GROUP, get=200)
@require_GET
def group_page(request: HttpRequest, slug: str, intervisie_id: int) -> HttpResponse:
    """The group at a glance: who is next, what was agreed, which rounds there were."""
    group, person = group_or_404(request, slug, intervisie_id), person_of(request)
    companions = queries.companions_of(group)
    rounds = rows_of(queries.rounds_of(group))
    own = next((each for each in companions if each.person == person), None)
    return render(
        request,
        "intervisie/group_page.html",
        {
            "community": group.community,
            "group": group,
            "companions": companions,
            "size_is_off": len(companions) not in BEST,
            "own": own,
            "must_accept": own is not None and not own.has_accepted,
            "agreements": agreements_of(group),
            "accepted_count": sum(each.has_accepted for each in companions),
            "running": next((row for row in rounds if row.round.is_running), None),
            "planned": [row for row in rounds if row.round.is_planned],
            "done": [row for row in rounds if row.round.is_done],
            "points": queries.points_of_group(person, group),
            "may_plan": access.may_plan_round(person, group) and group.closed_at is None,
            "may_change": access.may_change_group(person, group),
            "may_release": own is not None and own.turns > 0,
        },
    )


@admits(Admission.FACILITATOR, post=302)
@require_POST
def group_close(request: HttpRequest, slug: str, intervisie_id: int) -> HttpResponse:
    group, person = group_or_404(request, slug, intervisie_id), signed_in_person(request)
    if attempt(request, lambda: actions.close_group(group=group, by=person)):
        undo = reverse("intervisie:group_reopen", args=[slug, group.pk])
        toasts.say(request, _("Group stopped."), undo=undo)
    return redirect("intervisie:group_page", slug, group.pk)


@admits(Admission.FACILITATOR, post=302)
@require_POST
def group_reopen(request: HttpRequest, slug: str, intervisie_id: int) -> HttpResponse:
    group = group_or_404(request, slug, intervisie_id)
    actions.reopen_group(group=group, by=signed_in_person(request))
    return redirect("intervisie:group_page", slug, group.pk)


@admits(Admission.GROUP, get=200, post=422)
@require_http_methods(["GET", "POST"])
def agreements_page(request: HttpRequest, slug: str, intervisie_id: int) -> HttpResponse:
    """Where the group writes its own list."""
    group, person = group_or_404(request, slug, intervisie_id), signed_in_person(request)
    require(access.may_write_agreements(person, group))
    if request.method == "GET":
        initial = {"lines": "\n".join(agreements_of(group)), "revision": group.agreements_revision}
        form = AgreementsForm(initial=initial)
    else:
        form = AgreementsForm(request.POST)
        if form.is_valid():
            values = form.cleaned_data
            try:
                actions.write_agreements(group=group, lines=values["lines"], revision=values["revision"], by=person)
                return redirect("intervisie:group_page", slug, group.pk)
            except Refused as refusal:
                form.add_error(None, refusal.message)
    context = {"community": group.community, "group": group, "form": form}
    return render(request, "intervisie/agreements_page.html", context, status=200 if request.method == "GET" else 422)


@admits(Admission.PEERS, post=302)
@require_POST
def agreements_accept(request: HttpRequest, slug: str, intervisie_id: int) -> HttpResponse:
    group, person = group_or_404(request, slug, intervisie_id), signed_in_person(request)
    require(access.may_accept(person, group))
    seen = request.POST.get("revision", "")
    revision = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0
    if attempt(request, lambda: actions.accept_agreements(group=group, revision=revision, by=person)):
        toasts.say(request, _("You agreed."))
    return redirect("intervisie:group_page", slug, group.pk)
