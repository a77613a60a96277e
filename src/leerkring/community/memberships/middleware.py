from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from leerkring.community.people.queries import person_of_account


class PersonMiddleware:
    """Put who asks on the request: `request.person` is a Person, or None for a visitor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = person_of_account(request.user) if request.user.is_authenticated else None
        request.person = person  # type: ignore[attr-defined]
        return self.get_response(request)
