from django.http import HttpRequest, HttpResponse
from django.template import RequestContext, Template
from django.urls import path

from leerkring.config.views import healthz
from leerkring.platform.admission import Admission, admits
from leerkring.platform.facts.models import FactRow
from tests.journeys.live_site import PAGE


@admits(Admission.EVERYONE, get=200)
def live_page(request: HttpRequest) -> HttpResponse:
    count = FactRow.objects.filter(community_id=1).count()
    return HttpResponse(Template(PAGE).render(RequestContext(request, {"count": count})))


@admits(Admission.EVERYONE, get=404)
def missing(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Not found", status=404)


urlpatterns = [
    path("healthz", healthz),
    path("page/", live_page),
    path("sign-in/", missing, name="sign_in_page"),
]
handler404 = "tests.journeys.live_urls.missing"
