from __future__ import annotations

from datetime import timedelta

from django.db.models import Count, F, Max, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from leerkring.community.accounts.models import EmailAddress
from leerkring.community.meetings import queries as meetings
from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships import queries as memberships
from leerkring.community.memberships.enums import Role
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.cycle.agenda import queries as agenda
from leerkring.cycle.agenda.models import AgendaEntry, AgendaVersion
from leerkring.cycle.uptake.enums import Step
from leerkring.cycle.uptake.models import Change
from leerkring.direction.strategy import queries as strategy
from leerkring.direction.strategy.models import Goal
from leerkring.outward.publishing.models import ContactMessage
from leerkring.outward.publishing.publications.queries import waiting_reactions
from leerkring.platform import clock


def next_meetings(community: Community) -> QuerySet[Meeting]:
    """Open meetings to come that anybody may know of, the first one first; `places_left` is null without a limit."""
    coming = Count("attendances", filter=Q(attendances__presence__in=meetings.COMING))
    return meetings.open_meetings(community).annotate(places_left=Greatest(F("places_count") - coming, 0))


def version_in_force(community: Community) -> AgendaVersion | None:
    """The newest set version of the agenda, if it is public."""
    return agenda.versions_visible_to(None, community).order_by("-number").first()


def questions_of(version: AgendaVersion) -> QuerySet[AgendaEntry]:
    """What stands on a version and is public, open ones first."""
    return agenda.entries_visible_to(None, version).filter(is_listed=True).order_by("position")


def goals_of(community: Community) -> QuerySet[Goal]:
    return strategy.goals_visible_to(None, community).order_by("target_year", "position", "id")


def changes_that_landed(community: Community) -> QuerySet[Change]:
    """Public changes that a unit does without the pioneers, the furthest first.

    With the furthest step, in how many units it is in use, and in how many the norm.
    """
    changes = memberships.readable_in(None, community, Change.objects.all())
    landed = Q(uptakes__given_up_at__isnull=True, uptakes__step__gte=Step.ADOPTED)
    furthest = changes.annotate(
        furthest=Max("uptakes__step", filter=landed),
        places=Count("uptakes", filter=landed, distinct=True),
        norms=Count("uptakes", filter=landed & Q(uptakes__step=Step.NORM), distinct=True),
    )
    return furthest.filter(furthest__isnull=False).order_by("-furthest", "-norms", "-places", "id")


def messages_of(community: Community) -> QuerySet[ContactMessage]:
    """What visitors wrote: what waits first, each with the newest on top."""
    messages = ContactMessage.objects.filter(community=community).select_related("handled_by", "community")
    return messages.order_by(F("handled_at").asc(nulls_first=True), "-sent_at", "-id")


def waiting_messages(community: Community) -> QuerySet[ContactMessage]:
    return ContactMessage.objects.filter(community=community, handled_at__isnull=True)


def counts_waiting(community: Community) -> tuple[int, int]:
    """How many messages of visitors and how many reactions wait for the team."""
    messages = waiting_messages(community).order_by().values("community").annotate(n=Count("pk")).values("n")
    reactions = waiting_reactions(community).order_by().values("publication__community")
    counts = Community.objects.filter(pk=community.pk).values_list(
        Coalesce(Subquery(messages), 0), Coalesce(Subquery(reactions.annotate(n=Count("pk")).values("n")), 0)
    )
    return counts.get()


def sent_by_device(device: str, within: timedelta) -> QuerySet[ContactMessage]:
    return ContactMessage.objects.filter(device=device, sent_at__gt=clock.now() - within)


def sent_to(community: Community, within: timedelta) -> QuerySet[ContactMessage]:
    return ContactMessage.objects.filter(community=community, sent_at__gt=clock.now() - within)


def team_addresses(community: Community) -> list[tuple[str, str]]:
    """The main address of everybody in the team, with the language each reads."""
    team = memberships.holders(community, Role.TEAM)
    addresses = EmailAddress.objects.filter(account__person__in=team, is_main=True, account__is_active=True)
    return list(addresses.order_by("address").values_list("address", "account__language"))


def programmes_to_read(person: Person | None) -> QuerySet[Community]:
    """Programmes whose public page is open to who asks, by name."""
    return memberships.communities_visible_to(person).order_by("name")
