from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from leerkring.community.memberships import access, queries
from leerkring.community.memberships.enums import Level, Role
from leerkring.community.memberships.facts import (
    MemberCameBack,
    MemberJoined,
    MemberLeft,
    MemberPlaced,
    RoleEnded,
)
from leerkring.community.memberships.models import Community, LevelChange, Membership, Placement, RoleGrant
from leerkring.community.memberships.queries import forget_standings, standing_of
from leerkring.community.people import actions as people
from leerkring.community.people.access import is_here
from leerkring.community.people.models import Organisation, Person, Unit
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused

COME_BACK_WITHIN = timedelta(days=30)


def join(
    *,
    community: Community,
    person: Person,
    level: Level,
    by: Person,
    organisation: Organisation | None = None,
    unit: Unit | None = None,
    stated_by_team: bool = False,
    since_on: date | None = None,
) -> Membership:
    """Make somebody a member; whoever is one already stays as they are, and is given back.

    Oneself: through the door of the programme, or into a group of one's programme. Somebody else: the team (in a group
    its contact and those who form groups); the level then counts as stated by the team until the person confirms it
    (rule 8). Raises PermissionDenied, Refused when the unit belongs to another organisation.
    """
    itself = by.pk == person.pk
    if not _may_join(by, person, community, level):
        raise PermissionDenied
    is_trusted = access.may_bring_in(by, community)
    if itself and not is_trusted:
        organisation, unit = _own_place(person, community, organisation, unit)
    return _enter(
        community=community,
        person=person,
        level=level,
        by=by,
        organisation=organisation,
        unit=unit,
        stated_by_team=stated_by_team or not itself,
        is_invited=is_trusted,
        since_on=since_on,
    )


def let_in(
    *, community: Community, person: Person, by: Person, organisation: Organisation | None, unit: Unit | None
) -> Membership:
    """Make somebody a member because an edition of the programme took them in; whoever is one already stays so.

    The floor above has checked the right. The level counts as stated by the team until the person confirms it (rule 8).
    """
    return _enter(
        community=community,
        person=person,
        level=Level.ACTIVE,
        by=by,
        organisation=organisation,
        unit=unit,
        stated_by_team=True,
        is_invited=True,
    )


def follow(*, community: Community, person: Person, by: Person) -> Membership:
    """Read along without obligations. Raises PermissionDenied when the door of followers is closed."""
    return join(community=community, person=person, level=Level.FOLLOWER, by=by)


def place(
    *, membership: Membership, organisation: Organisation, unit: Unit | None = None, by: Person, on: date | None = None
) -> Placement:
    """Say where a member works from a day on (today, if nothing is said); the old place stays, closed (rule 11).

    The team, or oneself (access.may_place). Raises PermissionDenied, Refused for oneself where the team has to say it,
    and when the unit belongs to another organisation.
    """
    if not access.may_place(by, membership, organisation):
        if by.pk == membership.person_id:
            raise Refused(_("Ask the programme team to write down that you work here."))
        raise PermissionDenied
    return _put_in_place(membership=membership, organisation=organisation, unit=unit, by=by, on=on or clock.today())


def leave_community(*, membership: Membership, by: Person) -> None:
    """End a membership, the groups within the programme and the roles there included.

    Oneself or the team. Raises PermissionDenied, Refused for the last of the team; done already, nothing happens.
    """
    if not access.may_end_membership(by, membership):
        raise PermissionDenied
    _refuse_last_of_team(membership.community, membership.person)
    today = clock.today()
    inside = Q(community=membership.community_id) | Q(community__root=membership.community_id)
    with transaction.atomic():
        ending = Membership.objects.filter(inside, person=membership.person_id, until_on__isnull=True)
        for ended in list(ending):
            Placement.objects.filter(membership=ended, until_on__isnull=True).update(until_on=today)
            Membership.objects.filter(pk=ended.pk).update(until_on=today)
            facts.record(
                MemberLeft(
                    community_id=ended.community_id,
                    by_id=by.pk,
                    membership_id=ended.pk,
                    person_id=ended.person_id,
                )
            )
        _end_roles(RoleGrant.objects.filter(inside, person=membership.person_id), by)
    membership.until_on = membership.until_on or today
    forget_standings()


def come_back(*, membership: Membership, by: Person) -> None:
    """Undo the end of a membership, within a month. Roles do not come back: the team grants those anew.

    Oneself or the team. Raises PermissionDenied, Refused later on.
    """
    if not access.may_come_back(by, membership) or not is_here(membership.person):
        raise PermissionDenied
    if membership.until_on is None:
        return
    if clock.today() - membership.until_on > COME_BACK_WITHIN:
        raise Refused(_("This ended more than a month ago. Join again, or ask the programme team for a link."))
    last = Placement.objects.filter(membership=membership).order_by("-since_on", "-pk").first()
    try:
        with transaction.atomic():
            Membership.objects.filter(pk=membership.pk).update(until_on=None)
            if last is not None and last.until_on == membership.until_on:
                Placement.objects.filter(pk=last.pk).update(until_on=None)
            facts.record(
                MemberCameBack(
                    community_id=membership.community_id,
                    by_id=by.pk,
                    membership_id=membership.pk,
                    person_id=membership.person_id,
                )
            )
    except IntegrityError:
        return
    membership.until_on = None
    forget_standings()


def leave_everything(*, person: Person, by: Person) -> None:
    """Leave the product: memberships and roles end, then account, addresses and name go (people.actions.leave).

    Raises PermissionDenied for somebody else, Refused for the last of a team.
    """
    if by.pk != person.pk:
        raise PermissionDenied
    with transaction.atomic():
        for membership in queries.current_memberships_of(person).filter(community__root__isnull=True):
            leave_community(membership=membership, by=by)
        for membership in queries.current_memberships_of(person):
            leave_community(membership=membership, by=by)
        for grant in queries.grants_of(person):
            _refuse_last_of_team(grant.community, person)
        _end_roles(RoleGrant.objects.filter(person=person), by)
        queries.admin_rights_of(person).delete()
        people.leave(person=person, by=by)
    forget_standings()


def _may_join(by: Person, person: Person, community: Community, level: Level) -> bool:
    if access.may_bring_in(by, community):
        return True
    if by.pk != person.pk:
        return False
    return access.may_take_part(by, community) or (level == Level.FOLLOWER and access.may_follow(by, community))


def _own_place(
    person: Person, community: Community, organisation: Organisation | None, unit: Unit | None
) -> tuple[Organisation | None, Unit | None]:
    """Who comes in alone works where the team of some programme wrote it down; nobody claims an organisation."""
    if organisation is not None or unit is not None:
        claimed = organisation or (unit.organisation if unit else None)
        if claimed is None or claimed.pk not in standing_of(person).organisations:
            raise PermissionDenied
        return organisation, unit
    known = queries.last_place_of(person)
    if community.root_id is None and known is not None and queries.takes_part(known.organisation, community):
        return known.organisation, known.unit
    return None, None


def _enter(
    *,
    community: Community,
    person: Person,
    level: Level,
    by: Person,
    organisation: Organisation | None,
    unit: Unit | None,
    stated_by_team: bool,
    is_invited: bool,
    since_on: date | None = None,
) -> Membership:
    """Become a member; the caller has checked the right. Of two at the same moment the database keeps one."""
    current = queries.membership_of(person, community)
    if current is not None:
        return current
    since_on = since_on or clock.today()
    try:
        with transaction.atomic():
            membership = Membership.objects.create(
                community=community,
                person=person,
                level=level,
                level_stated_by_team=stated_by_team,
                is_invited=is_invited,
                since_on=since_on,
            )
            LevelChange.objects.create(
                membership=membership, level=level, at=clock.now(), stated_by_team=stated_by_team
            )
            facts.record(
                MemberJoined(
                    community_id=community.pk,
                    by_id=by.pk,
                    membership_id=membership.pk,
                    person_id=person.pk,
                    level=level,
                    stated_by_team=stated_by_team,
                )
            )
            if organisation is not None or unit is not None:
                _put_in_place(membership=membership, organisation=organisation, unit=unit, by=by, on=since_on)
    except IntegrityError:
        current = queries.membership_of(person, community)
        if current is None:
            raise
        return current
    forget_standings()
    return membership


def _put_in_place(
    *, membership: Membership, organisation: Organisation | None, unit: Unit | None, by: Person, on: date
) -> Placement:
    if organisation is None and unit is not None:
        organisation = unit.organisation
    if organisation is None or (unit is not None and unit.organisation_id != organisation.pk):
        raise Refused(_("This part belongs to another organisation. Choose one of %(name)s.") % {"name": organisation})
    with transaction.atomic():
        current = Placement.objects.filter(membership=membership, until_on__isnull=True).first()
        if current is not None:
            if (current.organisation_id, current.unit_id) == (organisation.pk, unit.pk if unit else None):
                return current
            current.until_on = max(on, current.since_on)
            current.save(update_fields=["until_on"])
        placement = Placement.objects.create(membership=membership, organisation=organisation, unit=unit, since_on=on)
        facts.record(
            MemberPlaced(
                community_id=membership.community_id,
                by_id=by.pk,
                membership_id=membership.pk,
                organisation_id=organisation.pk,
                unit_id=unit.pk if unit else None,
            )
        )
    forget_standings()
    return placement


def _refuse_last_of_team(community: Community, person: Person) -> None:
    if queries.is_last_of_team(person, community):
        raise Refused(
            _("You are the only one of the team of %(name)s. Give somebody else that role first.")
            % {"name": community.name}
        )


def _end_roles(grants: queries.QuerySet[RoleGrant], by: Person) -> None:
    today = clock.today()
    for grant in grants.filter(Q(until_on__isnull=True) | Q(until_on__gt=today)):
        RoleGrant.objects.filter(pk=grant.pk).update(until_on=today)
        facts.record(
            RoleEnded(community_id=grant.community_id, by_id=by.pk, person_id=grant.person_id, role=Role(grant.role))
        )
