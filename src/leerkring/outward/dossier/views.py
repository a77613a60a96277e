from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import community_or_404, person_of, signed_in_person
from leerkring.outward.dossier import access, actions, queries
from leerkring.outward.dossier.forms import DossierForm
from leerkring.outward.dossier.models import KEPT_FOR
from leerkring.platform.admission import Admission, admits
from leerkring.platform.ui import toasts


@admits(Admission.TEAM, get=200)
@require_GET
def dossiers_page(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, _led_community(request, slug), DossierForm())


@admits(Admission.TEAM, post=422)
@require_POST
def dossier_ask(request: HttpRequest, slug: str) -> HttpResponse:
    community = _led_community(request, slug)
    form = DossierForm(request.POST)
    if not form.is_valid():
        return _page(request, community, form)
    narrowest = Label(form.cleaned_data["narrowest"])
    actions.ask_dossier(community=community, narrowest=narrowest, by=signed_in_person(request))
    toasts.say(request, _("The dossier is being made. That takes a minute at most."))
    return redirect("dossier:dossiers_page", slug)


@admits(Admission.TEAM, get=200)  # type: ignore[arg-type]
@require_GET
def dossier_file(request: HttpRequest, slug: str, dossier_id: int) -> HttpResponseBase:
    """For who asked for it alone: it holds what that person may read."""
    community, person = _led_community(request, slug), signed_in_person(request)
    dossier = get_object_or_404(queries.dossiers_of(person, community), pk=dossier_id)
    try:
        content = dossier.path.open("rb") if dossier.is_made else None
    except FileNotFoundError:
        content = None
    if content is None:
        raise Http404(_("This dossier is not there any more. Have it made again."))
    name = f"dossier-{community.slug}-{dossier.asked_at:%Y-%m-%d}.zip"
    response = FileResponse(content, as_attachment=True, filename=name, content_type="application/zip")
    response["Cache-Control"] = "private, no-store"
    return response


def _page(request: HttpRequest, community: Community, form: DossierForm) -> HttpResponse:
    dossiers = list(queries.dossiers_of(signed_in_person(request), community))
    context = {
        "community": community,
        "form": form,
        "dossiers": dossiers,
        "is_waiting": any(not dossier.is_made and not dossier.has_failed for dossier in dossiers),
        "days": KEPT_FOR.days,
    }
    return render(request, "dossier/dossiers_page.html", context, status=422 if form.is_bound else 200)


def _led_community(request: HttpRequest, slug: str) -> Community:
    community = community_or_404(request, slug)
    if not access.may_ask_dossier(person_of(request), community):
        raise PermissionDenied(_("The dossier is for the programme team. Ask one of them."))
    return community
