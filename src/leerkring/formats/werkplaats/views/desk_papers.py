"""What a facilitator takes along: a sheet of a round for the tables, and what the machine would put together."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from leerkring.formats.werkplaats import screens
from leerkring.formats.werkplaats.views.desk_place import place_or_404
from leerkring.platform.admission import Admission, admits


@admits(Admission.LEADERS, get=200)
@require_GET
def sheet_page(request: HttpRequest, slug: str, meeting_id: int, round_id: int) -> HttpResponse:
    place = place_or_404(request, slug, meeting_id)
    round_ = place.round(round_id)
    if not round_.has_paper:
        raise Http404(_("Nobody hands anything in during this round, so it needs no paper."))
    context = screens.sheet(place.room, round_)
    return render(request, "werkplaats/sheet/page.html", context | {"community": place.community})


@admits(Admission.LEADERS, get=200)
@require_GET
def proposals_page(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """Read anew at each look; accepting one is putting it together by hand."""
    place = place_or_404(request, slug, meeting_id)
    context = screens.proposals(place.room) | {"community": place.community, "meeting": place.meeting}
    return render(request, "werkplaats/desk/proposals.html", context)
