"""Where a person stands, read from the tables in one query and kept on the person for as long as nothing changes."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast

from leerkring.community.memberships.enums import Level, Role
from leerkring.community.memberships.models import Community, Membership, OrganisationAdmin, Placement, RoleGrant
from leerkring.community.memberships.standing import VISITOR, Standing
from leerkring.community.people.models import Person
from leerkring.platform import clock

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
    """Everything in one query: lists of three columns, one under the other."""
    current = Membership.objects.filter(person=person, until_on__isnull=True)
    placed = Placement.objects.filter(
        membership__person=person, until_on__isnull=True, membership__until_on__isnull=True
    )
    granted = RoleGrant.objects.filter(held_today(), person=person)
    taking_part = Community.organisations.through.objects.filter(organisation__in=placed.values("organisation_id"))
    circles = Community.objects.filter(root__isnull=False).filter(
        Q(root__in=current.values("community_id"))
        | Q(root__in=granted.values("community_id"))
        | Q(root__in=taking_part.values("community_id"))
        | Q(pk__in=current.values("community_id"))
        | Q(pk__in=granted.values("community_id"))
    )
    rows = _column("member", current, "community_id", "level").union(
        _column("role", granted, "community_id", "role"),
        _column("organisation", placed, "organisation_id"),
        _column("open", taking_part, "community_id"),
        _column("circle", circles, "id", "root_id"),
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
        circles={id_: int(root) for id_, root in found["circle"]},
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


def held_today() -> Q:
    """Roles that have not ended. One begins on the day it is given; a clock moved back does not take it away."""
    return Q(until_on__isnull=True) | Q(until_on__gt=clock.today())


def current_grants(community: Community) -> QuerySet[RoleGrant]:
    """Roles that are held in this community today."""
    return RoleGrant.objects.filter(held_today(), community=community).select_related("person", "community")


def has_contact(circle: Community) -> bool:
    return current_grants(circle).filter(role=Role.CONTACT).exists()
