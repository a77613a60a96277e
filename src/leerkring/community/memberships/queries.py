from __future__ import annotations

from collections import defaultdict
from typing import TypeVar

from django.db.models import Q, QuerySet

from leerkring.community.memberships.enums import CommunityKind, Label, Level, Role
from leerkring.community.memberships.models import Community, Labelled, Membership, OrganisationAdmin, RoleGrant
from leerkring.community.memberships.standing import VISITOR, Standing
from leerkring.community.people.models import Person
from leerkring.platform import clock

LabelledItem = TypeVar("LabelledItem", bound=Labelled)

_epoch = [0]


def forget_standings() -> None:
    """Say that memberships or roles changed, so that standings kept on person instances are read again."""
    _epoch[0] += 1


def standing_of(person: Person | None) -> Standing:
    """The standing of a person today, read once per instance (four queries); visitors have an empty one."""
    if person is None:
        return VISITOR
    kept = person._standing
    if kept is None or kept[0] != _epoch[0]:
        person._standing = kept = (_epoch[0], _read_standing(person))
    return kept[1]


def _read_standing(person: Person) -> Standing:
    memberships = list(
        Membership.objects.filter(person=person, until_on__isnull=True).values_list(
            "community_id", "level", "placements__organisation_id", "placements__until_on"
        )
    )
    roles: defaultdict[int, set[Role]] = defaultdict(set)
    granted = RoleGrant.objects.filter(person=person).filter(Q(until_on__isnull=True) | Q(until_on__gt=clock.today()))
    for community_id, role in granted.values_list("community_id", "role"):
        roles[community_id].add(Role(role))
    organisations = frozenset(
        organisation for _, _, organisation, until in memberships if organisation is not None and until is None
    )
    return Standing(
        person_id=person.pk,
        communities=frozenset(row[0] for row in memberships),
        active=frozenset(row[0] for row in memberships if row[1] != Level.FOLLOWER),
        roles={key: frozenset(value) for key, value in roles.items()},
        organisations=organisations,
        open_to_organisations=frozenset(
            Community.objects.filter(organisations__in=organisations).values_list("id", flat=True)
        )
        if organisations
        else frozenset(),
        administers=frozenset(
            OrganisationAdmin.objects.filter(person=person).values_list("organisation_id", flat=True)
        ),
        is_platform_admin=person.account is not None and person.account.is_platform_admin,
    )


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
