from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.memberships import actions as memberships
from leerkring.community.memberships.enums import Level
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.formats.intervisie import access, queries
from leerkring.formats.intervisie.agreements import defaults
from leerkring.formats.intervisie.facts import (
    AgreementsAccepted,
    AgreementsWritten,
    IntervisieGroupClosed,
    IntervisieGroupFormed,
    IntervisieGroupReopened,
)
from leerkring.formats.intervisie.forgetting import forget_in_the_log
from leerkring.formats.intervisie.ground import lock_group, one_line, require
from leerkring.formats.intervisie.models import Acceptance, IntervisieGroup
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused, check_fields

FEWEST, MOST_PEOPLE = 2, 12


def form_group(*, community: Community, name: str, people: Iterable[Person], by: Person) -> IntervisieGroup:
    """A circle of these people. Size and organisations are the maker's to weigh: the page warns (dividing.py).

    Raises PermissionDenied, and Refused for too few people or somebody who is in another group.
    """
    require(access.may_form_groups(by, community))
    chosen = {person.pk: person for person in people}
    if not FEWEST <= len(chosen) <= MOST_PEOPLE:
        raise Refused(_("A group has between 2 and 12 people; five or six is best."))
    with transaction.atomic():
        free = set(queries.people_without_group(community).filter(pk__in=chosen).values_list("pk", flat=True))
        if taken := next(iter(chosen.keys() - free), None):
            raise Refused(_("%(name)s is in another group already. Choose again.") % {"name": chosen[taken]})
        circle = memberships.open_circle(root=community, name=name, by=by)
        group = IntervisieGroup.objects.create(community=community, circle=circle, formed_at=clock.now())
        places = queries.organisations_of(list(chosen.values()), community)
        for person in chosen.values():
            memberships.join(
                community=circle, person=person, level=Level.ACTIVE, by=by, organisation=places.get(person.pk)
            )
        facts.record(
            IntervisieGroupFormed(
                community_id=community.pk, by_id=by.pk, intervisie_group_id=group.pk, people_count=len(chosen)
            )
        )
    return group


def close_group(*, group: IntervisieGroup, by: Person) -> None:
    """The group stops; its people can be in another one. Twice is once. Raises PermissionDenied, Refused in a round."""
    require(access.may_change_group(by, group))
    with transaction.atomic():
        lock_group(group)
        if queries.runs_a_round(group):
            raise Refused(_("A round is running. End it first."))
        if group.closed_at is None:
            group.closed_at = clock.now()
            group.save(update_fields=["closed_at"])
            facts.record(IntervisieGroupClosed(community_id=group.circle_id, by_id=by.pk, intervisie_group_id=group.pk))


def reopen_group(*, group: IntervisieGroup, by: Person) -> None:
    """Raises PermissionDenied."""
    require(access.may_change_group(by, group))
    with transaction.atomic():
        lock_group(group)
        if group.closed_at is not None:
            group.closed_at = None
            group.save(update_fields=["closed_at"])
            facts.record(
                IntervisieGroupReopened(community_id=group.circle_id, by_id=by.pk, intervisie_group_id=group.pk)
            )


def write_agreements(*, group: IntervisieGroup, lines: str, by: Person, revision: int) -> None:
    """The group's own list; empty brings ours back. Everybody accepts anew.

    Raises PermissionDenied, Refused while a round runs, or when somebody else was first.
    """
    require(access.may_write_agreements(by, group))
    text = "\n".join(line for line in map(one_line, lines.splitlines()) if line)
    text = "" if text.splitlines() == defaults() else text
    with transaction.atomic():
        lock_group(group)
        if queries.runs_a_round(group):
            raise Refused(_("A round is running. Write agreements afterwards."))
        if text == group.agreements:
            return
        if revision != group.agreements_revision:
            raise Refused(_("Somebody else changed the agreements meanwhile. Open this page again to see them."))
        group.agreements, group.agreements_revision = text, group.agreements_revision + 1
        check_fields(group)
        group.save(update_fields=["agreements", "agreements_revision"])
        facts.record(
            AgreementsWritten(
                community_id=group.circle_id, by_id=by.pk, intervisie_group_id=group.pk,
                revision=group.agreements_revision,
            )
        )  # fmt: skip
        transaction.on_commit(forget_in_the_log)


def accept_agreements(*, group: IntervisieGroup, revision: int, by: Person) -> Acceptance:
    """One's own yes to the list that one saw. Twice is once.

    Raises PermissionDenied, and Refused when the list changed since.
    """
    require(access.may_accept(by, group))
    with transaction.atomic():
        lock_group(group)
        if revision != group.agreements_revision:
            raise Refused(_("The agreements changed meanwhile. Read them again."))
        row, is_new = Acceptance.objects.get_or_create(
            group=group, person=by, defaults={"revision": revision, "accepted_at": clock.now()}
        )
        if not is_new and row.revision == revision:
            return row
        row.revision, row.accepted_at = revision, clock.now()
        row.save()
        facts.record(
            AgreementsAccepted(
                community_id=group.circle_id, by_id=by.pk, intervisie_group_id=group.pk, revision=revision
            )
        )
    return row
