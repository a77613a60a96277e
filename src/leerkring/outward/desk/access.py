from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Person


def may_open_desk(person: Person | None, community: Community) -> bool:
    """A first screen is for whoever belongs to the programme, followers and holders of a role included."""
    standing = standing_of(person)
    return standing.belongs_to(community) or bool(standing.roles_in(community))
