from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Max, QuerySet

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import labelled_visible_to, readable_in, standing_of
from leerkring.community.people.models import Organisation, Person
from leerkring.cycle.uptake.models import Change, Initiative, InitiativeJudgement, InitiativeOrganisation
from leerkring.direction.strategy.models import Goal


def initiatives_visible_to(person: Person | None, community: Community) -> QuerySet[Initiative]:
    return (
        readable_in(person, community, Initiative.objects.all())
        .select_related("community", "carrier", "next_step_by", "meeting__community")
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


def changes_of_initiative(initiative: Initiative, person: Person | None) -> QuerySet[Change]:
    """What came of it, as far as this person may read that, with the highest step in any unit."""
    changes = labelled_visible_to(person, initiative.changes.select_related("community"))
    return changes.annotate(highest=Max("uptakes__step"), units_count=Count("uptakes", distinct=True))


def changes_to_link(person: Person | None, community: Community) -> QuerySet[Change]:
    """Changes of the programme that this person may read, by name."""
    return readable_in(person, community, Change.objects.all()).order_by("title", "pk")


def joinings_of(initiative: Initiative) -> QuerySet[InitiativeOrganisation]:
    """Who joins in and since when, by name."""
    return initiative.joinings.select_related("organisation").order_by("organisation__name")


def judgements_of(initiatives: Iterable[Initiative]) -> QuerySet[InitiativeJudgement]:
    return InitiativeJudgement.objects.filter(initiative__in=list(initiatives)).order_by("pk")


def judgement_by(person: Person | None, initiative: Initiative) -> InitiativeJudgement | None:
    """One's own."""
    return InitiativeJudgement.objects.filter(initiative=initiative, person=person).first() if person else None
