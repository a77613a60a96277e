from __future__ import annotations

import secrets
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from leerkring.community.memberships import access, queries
from leerkring.community.memberships.actions.levels import choose_level
from leerkring.community.memberships.actions.members import _enter
from leerkring.community.memberships.enums import Level
from leerkring.community.memberships.facts import (
    InvitationAccepted,
    InvitationClosed,
    InvitationMade,
    InvitationReopened,
)
from leerkring.community.memberships.models import Community, Invitation, Membership
from leerkring.community.people import access as people
from leerkring.community.people.models import Organisation, Person, Unit
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused

INVITATION_LASTS = timedelta(days=60)


def invite(
    *,
    community: Community,
    by: Person,
    level: Level = Level.ACTIVE,
    organisation: Organisation | None = None,
    expires_on: date | None = None,
    max_uses: int = 100,
) -> Invitation:
    """Make a link that lets whoever holds it join a programme. The team.

    Raises PermissionDenied, Refused for a day that is over or no places.
    """
    if not access.may_invite(by, community) or community.root_id is not None:
        raise PermissionDenied
    expires_on = expires_on or clock.today() + INVITATION_LASTS
    if expires_on <= clock.today():
        raise Refused(_("This day is over. Choose a later one."))
    if max_uses < 1:
        raise Refused(_("Let at least one person in."))
    with transaction.atomic():
        invitation = Invitation.objects.create(
            community=community,
            token=secrets.token_urlsafe(24),
            level=level,
            organisation=organisation,
            made_by=by,
            made_at=clock.now(),
            expires_on=expires_on,
            max_uses=max_uses,
        )
        facts.record(InvitationMade(community_id=community.pk, by_id=by.pk, invitation_id=invitation.pk))
    return invitation


def close_invitation(*, invitation: Invitation, by: Person) -> None:
    """Who joined stays. Raises PermissionDenied."""
    if not access.may_invite(by, invitation.community):
        raise PermissionDenied
    if invitation.closed_at is not None:
        return
    invitation.closed_at = clock.now()
    with transaction.atomic():
        invitation.save(update_fields=["closed_at"])
        facts.record(InvitationClosed(community_id=invitation.community_id, by_id=by.pk, invitation_id=invitation.pk))


def reopen_invitation(*, invitation: Invitation, by: Person) -> None:
    """Undo closing. Raises PermissionDenied."""
    if not access.may_invite(by, invitation.community):
        raise PermissionDenied
    if invitation.closed_at is None:
        return
    invitation.closed_at = None
    with transaction.atomic():
        invitation.save(update_fields=["closed_at"])
        facts.record(InvitationReopened(community_id=invitation.community_id, by_id=by.pk, invitation_id=invitation.pk))


def accept_invitation(
    *,
    token: str,
    person: Person,
    level: Level | None = None,
    organisation: Organisation | None = None,
    unit: Unit | None = None,
) -> Membership:
    """Join by a link; the link is the right. A member stays one; a follower rises to the level chosen.

    Without a level the one of the invitation counts: pressing the button under it is choosing it (rule 8). Raises
    PermissionDenied for who left, Refused when the link is unknown, closed, over or full.
    """
    if not people.is_here(person):
        raise PermissionDenied
    invitation = queries.invitation_of_token(token)
    if invitation is None:
        raise Refused(_("This link is unknown. Ask who sent it for a new one."))
    level = level or Level(invitation.level)
    current = queries.membership_of(person, invitation.community)
    if current is not None and not (current.is_follower and level != Level.FOLLOWER):
        return current
    with transaction.atomic():
        _count_use(invitation)
        if current is not None:
            Membership.objects.filter(pk=current.pk).update(is_invited=True)
            current.is_invited = True
            choose_level(membership=current, level=level, by=person)
        else:
            current = _enter(
                community=invitation.community,
                person=person,
                level=level,
                by=person,
                organisation=organisation or (None if unit else invitation.organisation),
                unit=unit,
                stated_by_team=False,
                is_invited=True,
            )
        facts.record(
            InvitationAccepted(
                community_id=invitation.community_id,
                by_id=person.pk,
                invitation_id=invitation.pk,
                membership_id=current.pk,
            )
        )
    return current


def _count_use(invitation: Invitation) -> None:
    """Of two for the last place, the database lets one through."""
    usable = Invitation.objects.filter(
        pk=invitation.pk, closed_at__isnull=True, expires_on__gt=clock.today(), uses_count__lt=F("max_uses")
    )
    if not usable.update(uses_count=F("uses_count") + 1):
        raise Refused(_("This link is closed. Ask the programme team for a new one."))
