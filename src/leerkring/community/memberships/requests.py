"""From a request to who asks and where: what every view of a programme starts with."""

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from leerkring.community.memberships import queries
from leerkring.community.memberships.models import Community
from leerkring.community.people.requests import person_of, signed_in_person

__all__ = ["community_or_404", "person_of", "signed_in_person"]


def community_or_404(request: HttpRequest, slug: str) -> Community:
    """The programme community of this address, as far as it exists for who asks."""
    community = queries.programme_named(slug)
    if community is None or not queries.standing_of(person_of(request)).knows_of(community):
        raise Http404(_("There is no programme here, or it is not open to you."))
    request.community = community  # type: ignore[attr-defined]
    return community
