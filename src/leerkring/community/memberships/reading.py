"""Where a person stands, read from the tables in one query and kept on the person for as long as nothing changes."""

from __future__ import annotations

from collections import defaultdict

from django.db import connection
from django.db.models import Q, QuerySet

from leerkring.community.memberships.enums import Level, Role
from leerkring.community.memberships.models import Community, RoleGrant
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


# Written out, because every page asks it and putting it together anew would cost more than the answer.
_STANDING = """
    WITH member AS (
        SELECT id, community_id, level FROM memberships_membership WHERE person_id = %(person)s AND until_on IS NULL
    ), held AS (
        SELECT community_id, role FROM memberships_rolegrant
        WHERE person_id = %(person)s AND (until_on IS NULL OR until_on > %(today)s)
    ), placed AS (
        SELECT organisation_id FROM memberships_placement
        WHERE until_on IS NULL AND membership_id IN (SELECT id FROM member)
    ), taking_part AS (
        SELECT community_id FROM memberships_community_organisations
        WHERE organisation_id IN (SELECT organisation_id FROM placed)
    ), own AS (
        SELECT community_id FROM member UNION SELECT community_id FROM held
    )
    SELECT 'member', community_id, level FROM member
    UNION ALL SELECT 'role', community_id, role FROM held
    UNION ALL SELECT 'organisation', organisation_id, '' FROM placed
    UNION ALL SELECT 'open', community_id, '' FROM taking_part
    UNION ALL SELECT 'circle', id, CAST(root_id AS varchar(20)) FROM memberships_community
        WHERE root_id IS NOT NULL
        AND (id IN (SELECT community_id FROM own) OR root_id IN (SELECT community_id FROM own)
            OR root_id IN (SELECT community_id FROM taking_part))
    UNION ALL SELECT 'administers', organisation_id, '' FROM memberships_organisationadmin
        WHERE person_id = %(person)s
"""


def _read_standing(person: Person) -> Standing:
    """Everything in one query: lists of three columns, one under the other."""
    found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, {"person": person.pk, "today": clock.today()})
        for kind, id_, word in cursor.fetchall():
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
