from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import TypeVar

from django.db.models import Count, Model, Q, QuerySet
from django.db.models.functions import Lower

from leerkring.community.accounts.models import EmailAddress
from leerkring.community.memberships import queries as memberships
from leerkring.community.memberships.enums import Level
from leerkring.community.memberships.models import Community, Membership, Placement
from leerkring.community.people.models import Organisation, Person, PolicyField, Unit
from leerkring.direction.programmes import queries as programmes
from leerkring.direction.programmes.models import Programme
from leerkring.direction.strategy import queries as strategy
from leerkring.direction.strategy.models import Activity, Goal
from leerkring.outward.exchange.activities_import import ExistingActivities, KnownGoal
from leerkring.outward.exchange.cleaning import clean_text
from leerkring.outward.exchange.matching import Known
from leerkring.outward.exchange.models import CalendarFeed, ImportBatch, WaitingFile
from leerkring.outward.exchange.people_import import Existing, KnownPerson
from leerkring.outward.exchange.people_list import PeopleList
from leerkring.platform import clock
from leerkring.platform.facts.models import FactRow

KEPT_FOR = timedelta(days=1)
AT_ONCE = 5000
Value = TypeVar("Value")


def calendar_of(person_id: int) -> QuerySet[CalendarFeed]:
    """The address of somebody's calendar, if they made one."""
    return CalendarFeed.objects.filter(person=person_id)


def calendar_reader(feed: str) -> Person | None:
    """Whose calendar is read at this address, while they are here."""
    people = Person.objects.filter(calendar_feed__token=feed, left_at__isnull=True, account__is_active=True)
    return people.select_related("account").first()


def batches_of(community: Community) -> QuerySet[ImportBatch]:
    """The imports of a programme, the latest first."""
    return ImportBatch.objects.filter(community=community).select_related("by", "undone_by", "community")


def batch_of_waiting(community: Community, waiting_id: int) -> ImportBatch | None:
    """The import that a waiting file became."""
    return batches_of(community).filter(waiting_id=waiting_id).first()


def waiting_files_of(person: Person, community: Community) -> QuerySet[WaitingFile]:
    """The lists that this person uploaded and has not decided on yet; after a day they are gone."""
    waiting = WaitingFile.objects.filter(community=community, by=person, at__gt=clock.now() - KEPT_FOR)
    return waiting.select_related("community", "by").order_by("-at", "-pk")


def waiting_names_of(person: Person, community: Community) -> QuerySet[WaitingFile]:
    """The same without their contents, for a list of them."""
    return waiting_files_of(person, community).defer("content", "choices")


def old_waiting_files() -> QuerySet[WaitingFile]:
    return WaitingFile.objects.filter(at__lte=clock.now() - KEPT_FOR)


def programme_community(slug: str) -> Community | None:
    """The programme at this address, for the console."""
    programme = Programme.objects.select_related("community").filter(community__slug=slug).first()
    return programme.community if programme else None


def existing_for(community: Community, found: PeopleList, *, may_add: bool) -> Existing:
    """What there is for a list of people to meet: organisations, parts, policy fields, and who has its addresses."""
    host = programmes.programme_of(community).host
    named = {clean_text(line.organisation).lower() for line in found.lines} - {""}
    taking_part = community.organisations.values("pk")
    organisations = list(
        Organisation.objects.annotate(low=Lower("name"))
        .filter(Q(pk=host.pk) | Q(pk__in=taking_part) | Q(low__in=named))
        .order_by("name")
    )
    units: dict[int, list[Known]] = {}
    for unit in Unit.objects.filter(organisation__in=[organisation.pk for organisation in organisations]):
        units.setdefault(unit.organisation_id, []).append(Known(unit.pk, unit.name, unit.short_name))
    return Existing(
        host=Known(host.pk, host.name),
        organisations=[Known(organisation.pk, organisation.name) for organisation in organisations],
        units=units,
        fields=[Known(field.pk, field.name) for field in PolicyField.objects.all()],
        people=known_people(community, [address for line in found.lines for address in line.addresses]),
        today=clock.today(),
        may_add=may_add,
    )


def known_people(community: Community, addresses: Iterable[str]) -> dict[str, KnownPerson]:
    """Who has these addresses (in small letters). Names only of members: other programmes are not shown."""
    holders: dict[str, int] = {}
    for part in _parts(list(addresses)):
        rows = EmailAddress.objects.annotate(low=Lower("address")).filter(low__in=part, account__person__isnull=False)
        holders |= dict(rows.values_list("low", "account__person"))
    members = _members(community) if holders else {}
    return {address: members.get(person_id, KnownPerson(person_id)) for address, person_id in holders.items()}


def _members(community: Community) -> dict[int, KnownPerson]:
    """Everybody who is, or was, in this programme; who is, goes before who was."""
    current = Placement.objects.filter(membership__community=community, until_on__isnull=True)
    placed = {
        membership: (organisation, unit or "")
        for membership, organisation, unit in current.values_list("membership", "organisation__name", "unit__name")
    }
    rows = Membership.objects.filter(community=community).order_by("pk")
    names = ("person__given_name", "person__prefix", "person__family_name")
    found: dict[int, KnownPerson] = {}
    for id_, person_id, until_on, level, *name in rows.values_list("pk", "person", "until_on", "level", *names):
        if until_on is not None:
            found.setdefault(person_id, KnownPerson(person_id, has_left=True))
            continue
        organisation, unit = placed.get(id_, ("", ""))
        said = " ".join(filter(None, name))
        found[person_id] = KnownPerson(person_id, said, True, False, unit, organisation, Level(level))
    return found


def memberships_without_unit(
    community: Community, person_ids: Sequence[int]
) -> dict[int, tuple[Membership, Placement | None]]:
    """Current memberships of these people that no part is known of, with their place, by person."""
    found: dict[int, tuple[Membership, Placement | None]] = {}
    for part in _parts(list(person_ids)):
        placed = {
            placement.membership_id: placement
            for placement in Placement.objects.filter(
                membership__community=community, membership__person__in=part, until_on__isnull=True
            )
        }
        for membership in Membership.objects.filter(community=community, person__in=part, until_on__isnull=True):
            place = placed.get(membership.pk)
            if place is None or place.unit_id is None:
                found[membership.person_id] = (membership, place)
    return found


def locked_community(community: Community) -> Community:
    """One import at a time in a programme."""
    return Community.objects.select_for_update().get(pk=community.pk)


def people_with(person_ids: Sequence[int]) -> list[Person]:
    found: list[Person] = []
    for part in _parts(list(person_ids)):
        found += Person.objects.filter(pk__in=part).select_related("account")
    return found


def _who_signed_in(people: Iterable[Person], batch: ImportBatch) -> set[int]:
    """Who of these signed in since the import, or proved an address."""
    signed_in: set[int] = set()
    accounts = {person.account_id: person.pk for person in people if person.account_id}
    for part in _parts(list(accounts)):
        proved = EmailAddress.objects.filter(account__in=part, verified_at__gte=batch.at)
        later = EmailAddress.objects.filter(account__in=part, account__last_login__gte=batch.at)
        signed_in |= {accounts[id_] for id_ in proved.values_list("account", flat=True)}
        signed_in |= {accounts[id_] for id_ in later.values_list("account", flat=True)}
    return signed_in


def _who_did_something(person_ids: Sequence[int], batch: ImportBatch) -> set[int]:
    """Who of these did anything since the import."""
    did: set[int] = set()
    for part in _parts(list(person_ids)):
        by = FactRow.objects.filter(by_id__in=part, at__gte=batch.at).values_list("by_id", flat=True)
        did |= {person_id for person_id in by if person_id is not None}
    return did


def traces_of(model: type[Model], ids: Sequence[int]) -> dict[int, int]:
    """How many rows anywhere in the house point to each of these: what a person or membership has left behind."""
    counts = dict.fromkeys(ids, 0)
    for relation in model._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)):
            continue
        other, link = relation.related_model, relation.field.attname  # type: ignore[union-attr]
        for part in _parts(list(ids)):
            rows = other._default_manager.filter(**{f"{link}__in": part}).order_by()  # type: ignore[union-attr]
            for id_, count in rows.values_list(link).annotate(Count("pk")):
                counts[id_] += count
    return counts


def traces_of_members(members: Mapping[int, int]) -> dict[str, int]:
    """Traces of people (the values) and of their memberships in this programme (the keys), by person."""
    of_people = traces_of(Person, list(members.values()))
    of_memberships = traces_of(Membership, list(members))
    return {str(person): of_people[person] + of_memberships[member] for member, person in members.items()}


def placed_memberships(membership_ids: Sequence[int]) -> set[int]:
    """Which of these memberships have a place."""
    found: set[int] = set()
    for part in _parts(list(membership_ids)):
        rows = Placement.objects.filter(membership__in=part, until_on__isnull=True)
        found |= set(rows.values_list("membership", flat=True))
    return found


def people_of_memberships(membership_ids: Sequence[int]) -> dict[int, int]:
    """The person of each of these memberships that is still current."""
    found: dict[int, int] = {}
    for part in _parts(list(membership_ids)):
        rows = Membership.objects.filter(pk__in=part, until_on__isnull=True)
        found |= dict(rows.values_list("pk", "person"))
    return found


def people_to_keep(batch: ImportBatch, members: Mapping[int, int]) -> set[int]:
    """Who of these members acted since the import, or has anything more hanging on them than right after it."""
    people = people_with(list(members.values()))
    before = batch.made.get("traces", {})
    changed = {int(person) for person, count in traces_of_members(members).items() if count != before.get(person)}
    return changed | _who_signed_in(people, batch) | _who_did_something([person.pk for person in people], batch)


def activities_to_keep(batch: ImportBatch, activity_ids: Sequence[int]) -> set[int]:
    """Activities that somebody changed or moved since the import, or on which more hangs than right after it."""
    before = batch.made.get("traces", {})
    traces = traces_of(Activity, activity_ids)
    since = FactRow.objects.filter(community_id=batch.community_id, at__gte=batch.at, ids__has_key="activity_id")
    touched = {ids["activity_id"] for ids in since.values_list("ids", flat=True)}
    return {id_ for id_ in activity_ids if id_ in touched or traces[id_] != before.get(str(id_))}


def names_of(person_ids: Sequence[int]) -> list[str]:
    return [person.name for person in people_with(person_ids)]


def existing_activities(person: Person | None, community: Community) -> ExistingActivities:
    """Goals, activities and possible owners of a programme. The operator at the console sees them all."""
    activities = memberships.in_programme(community, Activity.objects.all())
    goals = (
        memberships.in_programme(community, Goal.objects.all())
        if person is None
        else strategy.goals_visible_to(person, community)
    )
    return ExistingActivities(
        goals=[KnownGoal(goal.pk, goal.title, goal.target_year) for goal in goals],
        numbers={activity.number for activity in activities if activity.number},
        titles={activity.title: activity.number for activity in activities},
        owners=_owners(community),
    )


def _owners(community: Community) -> list[tuple[int, str, tuple[str, ...]]]:
    """The members of a programme with name and addresses."""
    addresses: dict[int, list[str]] = {}
    current = Membership.objects.filter(community=community, until_on__isnull=True)
    for account_id, address in EmailAddress.objects.filter(account__person__memberships__in=current).values_list(
        "account", "address"
    ):
        addresses.setdefault(account_id, []).append(address.lower())
    people = Person.objects.filter(memberships__in=current)
    return [(person.pk, person.name, tuple(addresses.get(person.account_id or 0, ()))) for person in people]


def goals_with(ids: Iterable[int]) -> dict[int, Goal]:
    return Goal.objects.select_related("community").in_bulk(list(ids))


def activities_with(community: Community, ids: Sequence[int]) -> list[Activity]:
    found: list[Activity] = []
    for part in _parts(list(ids)):
        found += Activity.objects.filter(community=community, pk__in=part)
    return found


def _parts(values: list[Value]) -> Iterator[list[Value]]:
    """A database takes only so many values in one question."""
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]


def kept_of(batch: ImportBatch) -> list[Person] | list[Activity]:
    """Who or what stayed when the import was taken back."""
    if not batch.kept:
        return []
    if batch.is_of_people:
        return sorted(people_with(batch.kept), key=lambda person: (person.name_key, person.pk))
    return activities_with(batch.community, batch.kept)
