from __future__ import annotations

from django.db.models import Q, QuerySet

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import open_in
from leerkring.community.people.models import Person
from leerkring.cycle.insights.stories.models import ValueStory


def stories_visible_to(person: Person | None, community: Community) -> QuerySet[ValueStory]:
    """Those whose teller shows them to this person, and one's own, shown or not."""
    seen = open_in(person, community) & Q(shown_at__isnull=False)
    if person is not None:
        seen |= Q(teller=person, community=community.root_pk)
    return ValueStory.objects.filter(seen).select_related("community", "teller").order_by("-told_at", "-pk")
