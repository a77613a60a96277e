from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from leerkring.community.memberships import casting
from leerkring.platform.admission import Admission, admits
from leerkring.platform.ui import slots


@admits(Admission.EVERYONE, get=404)
@never_cache
@require_GET
def demo_page(request: HttpRequest) -> HttpResponse:
    """The cast of the demo: who they are, what to try, and one click to be them."""
    if not settings.DEMO:
        raise Http404
    told = slots.render("demo_page", request)
    context = {"told": told, "programmes": [] if told else casting.cast()}
    return render(request, "memberships/demo_page.html", context)
