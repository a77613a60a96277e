"""What people do in and with communities; one file per subject."""

from leerkring.community.memberships.actions.admins import (
    appoint_organisation_admin,
    appoint_platform_admin,
    dismiss_organisation_admin,
    dismiss_platform_admin,
)
from leerkring.community.memberships.actions.communities import (
    add_own_unit,
    bring_in_organisation,
    edit_community,
    open_circle,
    open_community,
    take_organisation_out,
)
from leerkring.community.memberships.actions.invitations import (
    accept_invitation,
    close_invitation,
    invite,
    reopen_invitation,
)
from leerkring.community.memberships.actions.levels import choose_level, confirm_level, state_level
from leerkring.community.memberships.actions.lists import (
    Entry,
    join_many,
    place_many,
    take_members_back,
    take_organisations_back,
    take_places_back,
)
from leerkring.community.memberships.actions.members import (
    come_back,
    follow,
    join,
    leave_community,
    leave_everything,
    let_in,
    place,
)
from leerkring.community.memberships.actions.newcomers import ask_to_join, finish_joining
from leerkring.community.memberships.actions.roles import end_role, grant_role

__all__ = [
    "Entry",
    "accept_invitation",
    "add_own_unit",
    "appoint_organisation_admin",
    "appoint_platform_admin",
    "ask_to_join",
    "bring_in_organisation",
    "choose_level",
    "close_invitation",
    "come_back",
    "confirm_level",
    "dismiss_organisation_admin",
    "dismiss_platform_admin",
    "edit_community",
    "end_role",
    "finish_joining",
    "follow",
    "grant_role",
    "invite",
    "join",
    "join_many",
    "leave_community",
    "leave_everything",
    "let_in",
    "open_circle",
    "open_community",
    "place",
    "place_many",
    "reopen_invitation",
    "state_level",
    "take_members_back",
    "take_organisation_out",
    "take_organisations_back",
    "take_places_back",
]
