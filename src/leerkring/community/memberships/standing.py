from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from leerkring.community.memberships.enums import Label, Role
from leerkring.community.memberships.models import Community, Labelled

NOBODY_ROLES: frozenset[Role] = frozenset()


@dataclass(frozen=True)
class Standing:
    """Where a person stands today: memberships, roles and organisations, as ids. A visitor has an empty one.

    `communities` holds every community with a current membership, a follower's included; `active` leaves followers
    out; `open_to_organisations` holds the programme communities in which an organisation of this person takes part;
    `circles` holds the groups of all these programmes, and one's own, with the programme of each.
    """

    person_id: int | None = None
    communities: frozenset[int] = frozenset()
    active: frozenset[int] = frozenset()
    roles: Mapping[int, frozenset[Role]] = field(default_factory=dict)
    organisations: frozenset[int] = frozenset()
    open_to_organisations: frozenset[int] = frozenset()
    administers: frozenset[int] = frozenset()
    circles: Mapping[int, int] = field(default_factory=dict)
    is_platform_admin: bool = False

    def roles_in(self, community: Community) -> frozenset[Role]:
        """Roles in this community and, for a group, those in its programme."""
        own = self.roles.get(community.id, NOBODY_ROLES)
        if community.root_id is None:
            return own
        return own | (self.roles.get(community.root_id, NOBODY_ROLES) - {Role.CONTACT, Role.PARTNER})

    def is_team(self, community: Community) -> bool:
        return Role.TEAM in self.roles.get(community.root_pk, NOBODY_ROLES)

    def has_role(self, community: Community, *roles: Role) -> bool:
        """Whether one of these roles is held here; the programme team may do what any role may."""
        return self.is_team(community) or bool(self.roles_in(community).intersection(roles))

    def is_keeper(self, community: Community) -> bool:
        return self.has_role(community, Role.KEEPER)

    def is_facilitator(self, community: Community) -> bool:
        return self.has_role(community, Role.FACILITATOR, Role.KEEPER)

    def is_contact(self, community: Community) -> bool:
        return self.has_role(community, Role.CONTACT)

    def belongs_to(self, community: Community) -> bool:
        """Member, follower or team of the programme that this community is, or is part of."""
        return community.root_pk in self.communities or self.has_role(community, Role.KEEPER, Role.FACILITATOR)

    def is_member(self, community: Community) -> bool:
        """Takes part in this very community (not as a follower), or is of the programme team."""
        return community.id in self.active or self.is_team(community)

    def takes_part(self, community: Community) -> bool:
        """Takes part in the programme (not as a follower), or has a role there."""
        return community.root_pk in self.active or self.is_facilitator(community)

    def may_read_label(self, label: str, community: Community) -> bool:
        if label == Label.PUBLIC:
            return True
        if self.is_team(community):
            return True
        if label == Label.ORGANISATIONS and community.root_pk in self.open_to_organisations:
            return True
        if label in (Label.ORGANISATIONS, Label.PROGRAMME) and self.belongs_to(community):
            return True
        if community.root_id is None:
            return False
        return community.id in self.group_communities

    @cached_property
    def group_communities(self) -> frozenset[int]:
        """Communities whose group items are open to this person, programme communities left to the team."""
        return self.communities | {id_ for id_, roles in self.roles.items() if roles & {Role.PARTNER, Role.CONTACT}}

    @cached_property
    def own_circles(self) -> frozenset[int]:
        """The groups whose items of label `group` are open to this person."""
        return frozenset(id_ for id_ in self.group_communities if id_ in self.circles)

    def within(self, roots: frozenset[int]) -> frozenset[int]:
        """These programmes and all their groups."""
        return roots | {circle for circle, root in self.circles.items() if root in roots}

    @cached_property
    def known_roots(self) -> frozenset[int]:
        """Programmes of which all groups are among `circles`."""
        return self.communities | frozenset(self.roles) | self.open_to_organisations

    def knows_of(self, programme: Community) -> bool:
        """Whether this programme exists for the person: public, one's own, or of one's organisations."""
        if programme.is_public or programme.pk in self.known_roots:
            return True
        return any(self.circles.get(circle) == programme.pk for circle in self.group_communities)

    @cached_property
    def team_roots(self) -> frozenset[int]:
        return frozenset(id_ for id_, roles in self.roles.items() if Role.TEAM in roles)

    @cached_property
    def reading_roots(self) -> frozenset[int]:
        """Communities whose programme items are open to this person."""
        staff = {Role.TEAM, Role.KEEPER, Role.FACILITATOR}
        return self.communities | {id_ for id_, roles in self.roles.items() if roles & staff}

    def may_read(self, item: Labelled) -> bool:
        return self.may_read_label(item.label, item.community)


VISITOR = Standing()
