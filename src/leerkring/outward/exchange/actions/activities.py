from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.direction.strategy import actions as strategy
from leerkring.direction.strategy.models import Activity
from leerkring.outward.exchange import access, queries, reports
from leerkring.outward.exchange.activities_import import ActivitiesPlan
from leerkring.outward.exchange.enums import ImportKind
from leerkring.outward.exchange.facts import ActivitiesImported
from leerkring.outward.exchange.models import ImportBatch, WaitingFile
from leerkring.platform import clock, facts


def import_activities(
    *,
    community: Community,
    plan: ActivitiesPlan,
    by: Person | None,
    file_name: str,
    label: Label = Label.PROGRAMME,
    sheet_name: str = "",
    waiting: WaitingFile | None = None,
) -> ImportBatch:
    """Put the activities of a plan under their goals, whole or not at all. `by` is None at the console.

    Raises PermissionDenied, and Refused when one of the numbers was taken meanwhile.
    """
    if by is not None and not access.may_import(by, community):
        raise PermissionDenied
    with transaction.atomic():
        community = queries.locked_community(community)
        if waiting is not None:
            done = queries.batch_of_waiting(community, waiting.pk)
            if done is not None:
                return done
            WaitingFile.objects.filter(pk=waiting.pk).delete()
        goals = queries.goals_with({id_ for planned in plan.activities for id_ in planned.goal_ids})
        made = strategy.put_activities(
            community=community,
            activities=[
                (
                    Activity(
                        number=planned.number,
                        title=planned.title,
                        description=planned.description,
                        chain=planned.chain,
                        owner_id=planned.owner_id,
                        state=planned.state,
                        starts_on=planned.starts_on,
                        ends_on=planned.ends_on,
                        label=label,
                    ),
                    [goals[id_] for id_ in planned.goal_ids],
                )
                for planned in plan.activities
            ],
            by=by,
        )
        ids = [activity.pk for activity in made]
        batch = ImportBatch.objects.create(
            community=community,
            kind=ImportKind.ACTIVITIES,
            file_name=file_name[-255:],
            sheet_name=sheet_name[:255],
            waiting_id=waiting.pk if waiting else None,
            at=clock.now(),
            by=by,
            report=reports.of_activities(plan),
            made={
                "activities": ids,
                "traces": {str(id_): count for id_, count in queries.traces_of(Activity, ids).items()},
            },
        )
        facts.record(
            ActivitiesImported(
                community_id=community.pk,
                by_id=by.pk if by else None,
                batch_id=batch.pk,
                activities_count=len(made),
            )
        )
    return batch
