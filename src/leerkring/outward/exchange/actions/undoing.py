from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.memberships import actions as memberships
from leerkring.community.people import actions as people
from leerkring.community.people.models import Person
from leerkring.direction.strategy import actions as strategy
from leerkring.outward.exchange import access, queries
from leerkring.outward.exchange.facts import ImportUndone
from leerkring.outward.exchange.models import ImportBatch
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused


def undo_import(*, batch: ImportBatch, by: Person) -> ImportBatch:
    """Take an import back as a whole. Whoever acted since, or has anything hanging on them, stays and is listed.

    Raises PermissionDenied, Refused when it was taken back already.
    """
    if not access.may_import(by, batch.community):
        raise PermissionDenied
    with transaction.atomic():
        queries.locked_community(batch.community)
        batch = queries.batches_of(batch.community).get(pk=batch.pk)
        if batch.is_undone:
            raise Refused(_("This import was taken back already."))
        batch.kept = _undo_people(batch, by) if batch.is_of_people else _undo_activities(batch, by)
        batch.undone_at, batch.undone_by = clock.now(), by
        batch.save(update_fields=["kept", "undone_at", "undone_by"])
        facts.record(
            ImportUndone(community_id=batch.community_id, by_id=by.pk, batch_id=batch.pk, kept_count=len(batch.kept))
        )
    return batch


def _undo_people(batch: ImportBatch, by: Person) -> list[int]:
    """Memberships, people and places go; gives the ids of the people who stay."""
    members = queries.people_of_memberships(batch.made_ids("memberships"))
    kept = queries.people_to_keep(batch, members)
    gone = set(members.values()) - kept
    community = batch.community
    memberships.take_members_back(
        community=community, membership_ids=[id_ for id_, person in members.items() if person in gone], by=by
    )
    memberships.take_places_back(community=community, placement_ids=batch.made_ids("placements"), by=by)
    made = gone.intersection(batch.made_ids("people"))
    people.take_people_back(people=queries.people_with(sorted(made)), by=by)
    memberships.take_organisations_back(
        community=community,
        made_unit_ids=batch.made_ids("units"),
        made_organisation_ids=batch.made_ids("organisations"),
        took_part_ids=batch.made_ids("took_part"),
        by=by,
    )
    return sorted(kept | set(batch.made_ids("people")) - set(members.values()))


def _undo_activities(batch: ImportBatch, by: Person) -> list[int]:
    """Activities that nobody changed and on which nothing hangs go; gives the ids of those that stay."""
    made = queries.activities_with(batch.community, batch.made_ids("activities"))
    kept = queries.activities_to_keep(batch, [activity.pk for activity in made])
    strategy.take_activities_back(
        community=batch.community, activity_ids=[activity.pk for activity in made if activity.pk not in kept], by=by
    )
    return sorted(kept)
