from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from leerkring.platform.admission import Admission, admits
from leerkring.platform.live import topics


@admits(Admission.EVERYONE, get=403)
@never_cache
@require_GET
def ticket_fresh(request: HttpRequest) -> JsonResponse:
    """A new ticket to a screen, with the rights of now: `?topic=...&key=...`; 403 without it."""
    ticket = topics.ticket_for(request, request.GET.get("topic", ""), request.GET.get("key", ""))
    if ticket is None:
        return JsonResponse({"error": _("This screen is not open to you. Open the page again.")}, status=403)
    return JsonResponse({"ticket": ticket})
