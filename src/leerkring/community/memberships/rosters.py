"""The rows of the people page: everything a page of fifty needs, in as many queries as for three."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from leerkring.community.accounts import queries as accounts
from leerkring.community.memberships import queries
from leerkring.community.memberships.enums import Role
from leerkring.community.memberships.models import Community, Membership, RoleGrant
from leerkring.community.people.models import Person


@dataclass(frozen=True)
class Row:
    membership: Membership
    roles: list[RoleGrant] = field(default_factory=list)


@dataclass(frozen=True)
class RoleHolders:
    role: Role
    grants: list[RoleGrant]


def narrowed(community: Community, chosen: dict[str, Any]) -> queries.QuerySet[Membership]:
    """The members that a filter leaves."""
    members = queries.placed_at(queries.members_of(community), chosen["organisation"], chosen["unit"])
    if chosen["q"]:
        members = queries.named_like(members, chosen["q"])
    if chosen["level"] == "unconfirmed":
        return members.filter(level_stated_by_team=True)
    return members.filter(level=chosen["level"]) if chosen["level"] else members


def rows(members: Iterable[Membership], grants: Iterable[RoleGrant]) -> list[Row]:
    held: defaultdict[int, list[RoleGrant]] = defaultdict(list)
    for grant in grants:
        held[grant.person_id].append(grant)
    return [Row(member, held[member.person_id]) for member in members]


def by_role(grants: Iterable[RoleGrant]) -> list[RoleHolders]:
    """Whom to ask: who holds a role in the programme."""
    held: defaultdict[str, list[RoleGrant]] = defaultdict(list)
    for grant in grants:
        held[grant.role].append(grant)
    return [RoleHolders(role, held[role]) for role in queries.ROLE_ORDER if held[role]]


def address_of(person: Person) -> str:
    main = accounts.main_address_of(person.account) if person.account else None
    return main.address if main else ""


def day_after(last_day: date | None) -> date | None:
    return last_day + timedelta(days=1) if last_day else None
