from leerkring.community.memberships.enums import Role
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Person


def may_open_desk(person: Person | None, community: Community) -> bool:
    """A first screen names who must act, so that it is for whoever belongs to the programme; not for its sponsor."""
    return standing_of(person).belongs_to(community)


def is_sponsor(person: Person | None, community: Community) -> bool:
    return Role.SPONSOR in standing_of(person).roles_in(community)
