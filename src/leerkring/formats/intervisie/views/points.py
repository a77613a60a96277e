from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.requests import community_or_404, person_of, signed_in_person
from leerkring.formats.intervisie import access, actions, queries, words
from leerkring.formats.intervisie.forms.groups import PointForm
from leerkring.formats.intervisie.views.fetch import group_or_404, require
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts


@admits(Admission.READERS, get=200)
@require_GET
def points_page(request: HttpRequest, slug: str) -> HttpResponse:
    """What case bringers released, as far as their labels reach. Nobody is named outside their group."""
    community, person = community_or_404(request, slug), person_of(request)
    points = queries.points_visible_to(person, community)
    return render(request, "intervisie/points_page.html", {"community": community, "points": points})


@admits(Admission.PEERS, get=200, post=422)
@require_http_methods(["GET", "POST"])
def point_release(request: HttpRequest, slug: str, intervisie_id: int) -> HttpResponse:
    """One sentence, and who will see it by name, before it is released."""
    group, person = group_or_404(request, slug, intervisie_id), signed_in_person(request)
    require(access.may_release(person, group) and queries.had_turn(person, group))
    audiences = queries.audiences_of(group, person)
    choices = [(str(each.label), words.audience(each)) for each in audiences]
    form = PointForm(request.POST or None, choices=choices, initial={"label": Label.GROUP})
    if request.method == "POST":
        form = PointForm(request.POST, choices=choices)
        if form.is_valid():
            values = form.cleaned_data
            try:
                actions.release_point(group=group, sentence=values["sentence"], label=Label(values["label"]), by=person)
                toasts.say(request, _("Your learning point is released. You can withdraw it at any time."))
                return redirect("intervisie:group_page", slug, group.pk)
            except Refused as refusal:
                form.add_error(None, refusal.message)
    context = {"community": group.community, "group": group, "form": form}
    return render(request, "intervisie/point_release.html", context, status=200 if request.method == "GET" else 422)


@admits(Admission.PEERS, post=302)
@require_POST
def point_withdraw(request: HttpRequest, slug: str, point_id: int) -> HttpResponse:
    community, person = community_or_404(request, slug), signed_in_person(request)
    point = queries.own_point(person, community, point_id)
    if point is None:
        raise Http404
    actions.withdraw_point(point=point, by=person)
    toasts.say(request, _("Your learning point is gone. It cannot be put back: it is not kept anywhere."))
    return redirect("intervisie:points_page", slug)
