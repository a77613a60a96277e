"""From a request to who asks."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from leerkring.community.people import access
from leerkring.community.people.models import Person


def person_of(request: HttpRequest) -> Person | None:
    """Who asks, or None for a visitor."""
    person: Person | None = getattr(request, "person", None)
    return person


def signed_in_person(request: HttpRequest) -> Person:
    """Who asks, on a view whose door has already turned visitors away."""
    person = person_of(request)
    if person is None:
        raise Http404(_("Sign in first."))
    return person


def platform_admin(request: HttpRequest) -> Person:
    """Who asks, if that is somebody who keeps the settings."""
    person = signed_in_person(request)
    if not access.may_keep_settings(person):
        raise PermissionDenied
    return person
