from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from leerkring.community.people.queries import person_of_account


class PersonMiddleware:
    """Put who asks on the request: `request.person` is a Person, or None for a visitor.

    Where this device has chosen no language, the person's own is spoken.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = person_of_account(request.user) if request.user.is_authenticated else None
        request.person = person  # type: ignore[attr-defined]
        if person is not None and person.account is not None and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(person.account.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)
