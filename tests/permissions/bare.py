"""The addresses of the product with bare refusals: how they look is tried elsewhere, thousands of times is enough."""

from django.http import HttpRequest, HttpResponse

from leerkring.config.urls import handler400, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def handler403(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(status=403)


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(status=404)
