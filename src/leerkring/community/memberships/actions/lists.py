"""The verbs of members for whole lists at once: one check, one fact, a handful of queries for ten thousand people."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from leerkring.community.memberships import access
from leerkring.community.memberships.enums import Level
from leerkring.community.memberships.facts import (
    MembersJoined,
    MembersPlaced,
    MembersTakenBack,
    OrganisationWithdrew,
    PlacesTakenBack,
)
from leerkring.community.memberships.models import Community, LevelChange, Membership, Placement
from leerkring.community.memberships.queries import forget_standings
from leerkring.community.people.facts import OrganisationRemoved, UnitRemoved
from leerkring.community.people.models import Organisation, Person, Unit
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused

AT_ONCE = 500


@dataclass(frozen=True)
class Entry:
    """A member as a list has them. Without an organisation there is no placement."""

    person_id: int
    level: Level
    since_on: date
    organisation_id: int | None = None
    unit_id: int | None = None


def join_many(*, community: Community, entries: Sequence[Entry], by: Person | None) -> list[Membership]:
    """Make everybody of a list a member, at a level stated by the team (rule 8); `by` is None for the operator.

    Raises PermissionDenied, Refused when one of them became a member meanwhile.
    """
    _must_bring_in(community, by)
    now = clock.now()
    try:
        with transaction.atomic():
            memberships = Membership.objects.bulk_create(
                [
                    Membership(
                        community=community,
                        person_id=entry.person_id,
                        level=entry.level,
                        level_stated_by_team=True,
                        is_invited=True,
                        since_on=entry.since_on,
                    )
                    for entry in entries
                ],
                AT_ONCE,
            )
            LevelChange.objects.bulk_create(
                [
                    LevelChange(membership=membership, level=membership.level, at=now, stated_by_team=True)
                    for membership in memberships
                ],
                AT_ONCE,
            )
            Placement.objects.bulk_create(
                [
                    Placement(
                        membership=membership,
                        organisation_id=entry.organisation_id,
                        unit_id=entry.unit_id,
                        since_on=entry.since_on,
                    )
                    for membership, entry in zip(memberships, entries, strict=True)
                    if entry.organisation_id is not None
                ],
                AT_ONCE,
            )
            facts.record(
                MembersJoined(
                    community_id=community.pk,
                    by_id=by.pk if by else None,
                    membership_ids=[membership.pk for membership in memberships],
                )
            )
    except IntegrityError:
        raise Refused(_("One of these people became a member meanwhile. Look at the list once more.")) from None
    forget_standings()
    return memberships


def place_many(
    *, community: Community, entries: Sequence[tuple[Membership, int, int | None]], by: Person | None
) -> list[Placement]:
    """Say where members work who have no place or no part yet: membership, organisation and part, from today.

    Raises PermissionDenied.
    """
    _must_bring_in(community, by)
    today = clock.today()
    with transaction.atomic():
        ids = [membership.pk for membership, _organisation, _unit in entries]
        for start in range(0, len(ids), AT_ONCE):
            Placement.objects.filter(membership__in=ids[start : start + AT_ONCE], until_on__isnull=True).update(
                until_on=today
            )
        placements = Placement.objects.bulk_create(
            [
                Placement(membership=membership, organisation_id=organisation, unit_id=unit, since_on=today)
                for membership, organisation, unit in entries
            ],
            AT_ONCE,
        )
        facts.record(
            MembersPlaced(
                community_id=community.pk,
                by_id=by.pk if by else None,
                placement_ids=[placement.pk for placement in placements],
            )
        )
    forget_standings()
    return placements


def take_members_back(*, community: Community, membership_ids: Sequence[int], by: Person) -> None:
    """Undo join_many: the memberships never were. Who acted since is not among them. Raises PermissionDenied."""
    _must_bring_in(community, by)
    with transaction.atomic():
        facts.record(MembersTakenBack(community_id=community.pk, by_id=by.pk, membership_ids=list(membership_ids)))
        for start in range(0, len(membership_ids), AT_ONCE):
            Membership.objects.filter(community=community, pk__in=membership_ids[start : start + AT_ONCE]).delete()
    forget_standings()


def take_places_back(*, community: Community, placement_ids: Sequence[int], by: Person) -> None:
    """Undo place_many where nothing changed since: what was before stands again. Raises PermissionDenied."""
    _must_bring_in(community, by)
    placements = Placement.objects.filter(pk__in=placement_ids, membership__community=community, until_on__isnull=True)
    with transaction.atomic():
        taken = list(placements)
        Placement.objects.filter(pk__in=[placement.pk for placement in taken]).delete()
        for placement in taken:
            before = Placement.objects.filter(membership=placement.membership_id, until_on=placement.since_on)
            last = before.order_by("-pk").first()
            if last is not None:
                Placement.objects.filter(pk=last.pk).update(until_on=None)
        facts.record(PlacesTakenBack(community_id=community.pk, by_id=by.pk, placement_ids=list(placement_ids)))
    forget_standings()


def take_organisations_back(
    *,
    community: Community,
    made_unit_ids: Sequence[int],
    made_organisation_ids: Sequence[int],
    took_part_ids: Sequence[int],
    by: Person,
) -> None:
    """Undo what a list added beside people, as far as nothing hangs on it by now. Raises PermissionDenied."""
    _must_bring_in(community, by)
    for unit in Unit.objects.filter(pk__in=made_unit_ids):
        _take_away(unit, UnitRemoved(by_id=by.pk, organisation_id=unit.organisation_id, unit_id=unit.pk))
    used = Placement.objects.filter(membership__community=community).values("organisation")
    for organisation in Organisation.objects.filter(pk__in=took_part_ids).exclude(pk__in=used):
        with transaction.atomic():
            community.organisations.remove(organisation)
            facts.record(OrganisationWithdrew(community_id=community.pk, by_id=by.pk, organisation_id=organisation.pk))
    for organisation in Organisation.objects.filter(pk__in=made_organisation_ids, communities__isnull=True):
        _take_away(organisation, OrganisationRemoved(by_id=by.pk, organisation_id=organisation.pk))
    forget_standings()


def _take_away(row: Unit | Organisation, fact: facts.Fact) -> None:
    """Something may hang on it by now; then it stays."""
    with suppress(ProtectedError), transaction.atomic():
        row.delete()
        facts.record(fact)


def _must_bring_in(community: Community, by: Person | None) -> None:
    if by is not None and not access.may_bring_in(by, community):
        raise PermissionDenied
