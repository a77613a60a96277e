from __future__ import annotations

from collections import defaultdict
from typing import Any, TypeVar

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast

from leerkring.community.accounts import queries as accounts
from leerkring.community.accounts.models import Account, SignInTicket
from leerkring.community.memberships.enums import CommunityKind, Label, Level, Role
from leerkring.community.memberships.models import (
    Community,
    Invitation,
    Joining,
    Labelled,
    LevelChange,
    Membership,
    OrganisationAdmin,
    Placement,
    RoleGrant,
)
from leerkring.community.memberships.standing import VISITOR, Standing
from leerkring.community.people.models import Person
from leerkring.platform import clock

LabelledItem = TypeVar("LabelledItem", bound=Labelled)

_epoch = [0]


def forget_standings() -> None:
    """Say that memberships or roles changed, so that standings kept on person instances are read again."""
    _epoch[0] += 1


def standing_of(person: Person | None) -> Standing:
    """The standing of a person today, read once per instance, in one query; visitors have an empty one."""
    if person is None:
        return VISITOR
    kept = person._standing
    if kept is None or kept[0] != _epoch[0]:
        person._standing = kept = (_epoch[0], _read_standing(person))
    return kept[1]


def _read_standing(person: Person) -> Standing:
    """Everything in one query: four lists of three columns, one under the other."""
    current = Membership.objects.filter(person=person, until_on__isnull=True)
    placed = Placement.objects.filter(
        membership__person=person, until_on__isnull=True, membership__until_on__isnull=True
    )
    granted = RoleGrant.objects.filter(_today_or_later(), person=person)
    taking_part = Community.organisations.through.objects.filter(organisation__in=placed.values("organisation_id"))
    rows = _column("member", current, "community_id", "level").union(
        _column("role", granted, "community_id", "role"),
        _column("organisation", placed, "organisation_id"),
        _column("open", taking_part, "community_id"),
        _column("administers", OrganisationAdmin.objects.filter(person=person), "organisation_id"),
        all=True,
    )
    found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for kind, id_, word in rows:
        found[kind].append((id_, word))
    roles: defaultdict[int, set[Role]] = defaultdict(set)
    for id_, word in found["role"]:
        roles[id_].add(Role(word))
    return Standing(
        person_id=person.pk,
        communities=_ids(found["member"]),
        active=frozenset(id_ for id_, level in found["member"] if level != Level.FOLLOWER),
        roles={key: frozenset(value) for key, value in roles.items()},
        organisations=_ids(found["organisation"]),
        open_to_organisations=_ids(found["open"]),
        administers=_ids(found["administers"]),
        is_platform_admin=person.account is not None and person.account.is_platform_admin,
    )


def _column(kind: str, rows: QuerySet[Any], id_field: str, word_field: str | None = None) -> QuerySet[Any, Any]:
    word = Cast(word_field, CharField()) if word_field else Value("", CharField())
    return rows.order_by().values_list(Value(kind, CharField()), id_field, word)


def _ids(rows: list[tuple[int, str]]) -> frozenset[int]:
    return frozenset(id_ for id_, _ in rows)


def communities_visible_to(person: Person | None) -> QuerySet[Community]:
    """Programme communities that exist for this person: public ones, one's own, and those of one's organisations."""
    standing = standing_of(person)
    programmes = Community.objects.filter(kind=CommunityKind.PROGRAMME)
    seen = Q(is_public=True)
    if person is not None:
        group_roots = Community.objects.filter(pk__in=standing.group_communities).values("root_id")
        own = set(standing.communities) | set(standing.roles) | set(standing.open_to_organisations)
        seen |= Q(pk__in=own) | Q(pk__in=group_roots)
    return programmes.filter(seen)


def labelled_visible_to(person: Person | None, items: QuerySet[LabelledItem]) -> QuerySet[LabelledItem]:
    """The items among these that this person may read by their label (rule 13)."""
    standing = standing_of(person)
    seen = Q(label=Label.PUBLIC)
    if person is not None:
        seen |= _in_programmes(standing.team_roots)
        seen |= _in_programmes(standing.reading_roots) & Q(label__in=[Label.PROGRAMME, Label.ORGANISATIONS])
        seen |= _in_programmes(standing.open_to_organisations) & Q(label=Label.ORGANISATIONS)
        seen |= Q(community__in=standing.group_communities, community__root__isnull=False)
    return items.filter(seen)


def _in_programmes(roots: frozenset[int]) -> Q:
    return Q(community__in=roots) | Q(community__root__in=roots)


def in_programme(community: Community, items: QuerySet[LabelledItem]) -> QuerySet[LabelledItem]:
    """The items of a programme and of all its groups."""
    return items.filter(Q(community=community.root_pk) | Q(community__root=community.root_pk))


def membership_of(person: Person | None, community: Community) -> Membership | None:
    """The current one."""
    if person is None:
        return None
    return Membership.objects.filter(person=person, community=community, until_on__isnull=True).first()


def current_memberships_of(person: Person) -> QuerySet[Membership]:
    return Membership.objects.filter(person=person, until_on__isnull=True).select_related("community")


def took_part_before(membership: Membership) -> bool:
    """Whether this member ever had a level beyond follower, and so may have it again."""
    return LevelChange.objects.filter(membership=membership).exclude(level=Level.FOLLOWER).exists()


def _today_or_later() -> Q:
    today = clock.today()
    return Q(since_on__lte=today) & (Q(until_on__isnull=True) | Q(until_on__gt=today))


def current_grants(community: Community) -> QuerySet[RoleGrant]:
    """Roles that are held in this community today."""
    return RoleGrant.objects.filter(_today_or_later(), community=community).select_related("person", "community")


def has_contact(circle: Community) -> bool:
    return current_grants(circle).filter(role=Role.CONTACT).exists()


def grants_of(person: Person) -> QuerySet[RoleGrant]:
    return RoleGrant.objects.filter(_today_or_later(), person=person).select_related("community")


def holders(community: Community, role: Role) -> QuerySet[Person]:
    """Who has this role here today."""
    return Person.objects.filter(pk__in=current_grants(community).filter(role=role).values("person_id"))


def is_last_of_team(person: Person, community: Community) -> bool:
    team = current_grants(community).filter(role=Role.TEAM)
    return team.filter(person=person).exists() and not team.exclude(person=person).exists()


def admin_rights_of(person: Person) -> QuerySet[OrganisationAdmin]:
    return OrganisationAdmin.objects.filter(person=person).select_related("organisation")


def invitation_of_token(token: str) -> Invitation | None:
    return Invitation.objects.filter(token=token).select_related("community", "organisation").first()


def joining_of_ticket(ticket: SignInTicket) -> Joining:
    return Joining.objects.select_related("community", "invitation", "organisation", "unit", "ticket").get(
        ticket=ticket
    )


def account_of_ticket(ticket: SignInTicket) -> Account | None:
    """Who has the address of this ticket by now."""
    if ticket.address is not None:
        return ticket.address.account
    known = accounts.address_named(ticket.newcomer_address)
    return known.account if known else None
