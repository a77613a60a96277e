"""What waited on a phone without a network, sent together: in order, each line as if it came alone."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leerkring.community.meetings.models import Seat
from leerkring.formats.werkplaats.views import phone, phone_early
from leerkring.platform.admission import Admission, admits

MOST = 40
ROUND_GONE = 404


@admits(Admission.EVERYONE, post=302)
@require_POST
@phone.at_seat
def posts_send(request: HttpRequest, code: str, seat: Seat) -> HttpResponse:
    """`entries`: a list of lines, each with the key that was made on the phone and the fields of its form."""
    return send_several(request, seat)


@admits(Admission.FOLLOWERS, post=302)
@require_POST
def early_send_several(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    return phone_early.with_seat(request, phone_early.early_room(request, slug, meeting_id), send_several)


def send_several(request: HttpRequest, seat: Seat) -> HttpResponse:
    if not phone.wants_json(request):
        return redirect("../now/")
    entries = entries_in(request.POST.get("entries", ""))
    if entries is None:
        return JsonResponse({"error": _("This could not be read. Send it once more.")}, status=400)
    return JsonResponse({"answers": [answer(request, seat, key, fields) for key, fields in entries]})


def answer(request: HttpRequest, seat: Seat, key: str, fields: QueryDict) -> dict[str, Any]:
    try:
        response = phone.send_post(request, seat, fields)
    except Http404 as gone:
        return {"key": key, "status": ROUND_GONE, "error": str(gone)}
    return {**json.loads(response.content), "key": key, "status": response.status_code}


def entries_in(text: str) -> list[tuple[str, QueryDict]] | None:
    """The lines in order; None for what no script of ours sends."""
    try:
        listed = json.loads(text)
        return [_entry(entry["key"], entry["fields"]) for entry in listed[:MOST]]
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _entry(key: str, fields: list[list[str]]) -> tuple[str, QueryDict]:
    data = QueryDict(mutable=True)
    for name, value in fields:
        data.appendlist(str(name), str(value))
    data["key"] = str(UUID(key))
    return key, data
