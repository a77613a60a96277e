from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from leerkring.community.memberships import access, queries
from leerkring.community.memberships.enums import CommunityKind, Door, Role
from leerkring.community.memberships.facts import (
    CommunityEdited,
    CommunityOpened,
    OrganisationTookPart,
    OrganisationWithdrew,
    RoleGranted,
)
from leerkring.community.memberships.models import Community, RoleGrant
from leerkring.community.memberships.queries import forget_standings
from leerkring.community.people import names
from leerkring.community.people.facts import OrganisationAdded, UnitAdded
from leerkring.community.people.models import Organisation, Person, Unit
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused

RESERVED_SLUGS = frozenset(
    {"sign-in", "sign-out", "demo", "profile", "platform", "organisations", "join", "language", "programmes", "new"}
    | {
        "static",
        "uploads",
        "healthz",
        "api",
        "live",
        "toegankelijkheid",
        "accessibility",
        "privacy",
        "import",
        ".well-known",
    }
    | {"person", "people", "today", "search", "memberships", "theme", "parts", "help", "en", "nl"}
)


def open_community(
    *,
    slug: str,
    name: str,
    by: Person,
    organisations: Iterable[Organisation] = (),
    lead: Person | None = None,
    is_public: bool = False,
    follow_door: Door = Door.ORGANISATIONS,
    member_door: Door = Door.ORGANISATIONS,
    is_sample: bool = False,
) -> Community:
    """The community of a programme. `lead` (or else `by`) becomes the first of its team.

    Platform and organisation admins open one, and whoever is of the team of another. Raises PermissionDenied, Refused
    when the name is missing or the address in use.
    """
    if not access.may_open_community(by):
        raise PermissionDenied
    if slug in RESERVED_SLUGS or not slug:
        raise Refused(_("This web address is in use. Choose another one."))
    first = lead or by
    try:
        with transaction.atomic():
            community = Community.objects.create(
                kind=CommunityKind.PROGRAMME,
                slug=slug,
                name=_cleaned(name),
                is_public=is_public,
                follow_door=follow_door,
                member_door=member_door,
                is_sample=is_sample,
            )
            community.organisations.set(organisations)
            facts.record(CommunityOpened(community_id=community.pk, by_id=by.pk, kind=CommunityKind.PROGRAMME))
            RoleGrant.objects.create(community=community, person=first, role=Role.TEAM, since_on=clock.today())
            facts.record(RoleGranted(community_id=community.pk, by_id=by.pk, person_id=first.pk, role=Role.TEAM))
    except IntegrityError:
        raise Refused(_("This web address is in use. Choose another one.")) from None
    forget_standings()
    return community


def open_circle(*, root: Community, name: str, by: Person, is_sample: bool = False) -> Community:
    """The people of a group within a programme. Whoever takes part in the programme may. Raises PermissionDenied."""
    if root.root_id is not None or not access.may_open_circle(by, root):
        raise PermissionDenied
    with transaction.atomic():
        circle = Community.objects.create(
            kind=CommunityKind.GROUP, root=root, name=_cleaned(name), is_sample=is_sample or root.is_sample
        )
        facts.record(CommunityOpened(community_id=circle.pk, by_id=by.pk, kind=CommunityKind.GROUP))
    forget_standings()
    return circle


def edit_community(
    *,
    community: Community,
    by: Person,
    name: str | None = None,
    is_public: bool | None = None,
    follow_door: Door | None = None,
    member_door: Door | None = None,
) -> None:
    """Change what is given. The team; of a group also its contact, for the name. Raises PermissionDenied, Refused."""
    if not access.may_edit_community(by, community):
        raise PermissionDenied
    if name is not None:
        community.name = _cleaned(name)
    if is_public is not None:
        community.is_public = is_public
    community.follow_door = follow_door or community.follow_door
    community.member_door = member_door or community.member_door
    with transaction.atomic():
        community.save(update_fields=["name", "is_public", "follow_door", "member_door"])
        facts.record(CommunityEdited(community_id=community.pk, by_id=by.pk))


def bring_in_organisation(
    *, community: Community, by: Person, organisation: Organisation | None = None, name: str = ""
) -> Organisation:
    """Let an organisation take part in the programme; one that is not known yet by its name. The team.

    Raises PermissionDenied, Refused without organisation and name.
    """
    if not access.may_invite(by, community):
        raise PermissionDenied
    name = names.clean(name)
    if organisation is None and not name:
        raise Refused(_("Choose an organisation, or write the name of a new one."))
    with transaction.atomic():
        if organisation is None:
            organisation, is_new = Organisation.objects.get_or_create(
                name=_within(name), defaults={"is_sample": community.is_sample}
            )
            if is_new:
                facts.record(OrganisationAdded(by_id=by.pk, organisation_id=organisation.pk))
        community.organisations.add(organisation)
        facts.record(OrganisationTookPart(community_id=community.pk, by_id=by.pk, organisation_id=organisation.pk))
    forget_standings()
    return organisation


def take_organisation_out(*, community: Community, organisation: Organisation, by: Person) -> None:
    """Its people who are no member lose sight of what bears the label organisations. Raises PermissionDenied."""
    if not access.may_invite(by, community):
        raise PermissionDenied
    with transaction.atomic():
        community.organisations.remove(organisation)
        facts.record(OrganisationWithdrew(community_id=community.pk, by_id=by.pk, organisation_id=organisation.pk))
    forget_standings()


def add_own_unit(
    *, community: Community, organisation: Organisation, name: str, by: Person, parent: Unit | None = None
) -> Unit:
    """The team names a part of an organisation that takes part; one of that name that is there already serves.

    Raises PermissionDenied, also for an organisation that does not take part; Refused without a name.
    """
    if not queries.takes_part(organisation, community) or not access.may_invite(by, community):
        raise PermissionDenied
    if parent is not None and parent.organisation_id != organisation.pk:
        raise Refused(_("This part belongs to another organisation. Choose one of %(name)s.") % {"name": organisation})
    last = Unit.objects.filter(organisation=organisation).aggregate(last=Max("position"))["last"]
    with transaction.atomic():
        unit, is_new = Unit.objects.get_or_create(
            organisation=organisation,
            name=_cleaned(name),
            defaults={"parent": parent, "position": 0 if last is None else last + 1},
        )
        if is_new:
            facts.record(UnitAdded(by_id=by.pk, organisation_id=organisation.pk, unit_id=unit.pk))
    return unit


def _cleaned(name: str) -> str:
    name = names.clean(name)
    if not name:
        raise Refused(_("Give it a name."))
    return _within(name)


def _within(name: str) -> str:
    if len(name) > 200:
        raise Refused(_("This name is too long: use at most %(count)d characters.") % {"count": 200})
    return name
