from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from leerkring.formats.werkplaats import wall
from leerkring.formats.werkplaats.views.desk_place import place_or_404
from leerkring.platform.admission import Admission, admits


@admits(Admission.LEADERS, get=200)
@require_GET
def projector_page(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """What the hall looks at. Without script it turns its own pages: `page` says which is shown."""
    place = place_or_404(request, slug, meeting_id)
    asked = request.GET.get("page", "")
    page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 1
    context = wall.with_clock(wall.projector(place.room, page=page))
    return render(request, "werkplaats/projector/page.html", context)
