from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.decorators import sync_only_middleware

from leerkring.platform.ui.handlers import not_to_be_read


@sync_only_middleware
class NotAllowedMiddleware:
    """An address that only takes a form is typed, or loaded anew after an error: a page says so, not a blank screen."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        wants_page = "text/html" in request.headers.get("Accept", "")
        if isinstance(response, HttpResponseNotAllowed) and wants_page and not response.content:
            return not_to_be_read(request, response["Allow"])
        return response
