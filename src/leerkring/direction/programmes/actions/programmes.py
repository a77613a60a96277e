from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from leerkring.community.memberships import actions as memberships
from leerkring.community.memberships.enums import Door
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Organisation, Person
from leerkring.direction.programmes import access, rules
from leerkring.direction.programmes.enums import ProgrammeKind
from leerkring.direction.programmes.facts import ProgrammeChanged, ProgrammeStarted
from leerkring.direction.programmes.models import Programme
from leerkring.platform import clock, facts
from leerkring.platform.rules import check_fields, check_revision

OWN_FIELDS = frozenset({"headline", "purpose", "long_term_goals", "publications_to_come", "host", "ended_on"})
COMMUNITY_FIELDS = frozenset({"name", "is_public", "follow_door", "member_door"})


def start_programme(
    *,
    kind: ProgrammeKind,
    name: str,
    slug: str,
    headline: str,
    purpose: str,
    host: Organisation,
    by: Person,
    organisations: Iterable[Organisation] = (),
    is_public: bool = False,
    long_term_goals: str = "",
    publications_to_come: str = "",
    starts_on: date | None = None,
    lead: Person | None = None,
    follow_door: Door = Door.ORGANISATIONS,
    member_door: Door = Door.ORGANISATIONS,
    is_sample: bool = False,
) -> Programme:
    """Start a programme, with its community; `lead` (or else `by`) is the first of its team.

    Raises PermissionDenied, and Refused for an address that is taken or belongs to a fixed page.
    """
    rules.require(access.may_start_programme(by))
    slug = slug.strip().lower()
    programme = Programme(
        kind=kind,
        headline=headline.strip(),
        purpose=purpose.strip(),
        long_term_goals=long_term_goals.strip(),
        publications_to_come=publications_to_come.strip(),
        host=host,
        starts_on=starts_on or clock.today(),
        changed_by=by,
        changed_at=clock.now(),
    )
    check_fields(programme)
    rules.check_slug(slug)
    with transaction.atomic():
        programme.community = memberships.open_community(
            slug=slug,
            name=name,
            organisations={host, *organisations},
            lead=lead,
            is_public=is_public,
            follow_door=follow_door,
            member_door=member_door,
            is_sample=is_sample,
            by=by,
        )
        programme.save()
        facts.record(ProgrammeStarted(community_id=programme.community_id, by_id=by.pk, programme_id=programme.pk))
    return programme


def change_programme(
    *,
    programme: Programme,
    by: Person,
    revision: int | None = None,
    organisations: Iterable[Organisation] | None = None,
    **changes: Any,
) -> Programme:
    """Change the named fields, and the organisations that take part when they are given.

    Raises PermissionDenied, EditedMeanwhile and Refused.
    """
    if unknown := set(changes) - OWN_FIELDS - COMMUNITY_FIELDS:
        raise TypeError(f"a programme has no {', '.join(sorted(unknown))} to change")
    rules.require(access.may_change_programme(by, programme))
    with transaction.atomic():
        theirs = Programme.objects.select_for_update().get(pk=programme.pk)
        mine = {name: value.strip() if isinstance(value, str) else value for name, value in changes.items()}
        own = {name: value for name, value in mine.items() if name in OWN_FIELDS}
        of_community: dict[str, Any] = {name: value for name, value in mine.items() if name in COMMUNITY_FIELDS}
        community = programme.community
        check_revision(theirs, revision, own, (community, of_community))
        for name, value in own.items():
            setattr(theirs, name, value)
        check_fields(theirs)
        theirs.revision, theirs.changed_by, theirs.changed_at = theirs.revision + 1, by, clock.now()
        theirs.save()
        if of_community:
            memberships.edit_community(community=community, by=by, **of_community)
        if organisations is not None:
            _set_organisations(community, {theirs.host, *organisations}, by)
        facts.record(
            ProgrammeChanged(
                community_id=theirs.community_id, by_id=by.pk, programme_id=theirs.pk, revision=theirs.revision
            )
        )
    programme.refresh_from_db()
    return programme


def _set_organisations(community: Community, wanted: set[Organisation], by: Person) -> None:
    there = set(community.organisations.all())
    for organisation in wanted - there:
        memberships.bring_in_organisation(community=community, organisation=organisation, by=by)
    for organisation in there - wanted:
        memberships.take_organisation_out(community=community, organisation=organisation, by=by)
