"""From a request to who asks and where: what every view of a programme starts with."""

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from leerkring.community.memberships import queries
from leerkring.community.memberships.models import Community
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


def community_or_404(request: HttpRequest, slug: str) -> Community:
    """The programme community of this address, as far as it exists for who asks."""
    community = queries.communities_visible_to(person_of(request)).filter(slug=slug).first()
    if community is None:
        raise Http404(_("There is no programme here, or it is not open to you."))
    request.community = community  # type: ignore[attr-defined]
    return community
