from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import RequestContext, Template
from django.urls import include, path
from django.utils.html import format_html, format_html_join

from leerkring.config.views import healthz
from leerkring.platform import clock, live
from leerkring.platform.admission import Admission, admits
from leerkring.platform.facts.models import FactRow
from tests.journeys.live_site import PAGE, ROOM


@admits(Admission.EVERYONE, get=200)
def live_page(request: HttpRequest) -> HttpResponse:
    count = FactRow.objects.filter(community_id=1).count()
    return HttpResponse(Template(PAGE).render(RequestContext(request, {"count": count})))


@admits(Admission.EVERYONE, get=200)
def room_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(Template(ROOM).render(RequestContext(request, {})))


@admits(Admission.EVERYONE, post=200)
def room_post(request: HttpRequest) -> HttpResponse:
    text, key = request.POST["text"], request.POST["key"]
    if text == "rude":
        return JsonResponse({"error": "Not that."}, status=422)
    with transaction.atomic():
        if not FactRow.objects.filter(name="Said", ids__key=key).exists():
            FactRow.objects.create(name="Said", at=clock.now(), community_id=9, ids={"text": text, "key": key})
    return JsonResponse({"count": FactRow.objects.filter(name="Said").count()})


def may_listen(request: HttpRequest, key: str) -> live.Grant | None:
    closed = FactRow.objects.filter(name__in=["Closed", "Opened"]).order_by("pk").last()
    return None if closed and closed.name == "Closed" else live.Grant([9], None, seat="seat:1")


@live.topic("room", facts=["Said", "Timed"], key_of=lambda fact: 1, may_listen=may_listen)
def room(key: str, language: str) -> live.Snapshot | None:
    said = [str(row.ids["text"]) for row in FactRow.objects.filter(name="Said").order_by("pk")]
    timed = FactRow.objects.filter(name="Timed").order_by("pk").last()
    rows = format_html_join("", "<li>{}</li>", ((text,) for text in said))
    html = format_html('<button>Like</button><ul>{}</ul><label>Draft <input name="draft" id="draft"></label>', rows)
    ends_at = timed.at.timestamp() if timed else None
    return live.Snapshot(1 + len(said), {"round": {"title": f"{len(said)} said"}, "html": html, "ends_at": ends_at})


live.ends_access("Closed", whom=lambda fact: ["seat:1"])


@admits(Admission.EVERYONE, get=404)
def missing(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Not found", status=404)


urlpatterns = [
    path("healthz", healthz),
    path("page/", live_page),
    path("room/", room_page),
    path("room/post/", room_post),
    path("", include("leerkring.platform.live.urls")),
    path("sign-in/", missing, name="sign_in_page"),
]
handler404 = "tests.journeys.live_urls.missing"
