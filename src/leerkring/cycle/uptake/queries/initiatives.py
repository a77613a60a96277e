from __future__ import annotations

from django.db.models import QuerySet

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import labelled_visible_to, readable_in, standing_of
from leerkring.community.people.models import Organisation, Person
from leerkring.cycle.uptake.models import Initiative
from leerkring.direction.strategy.models import Goal


def initiatives_visible_to(person: Person | None, community: Community) -> QuerySet[Initiative]:
    return (
        readable_in(person, community, Initiative.objects.all())
        .select_related("community", "carrier", "meeting__community")
        .prefetch_related("organisations")
    )


def organisations_to_join(person: Person | None, initiative: Initiative) -> QuerySet[Organisation]:
    """Participating organisations that this person may say join in, and that have not."""
    standing = standing_of(person)
    items = initiative.community.organisations.exclude(pk__in=initiative.organisations.values("pk"))
    is_carrier = person is not None and initiative.carrier_id == person.pk
    if is_carrier or standing.is_facilitator(initiative.community):
        return items
    if not standing.takes_part(initiative.community):
        return items.none()
    return items.filter(pk__in=standing.organisations)


def organisations_to_leave(person: Person | None, initiative: Initiative) -> QuerySet[Organisation]:
    """Organisations that join and that this person may say step out again."""
    standing = standing_of(person)
    items = initiative.organisations.all()
    is_carrier = person is not None and initiative.carrier_id == person.pk
    if is_carrier or standing.is_facilitator(initiative.community):
        return items
    return items.filter(pk__in=standing.organisations) if standing.takes_part(initiative.community) else items.none()


def goals_of_initiative(initiative: Initiative, person: Person | None) -> QuerySet[Goal]:
    return labelled_visible_to(person, initiative.goals.all())
