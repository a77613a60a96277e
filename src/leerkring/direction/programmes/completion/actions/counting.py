from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leerkring.community.meetings import queries as meetings
from leerkring.community.people.models import Person
from leerkring.direction.programmes import access, rules
from leerkring.direction.programmes import queries as programmes
from leerkring.direction.programmes.completion import queries
from leerkring.direction.programmes.completion.facts import CompletionRecounted
from leerkring.direction.programmes.completion.tally import Tally
from leerkring.direction.programmes.enums import Completion, EnrolmentState
from leerkring.direction.programmes.facts import EnrolmentsCompleted
from leerkring.direction.programmes.models import Edition, Enrolment
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused

COUNTED_FIELDS = ["state", "completion", "completed_on", "attended_count", "meetings_count"]


def complete_enrolments(*, edition: Edition, by: Person) -> dict[Completion | None, int]:
    """Count for everybody under way what they attended, by the rule that was announced; says how many of each.

    At least `fully_from_count` meetings is fully, at least one is partly, none is left; an exception of the team goes
    before the rule. Who has completed stays so, but for a correction of attendance.
    Raises PermissionDenied, and Refused while a meeting is still to be held.
    """
    rules.require(access.may_change_programme(by, edition.programme))
    with transaction.atomic():
        theirs = locked(edition)
        _require_all_held(theirs)
        under_way = list(theirs.enrolments.filter(state__in=programmes.UNDER_WAY))
        tallies = queries.tallies_of(theirs, under_way)
        result: dict[Completion | None, int] = {Completion.FULLY: 0, Completion.PARTLY: 0, None: 0}
        for enrolment in under_way:
            settle(enrolment, tallies[enrolment.pk])
            result[tallies[enrolment.pk].completion] += 1
        Enrolment.objects.bulk_update(under_way, COUNTED_FIELDS)
        if under_way:
            facts.record(
                EnrolmentsCompleted(
                    community_id=edition.community.pk,
                    by_id=by.pk,
                    edition_id=edition.pk,
                    fully_count=result[Completion.FULLY],
                    partly_count=result[Completion.PARTLY],
                    left_count=result[None],
                )
            )
    return result


def recount(*, edition: Edition, by_id: int | None) -> list[Enrolment]:
    """After a correction: whoever was counted before and holds no certificate is counted again. Says whose changed.

    It follows from what was noted, so it asks nobody's leave.
    """
    with transaction.atomic():
        theirs = locked(edition)
        certified = queries.standing_certificates(theirs).exclude(enrolment=None).values("enrolment")
        changed = recounted(theirs, queries.counted_enrolments(theirs).exclude(pk__in=certified))
        if changed:
            facts.record(
                CompletionRecounted(
                    community_id=edition.community.pk,
                    by_id=by_id,
                    edition_id=edition.pk,
                    enrolment_ids=[enrolment.pk for enrolment in changed],
                )
            )
    return changed


def locked(edition: Edition) -> Edition:
    return Edition.objects.select_for_update(of=("self",)).select_related("programme__community").get(pk=edition.pk)


def recounted(edition: Edition, enrolments: Iterable[Enrolment]) -> list[Enrolment]:
    """Settles these anew; gives those that changed by it."""
    rows = list(enrolments)
    tallies = queries.tallies_of(edition, rows)
    changed = []
    for enrolment in rows:
        before = (enrolment.state, enrolment.completion, enrolment.attended_count, enrolment.meetings_count)
        day = enrolment.completed_on
        settle(enrolment, tallies[enrolment.pk])
        if before != (enrolment.state, enrolment.completion, enrolment.attended_count, enrolment.meetings_count):
            changed.append(enrolment)
        else:
            enrolment.completed_on = day
    Enrolment.objects.bulk_update(changed, COUNTED_FIELDS)
    return changed


def settle(enrolment: Enrolment, tally: Tally) -> None:
    """Write down what it comes to; who was at no meeting left."""
    completion = tally.completion
    enrolment.state = EnrolmentState.COMPLETED if completion else EnrolmentState.LEFT
    enrolment.completion = completion or ""
    enrolment.completed_on = clock.today()
    enrolment.attended_count, enrolment.meetings_count = tally.attended_count, tally.total


def _require_all_held(edition: Edition) -> None:
    counted = programmes.meetings_of_edition(edition)
    total, held = counted.count(), meetings.held(counted).count()
    if not total:
        raise Refused(_("This edition has no meetings yet. Add them first."))
    if held < total:
        raise Refused(
            ngettext(
                "%(count)d meeting is still to be held. Say that it was held, or cancel it.",
                "%(count)d meetings are still to be held. Say that they were held, or cancel them.",
                total - held,
            )
            % {"count": total - held}
        )
