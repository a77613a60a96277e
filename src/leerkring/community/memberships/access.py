from __future__ import annotations

from leerkring.community.memberships.enums import Door, Role
from leerkring.community.memberships.models import Community, Membership, RoleGrant
from leerkring.community.memberships.reading import has_contact, standing_of
from leerkring.community.memberships.standing import Standing
from leerkring.community.people import access as people
from leerkring.community.people.models import Organisation, Person


def may_open_community(person: Person | None) -> bool:
    """A platform admin, an organisation admin, or whoever is of the team of another programme."""
    standing = standing_of(person)
    return standing.is_platform_admin or bool(standing.administers) or bool(standing.team_roots)


def may_open_circle(person: Person | None, root: Community) -> bool:
    return standing_of(person).takes_part(root)


def may_edit_community(person: Person | None, community: Community) -> bool:
    standing = standing_of(person)
    if community.root_id is not None and standing.is_facilitator(community):
        return True
    return standing.is_team(community) or (community.root_id is not None and standing.is_contact(community))


def may_bring_in(person: Person | None, community: Community) -> bool:
    """Make somebody else a member: the team; in a group also its contact and those who form groups."""
    standing = standing_of(person)
    if community.root_id is None:
        return standing.is_team(community)
    return standing.is_contact(community) or standing.is_facilitator(community)


def may_follow(person: Person | None, community: Community) -> bool:
    """Whether the door of followers is open to this person."""
    return people.is_here(person) and _is_open(community.follow_door, standing_of(person), community)


def may_take_part(person: Person | None, community: Community) -> bool:
    """Whether the door of members is open to this person. A group is open to whoever belongs to its programme."""
    standing = standing_of(person)
    if community.root_id is not None:
        return standing.belongs_to(community)
    return people.is_here(person) and _is_open(community.member_door, standing, community)


def may_choose_level(person: Person | None, membership: Membership) -> bool:
    """Rule 8: only the person."""
    return person is not None and person.pk == membership.person_id and membership.until_on is None


def may_state_level(person: Person | None, membership: Membership) -> bool:
    """The team, as long as the person has said nothing."""
    return membership.level_stated_by_team and may_bring_in(person, membership.community)


def may_see_level(person: Person | None, membership: Membership) -> bool:
    """Rule 7: the person and the programme team, nobody else."""
    if person is None:
        return False
    return person.pk == membership.person_id or standing_of(person).is_team(membership.community)


def may_end_membership(person: Person | None, membership: Membership) -> bool:
    own = person is not None and person.pk == membership.person_id
    return own or may_bring_in(person, membership.community)


def may_place(person: Person | None, membership: Membership, organisation: Organisation) -> bool:
    """The team, and oneself: whoever was invited, or moves within an organisation of which one is already.

    Where somebody works opens what bears the label organisations, so that nobody may claim it who came in alone.
    """
    standing = standing_of(person)
    if standing.is_team(membership.community):
        return True
    own = person is not None and person.pk == membership.person_id
    return own and (membership.is_invited or organisation.pk in standing.organisations)


def may_grant_role(person: Person | None, community: Community, role: Role) -> bool:
    """The team. For the contact of a group also the contact, those who form groups, and a member when there is none."""
    standing = standing_of(person)
    if community.root_id is not None and role == Role.CONTACT:
        if standing.is_contact(community) or standing.is_facilitator(community):
            return True
        return standing.is_member(community) and not has_contact(community)
    return standing.is_team(community)


def may_end_role(person: Person | None, grant: RoleGrant) -> bool:
    """Whoever may grant it, and the holder, who hands it back."""
    own = person is not None and person.pk == grant.person_id
    return own or may_grant_role(person, grant.community, Role(grant.role))


def may_come_back(person: Person | None, membership: Membership) -> bool:
    """Undo an end: whoever may end it."""
    return may_end_membership(person, membership)


def may_invite(person: Person | None, community: Community) -> bool:
    return standing_of(person).is_team(community)


def may_see_people(person: Person | None, community: Community) -> bool:
    """The list of names is for those who belong to the programme."""
    return standing_of(person).belongs_to(community)


def may_see_people_of_organisation(person: Person | None, organisation: Organisation) -> bool:
    return organisation.pk in standing_of(person).administers


def may_keep_settings(person: Person | None) -> bool:
    return people.may_keep_settings(person)


def _is_open(door: str, standing: Standing, community: Community) -> bool:
    if door == Door.ANYONE:
        return True
    return door == Door.ORGANISATIONS and community.pk in standing.open_to_organisations
