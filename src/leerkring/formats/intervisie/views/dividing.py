from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from leerkring.community.memberships.requests import community_or_404, signed_in_person
from leerkring.cycle.groups.forming import queries as forming_queries
from leerkring.formats.intervisie import access, actions, queries
from leerkring.formats.intervisie.forming import REF, formed_of
from leerkring.formats.intervisie.forms.division import division_of, homes_of, size_of
from leerkring.formats.intervisie.views.fetch import attempt, require
from leerkring.platform.admission import Admission, admits
from leerkring.platform.ui import toasts


@admits(Admission.FACILITATOR, get=200, post=422)
@require_http_methods(["GET", "POST"])
def division_page(request: HttpRequest, slug: str) -> HttpResponse:
    """A proposal for groups that one changes by hand: GET looks again, POST makes them."""
    community, person = community_or_404(request, slug), signed_in_person(request)
    require(access.may_form_groups(person, community))
    people = list(queries.people_without_group(community))
    organisations = queries.organisations_of(people, community)
    before = queries.groups_visible_to(person, community).count()
    data = request.POST if request.method == "POST" else request.GET
    waiting = forming_queries.forming_in(community, REF)
    formed = formed_of(waiting, homes_of(people, organisations)) if waiting else None
    division = division_of(data, people, organisations, before, formed)
    if request.method == "POST" and request.POST.get("make") and division.drafts:
        made = [(draft.name, [each for each, _place in draft.people]) for draft in division.drafts]
        if attempt(request, lambda: actions.form_groups(community=community, groups=made, by=person)):
            count = len(made)
            toasts.say(request, ngettext("%(n)d group made.", "%(n)d groups made.", count) % {"n": count})
            return redirect("intervisie:intervisie_page", slug)
    elif request.method == "POST":
        toasts.refuse(request, _("Divide people over groups first."))
    return render(
        request,
        "intervisie/division_page.html",
        {"community": community, "division": division, "size": size_of(data), "sizes": range(4, 9),
         "people_count": len(people), "formed": formed},
        status=200 if request.method == "GET" else 422,
    )  # fmt: skip


@admits(Admission.FACILITATOR, post=302)
@require_POST
def division_form(request: HttpRequest, slug: str) -> HttpResponse:
    """Have the former divide them; its page shows how far it is, and the page of groups takes it over."""
    community, person = community_or_404(request, slug), signed_in_person(request)
    require(access.may_form_groups(person, community))
    attempt(request, lambda: actions.have_groups_formed(community=community, size=size_of(request.POST), by=person))
    return redirect("intervisie:division_page", slug)
