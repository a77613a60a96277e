from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.memberships import access, queries
from leerkring.community.memberships.enums import Level
from leerkring.community.memberships.facts import LevelChosen, LevelConfirmed, LevelStated
from leerkring.community.memberships.models import LevelChange, Membership
from leerkring.community.memberships.queries import forget_standings
from leerkring.community.people.models import Person
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused


def choose_level(*, membership: Membership, level: Level, by: Person) -> None:
    """The person chooses (rule 8); the same level again changes nothing.

    Who came in as a follower through an open door needs the door of members to take part. Raises PermissionDenied for
    somebody else, Refused at a closed door.
    """
    if not access.may_choose_level(by, membership):
        raise PermissionDenied
    before = membership.level
    if before == level and not membership.level_stated_by_team:
        return
    if not _is_free(membership, level, by):
        raise Refused(_("Here you take part by invitation. Ask the programme team for a link."))
    with transaction.atomic():
        _put_level(membership, level, stated_by_team=False)
        facts.record(
            LevelChosen(
                community_id=membership.community_id,
                by_id=by.pk,
                membership_id=membership.pk,
                before=before,
                level=level,
            )
        )
    forget_standings()


def state_level(*, membership: Membership, level: Level, by: Person) -> None:
    """The team writes down a level as long as the person has said nothing (rule 8). Raises PermissionDenied."""
    if not access.may_state_level(by, membership):
        raise PermissionDenied
    before = membership.level
    if before == level:
        return
    with transaction.atomic():
        _put_level(membership, level, stated_by_team=True)
        facts.record(
            LevelStated(
                community_id=membership.community_id,
                by_id=by.pk,
                membership_id=membership.pk,
                before=before,
                level=level,
            )
        )
    forget_standings()


def confirm_level(*, membership: Membership, by: Person) -> None:
    """The person says that what the team stated is right. Raises PermissionDenied for somebody else."""
    if not access.may_choose_level(by, membership):
        raise PermissionDenied
    if not membership.level_stated_by_team:
        return
    with transaction.atomic():
        _put_level(membership, Level(membership.level), stated_by_team=False)
        facts.record(
            LevelConfirmed(
                community_id=membership.community_id,
                by_id=by.pk,
                membership_id=membership.pk,
                level=membership.level,
            )
        )


def _is_free(membership: Membership, level: Level, by: Person) -> bool:
    if level == Level.FOLLOWER or membership.is_invited or access.may_take_part(by, membership.community):
        return True
    return queries.took_part_before(membership)


def _put_level(membership: Membership, level: Level, *, stated_by_team: bool) -> None:
    membership.level = level
    membership.level_stated_by_team = stated_by_team
    membership.save(update_fields=["level", "level_stated_by_team"])
    LevelChange.objects.create(membership=membership, level=level, at=clock.now(), stated_by_team=stated_by_team)
