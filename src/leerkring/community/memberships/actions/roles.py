from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from leerkring.community.memberships import access, queries
from leerkring.community.memberships.enums import CIRCLE_ROLES, PROGRAMME_ROLES, Role
from leerkring.community.memberships.facts import RoleEnded, RoleGranted
from leerkring.community.memberships.models import Community, RoleGrant
from leerkring.community.memberships.queries import forget_standings
from leerkring.community.people import access as people
from leerkring.community.people.models import Person
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused


def grant_role(
    *, community: Community, person: Person, role: Role, by: Person, until_on: date | None = None
) -> RoleGrant:
    """Give a role from today, up to a day if one is given; whoever has it keeps it, with the new last day.

    Contact and partner are roles in a group; a partner always has a last day. Raises PermissionDenied, Refused.
    """
    if not access.may_grant_role(by, community, role):
        raise PermissionDenied
    _refuse_impossible(community, person, role, until_on)
    today = clock.today()
    try:
        with transaction.atomic():
            held = queries.current_grants(community).filter(person=person, role=role).first()
            if held is not None and held.until_on == until_on:
                return held
            grant = held or RoleGrant(community=community, person=person, role=role, since_on=today)
            grant.until_on = until_on
            grant.save()
            facts.record(RoleGranted(community_id=community.pk, by_id=by.pk, person_id=person.pk, role=role))
    except IntegrityError:
        return queries.current_grants(community).get(person=person, role=role)
    forget_standings()
    return grant


def end_role(*, grant: RoleGrant, by: Person) -> None:
    """Take a role back, or hand it back oneself. Raises PermissionDenied, Refused for the last of the team."""
    if not access.may_end_role(by, grant):
        raise PermissionDenied
    if grant.role == Role.TEAM and queries.is_last_of_team(grant.person, grant.community):
        raise Refused(_("A programme has at least one person in its team. Give somebody else that role first."))
    if not grant.is_current:
        return
    grant.until_on = clock.today()
    with transaction.atomic():
        grant.save(update_fields=["until_on"])
        facts.record(
            RoleEnded(community_id=grant.community_id, by_id=by.pk, person_id=grant.person_id, role=grant.role)
        )
    forget_standings()


def _refuse_impossible(community: Community, person: Person, role: Role, until_on: date | None) -> None:
    if not people.is_here(person):
        raise Refused(_("This person is not here any more. Choose somebody else."))
    if role not in (PROGRAMME_ROLES if community.root_id is None else CIRCLE_ROLES):
        if community.root_id is None:
            raise Refused(_("This is a role in a group. Open the group and give it there."))
        raise Refused(_("This is a role in the programme. Give it on the page People."))
    if role == Role.PARTNER and until_on is None:
        raise Refused(_("A partner is here for a time. Choose the last day."))
    if until_on is not None and until_on <= clock.today():
        raise Refused(_("This day is over. Choose a later one."))
